from django.db import migrations, models

from large.rawsql import sql


class Migration(migrations.Migration):
    dependencies = [("billing", "0019_balance"), ("documents", "0014_reporting_grants")]
    operations = [
        sql(
            """
            CREATE OR REPLACE VIEW billing_balance AS
            SELECT company_id, sum(billing_invoice_total(id)) AS invoiced, sum(billing_paid(id)) AS paid,
                sum(billing_invoice_total(id) - billing_paid(id)) AS outstanding
            FROM billing_invoice WHERE status <> 'draft' GROUP BY company_id
            """,
            "ALTER TYPE billing_invoice_status RENAME VALUE 'sent' TO 'issued'",
            models=[
                migrations.AddField(
                    model_name="balance",
                    name="outstanding",
                    field=models.DecimalField(decimal_places=2, max_digits=14),
                )
            ],
        )
    ]
