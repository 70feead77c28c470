from django.db import migrations

from large.rawsql import sql


class Migration(migrations.Migration):
    dependencies = [("inventory", "0009_stocklevel_inventory_stocklevel_uniq")]
    operations = [
        sql(
            "CREATE SEQUENCE inventory_movement_number START WITH 1000 MAXVALUE 999999999999 CACHE 5",
            "COMMENT ON SEQUENCE inventory_movement_number IS 'One row of numbers for all years.'",
            undo=["DROP SEQUENCE inventory_movement_number"],
        )
    ]
