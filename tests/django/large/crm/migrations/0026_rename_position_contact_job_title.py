from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0025_remove_company_fax'),
    ]

    operations = [
        migrations.RenameField(
            model_name='contact',
            old_name='position',
            new_name='job_title',
        ),
    ]
