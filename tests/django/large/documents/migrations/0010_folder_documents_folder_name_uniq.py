from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0009_attachment_documents_attachment_target'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='folder',
            constraint=models.UniqueConstraint(fields=('parent', 'name'), name='documents_folder_name_uniq'),
        ),
    ]
