from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inventory", "0013_movement_trigger")]
    operations = [
        migrations.RemoveConstraint(model_name="stocklevel", name="inventory_stocklevel_uniq"),
        migrations.AddConstraint(
            model_name="stocklevel",
            constraint=models.UniqueConstraint(
                fields=("product", "warehouse"), include=("quantity",), name="inventory_stocklevel_place_uniq"
            ),
        ),
    ]
