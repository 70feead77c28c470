from django.db import migrations

from large.rawsql import sql


class Migration(migrations.Migration):
    dependencies = [("inventory", "0012_inventory_movement_latest")]
    operations = [
        sql(
            """
            CREATE FUNCTION inventory_apply_movement() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                UPDATE inventory_stocklevel SET quantity = quantity + NEW.quantity WHERE product_id = NEW.product_id;
                RETURN NULL;
            END
            $$
            """,
            # On the partitioned table: every partition, also a later one, gets its own.
            """
            CREATE TRIGGER inventory_apply_movement AFTER INSERT ON inventory_stockmovement
            FOR EACH ROW EXECUTE FUNCTION inventory_apply_movement()
            """,
            undo=[
                "DROP TRIGGER inventory_apply_movement ON inventory_stockmovement",
                "DROP FUNCTION inventory_apply_movement",
            ],
        )
    ]
