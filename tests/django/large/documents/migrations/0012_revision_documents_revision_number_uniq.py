from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0011_folder_documents_folder_root_name_uniq'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.UniqueConstraint(fields=('document', 'number'), name='documents_revision_number_uniq'),
        ),
    ]
