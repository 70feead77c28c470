import django.db.models.deletion
from django.db import migrations, models

from large.rawsql import sql


class Migration(migrations.Migration):
    dependencies = [("projects", "0019_task_history_trigger")]
    operations = [
        sql(
            """
            CREATE MATERIALIZED VIEW projects_progress AS
            SELECT project_id, count(*) AS tasks, count(*) FILTER (WHERE state = 'closed') AS closed
            FROM projects_task GROUP BY project_id
            """,
            "CREATE UNIQUE INDEX projects_progress_project ON projects_progress (project_id)",
            "COMMENT ON MATERIALIZED VIEW projects_progress IS 'Refreshed at night.'",
            undo=["DROP MATERIALIZED VIEW projects_progress"],
            models=[
                migrations.CreateModel(
                    name="Progress",
                    fields=[
                        (
                            "project",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                primary_key=True,
                                serialize=False,
                                to="projects.project",
                            ),
                        ),
                        ("tasks", models.BigIntegerField()),
                        ("closed", models.BigIntegerField()),
                    ],
                    options={"db_table": "projects_progress", "managed": False},
                )
            ],
        )
    ]
