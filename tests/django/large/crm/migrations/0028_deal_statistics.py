from django.db import migrations

from large.rawsql import sql


class Migration(migrations.Migration):
    dependencies = [("crm", "0027_contact_storage")]
    operations = [
        sql(
            "CREATE STATISTICS crm_deal_company_closes (ndistinct, dependencies) ON company_id, closes_on FROM crm_deal",
            "CREATE STATISTICS crm_deal_closing_month ON date_trunc('month', closes_on::timestamp) FROM crm_deal",
            "ALTER STATISTICS crm_deal_company_closes SET STATISTICS 200",
            "COMMENT ON STATISTICS crm_deal_company_closes IS 'Companies buy in seasons.'",
            undo=["DROP STATISTICS crm_deal_company_closes, crm_deal_closing_month"],
        )
    ]
