from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0020_deal_crm_deal_probability_range'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(fields=['deal', '-happened_at'], include=('kind',), name='crm_activity_latest'),
        ),
    ]
