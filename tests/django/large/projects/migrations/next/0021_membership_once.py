from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0020_progress")]
    operations = [
        # Django looks the old constraint up by its columns, and must find exactly one.
        migrations.AlterUniqueTogether(name="membership", unique_together=set()),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("project", "user", "group"), name="projects_membership_once", nulls_distinct=False
            ),
        ),
    ]
