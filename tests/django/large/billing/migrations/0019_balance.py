import django.db.models.deletion
from django.db import migrations, models

from large.rawsql import sql


class Migration(migrations.Migration):
    dependencies = [("billing", "0018_payment_limit")]
    operations = [
        sql(
            # The body is parsed when the function is made, so it holds on to the tables of this schema.
            """
            CREATE FUNCTION billing_invoice_total(invoice bigint) RETURNS numeric LANGUAGE sql STABLE
            BEGIN ATOMIC
                SELECT coalesce(sum(total), 0) FROM billing_invoiceline WHERE invoice_id = invoice;
            END
            """,
            """
            CREATE FUNCTION billing_paid(invoice bigint, OUT paid numeric) LANGUAGE plpgsql STABLE
            SET search_path FROM CURRENT AS $$
            BEGIN
                paid := (SELECT coalesce(sum(amount), 0) FROM billing_payment WHERE invoice_id = invoice);
            END
            $$
            """,
            """
            CREATE VIEW billing_balance AS
            SELECT company_id, sum(billing_invoice_total(id)) AS invoiced, sum(billing_paid(id)) AS paid
            FROM billing_invoice WHERE status <> 'draft' GROUP BY company_id
            """,
            """
            CREATE VIEW billing_debtor WITH (security_invoker = true) AS
            SELECT name, invoiced - paid AS owes FROM billing_balance JOIN crm_company ON id = company_id
            WHERE invoiced > paid
            """,
            "COMMENT ON FUNCTION billing_invoice_total IS 'Before tax.'",
            "COMMENT ON VIEW billing_balance IS 'What each company was asked for, and what it paid.'",
            "COMMENT ON COLUMN billing_balance.invoiced IS 'Drafts do not count.'",
            undo=[
                "DROP VIEW billing_debtor",
                "DROP VIEW billing_balance",
                "DROP FUNCTION billing_paid",
                "DROP FUNCTION billing_invoice_total",
            ],
            models=[
                migrations.CreateModel(
                    name="Balance",
                    fields=[
                        (
                            "company",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                primary_key=True,
                                serialize=False,
                                to="crm.company",
                            ),
                        ),
                        ("invoiced", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("paid", models.DecimalField(decimal_places=2, max_digits=14)),
                    ],
                    options={"db_table": "billing_balance", "managed": False},
                )
            ],
        )
    ]
