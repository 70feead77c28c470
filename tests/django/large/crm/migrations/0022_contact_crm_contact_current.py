from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0021_activity_crm_activity_latest'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('is_archived', False)), fields=['company'], name='crm_contact_current'),
        ),
    ]
