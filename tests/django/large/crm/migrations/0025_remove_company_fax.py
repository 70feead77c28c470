from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0024_contact_crm_contact_email_once'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='company',
            name='fax',
        ),
    ]
