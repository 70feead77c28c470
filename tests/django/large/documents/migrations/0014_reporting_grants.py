from django.db import migrations

from large.rawsql import sql


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0013_row_security"),
        ("billing", "0019_balance"),
        ("crm", "0028_deal_statistics"),
        ("inventory", "0013_movement_trigger"),
        ("projects", "0020_progress"),
    ]
    operations = [
        sql(
            "GRANT SELECT ON documents_document, documents_folder, billing_balance, projects_progress TO platform_reporting",
            "GRANT SELECT (id, company_id, job_title) ON crm_contact TO platform_reporting",
            "GRANT SELECT, INSERT ON inventory_stockmovement TO platform_reporting WITH GRANT OPTION",
            "GRANT USAGE ON SEQUENCE inventory_movement_number TO platform_reporting",
            "REVOKE EXECUTE ON FUNCTION billing_invoice_total(bigint) FROM PUBLIC",
            "GRANT EXECUTE ON FUNCTION billing_invoice_total(bigint) TO platform_reporting",
            "REVOKE USAGE ON TYPE billing_invoice_status FROM PUBLIC",
            "GRANT USAGE ON TYPE billing_invoice_status TO platform_reporting",
        )
    ]
