from django.db import migrations

from large.rawsql import sql


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0012_revision_documents_revision_number_uniq"),
        ("workspace", "0008_reporting_role"),
    ]
    operations = [
        sql(
            "ALTER TABLE documents_document ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE documents_document FORCE ROW LEVEL SECURITY",
            """
            CREATE POLICY documents_own ON documents_document
            USING (pg_has_role(current_user, (SELECT nspowner FROM pg_namespace WHERE nspname = current_schema()), 'member'))
            """,
            """
            CREATE POLICY documents_reporting ON documents_document FOR SELECT TO platform_reporting
            USING (NOT is_confidential AND folder_id IN (SELECT id FROM documents_folder WHERE parent_id IS NULL))
            """,
            "CREATE POLICY documents_sealed ON documents_document AS RESTRICTIVE FOR DELETE USING (title <> 'sealed')",
            "COMMENT ON POLICY documents_reporting ON documents_document IS 'Figures need no secrets.'",
            undo=[
                "DROP POLICY documents_own ON documents_document",
                "DROP POLICY documents_reporting ON documents_document",
                "DROP POLICY documents_sealed ON documents_document",
                "ALTER TABLE documents_document DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY",
            ],
        )
    ]
