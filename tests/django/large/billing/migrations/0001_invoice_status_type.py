from django.db import migrations

from large.rawsql import sql


class Migration(migrations.Migration):
    operations = [
        sql(
            "CREATE TYPE billing_invoice_status AS ENUM ('draft', 'sent', 'paid')",
            undo=["DROP TYPE billing_invoice_status"],
        )
    ]
