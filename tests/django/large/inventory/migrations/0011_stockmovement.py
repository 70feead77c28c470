import django.db.models.deletion
from django.db import migrations, models

from large.rawsql import sql


class Migration(migrations.Migration):
    dependencies = [("inventory", "0010_movement_number")]
    operations = [
        sql(
            """
            CREATE TABLE inventory_stockmovement (
                number bigint NOT NULL DEFAULT nextval('inventory_movement_number'),
                moved_on date NOT NULL,
                product_id bigint NOT NULL CONSTRAINT inventory_stockmovement_product_fk
                    REFERENCES inventory_product DEFERRABLE INITIALLY DEFERRED,
                quantity integer NOT NULL CONSTRAINT inventory_stockmovement_moves CHECK (quantity <> 0),
                note text NOT NULL,
                CONSTRAINT inventory_stockmovement_pkey PRIMARY KEY (moved_on, number)
            ) PARTITION BY RANGE (moved_on)
            """,
            """
            CREATE TABLE inventory_stockmovement_2024 PARTITION OF inventory_stockmovement
            FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') WITH (fillfactor = 100)
            """,
            """
            CREATE TABLE inventory_stockmovement_2025 PARTITION OF inventory_stockmovement
            FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')
            """,
            # Made first and attached later, as for a table that was loaded beforehand: its columns are in another order.
            """
            CREATE TABLE inventory_stockmovement_2026 (
                moved_on date NOT NULL, number bigint NOT NULL DEFAULT nextval('inventory_movement_number'),
                quantity integer NOT NULL CONSTRAINT inventory_stockmovement_moves CHECK (quantity <> 0),
                product_id bigint NOT NULL, note text NOT NULL
            )
            """,
            """
            ALTER TABLE inventory_stockmovement ATTACH PARTITION inventory_stockmovement_2026
            FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
            """,
            "CREATE TABLE inventory_stockmovement_other PARTITION OF inventory_stockmovement DEFAULT",
            undo=["DROP TABLE inventory_stockmovement"],
            models=[
                migrations.CreateModel(
                    name="StockMovement",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "moved_on", "number", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "number",
                            models.BigIntegerField(
                                db_default=models.Func(
                                    models.Value("inventory_movement_number"),
                                    function="nextval",
                                    output_field=models.BigIntegerField(),
                                )
                            ),
                        ),
                        ("moved_on", models.DateField()),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="inventory.product"
                            ),
                        ),
                        ("quantity", models.IntegerField()),
                        ("note", models.TextField(blank=True)),
                    ],
                )
            ],
        )
    ]
