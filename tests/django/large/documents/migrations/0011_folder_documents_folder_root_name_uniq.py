from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0010_folder_documents_folder_name_uniq'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='folder',
            constraint=models.UniqueConstraint(condition=models.Q(('parent__isnull', True)), fields=('name',), name='documents_folder_root_name_uniq'),
        ),
    ]
