from django.db import migrations

from large.rawsql import sql


class Migration(migrations.Migration):
    dependencies = [("crm", "0026_rename_position_contact_job_title")]
    operations = [
        sql(
            "ALTER TABLE crm_contact SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05)",
            "ALTER TABLE crm_contact ALTER COLUMN extra SET STORAGE EXTERNAL",
            "ALTER TABLE crm_contact ALTER COLUMN last_name SET STATISTICS 500",
            "COMMENT ON INDEX crm_contact_current IS 'For the list that opens first.'",
        )
    ]
