from django.db import migrations

from large.rawsql import sql


class Migration(migrations.Migration):
    operations = [
        sql(
            r"CREATE DOMAIN crm_email AS text CONSTRAINT crm_email_has_at CHECK (VALUE ~ '^[^@\s]+@[^@\s]+$')",
            "COMMENT ON DOMAIN crm_email IS 'An address as people write it: one @, no spaces.'",
            undo=["DROP DOMAIN crm_email"],
        )
    ]
