from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0017_project_projects_project_ends_after_start'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='timeentry',
            index=models.Index(condition=models.Q(('billable', True)), fields=['worked_on'], name='projects_timeentry_billable'),
        ),
    ]
