from django.db import migrations

from large.rawsql import sql


class Migration(migrations.Migration):
    dependencies = [("billing", "0017_invoice_status_overdue")]
    operations = [
        sql(
            """
            CREATE FUNCTION billing_payment_limit() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF (SELECT sum(amount) FROM billing_payment WHERE invoice_id = NEW.invoice_id) > 1000000000 THEN
                    RAISE EXCEPTION 'payments of invoice % are beyond reason', NEW.invoice_id;
                END IF;
                RETURN NULL;
            END
            $$
            """,
            """
            CREATE CONSTRAINT TRIGGER billing_payment_limit AFTER INSERT OR UPDATE OF amount ON billing_payment
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION billing_payment_limit()
            """,
            "ALTER TABLE billing_payment REPLICA IDENTITY FULL",
            undo=[
                "ALTER TABLE billing_payment REPLICA IDENTITY DEFAULT",
                "DROP TRIGGER billing_payment_limit ON billing_payment",
                "DROP FUNCTION billing_payment_limit",
            ],
        )
    ]
