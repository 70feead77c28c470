from django.db import migrations

from large.rawsql import sql


class Migration(migrations.Migration):
    dependencies = [("projects", "0018_timeentry_projects_timeentry_billable")]
    operations = [
        sql(
            """
            CREATE FUNCTION projects_task_state_changed() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO projects_taskhistory (task_id, was, became, changed_at)
                VALUES (NEW.id, OLD.state, NEW.state, now());
                RETURN NULL;
            END
            $$
            """,
            """
            CREATE TRIGGER projects_task_state_changed AFTER UPDATE OF state ON projects_task FOR EACH ROW
            WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION projects_task_state_changed()
            """,
            "COMMENT ON TRIGGER projects_task_state_changed ON projects_task IS 'The only writer of the history.'",
            undo=[
                "DROP TRIGGER projects_task_state_changed ON projects_task",
                "DROP FUNCTION projects_task_state_changed",
            ],
        )
    ]
