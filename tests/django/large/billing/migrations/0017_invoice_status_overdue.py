from django.db import migrations

from large.rawsql import sql


class Migration(migrations.Migration):
    dependencies = [("billing", "0016_invoiceline_billing_invoiceline_position_uniq")]
    operations = [
        # A value in the middle: its sort order is 2.5, which a type made in one go would not have.
        sql("ALTER TYPE billing_invoice_status ADD VALUE 'overdue' BEFORE 'paid'"),
        sql("COMMENT ON TYPE billing_invoice_status IS 'A draft has no number that counts.'"),
    ]
