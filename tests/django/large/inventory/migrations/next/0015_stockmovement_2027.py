from django.db import migrations

from large.rawsql import sql


class Migration(migrations.Migration):
    dependencies = [("inventory", "0014_stocklevel_place")]
    operations = [
        sql(
            """
            CREATE TABLE inventory_stockmovement_2027 PARTITION OF inventory_stockmovement
            FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')
            """,
            undo=["DROP TABLE inventory_stockmovement_2027"],
        )
    ]
