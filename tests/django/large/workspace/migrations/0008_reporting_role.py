from django.db import migrations

from large.rawsql import sql


class Migration(migrations.Migration):
    dependencies = [("workspace", "0007_member_invited_by")]
    operations = [
        sql(
            # A role belongs to the whole server, so another database or tenant may have made it already.
            """
            DO $$
            BEGIN
                CREATE ROLE platform_reporting NOLOGIN;
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
            END
            $$
            """,
            """
            DO $$
            BEGIN
                EXECUTE format('GRANT USAGE ON SCHEMA %I TO platform_reporting', current_schema());
                EXECUTE format(
                    'ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT ON SEQUENCES TO platform_reporting',
                    current_schema()
                );
            END
            $$
            """,
        )
    ]
