from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inventory", "0011_stockmovement")]
    operations = [
        migrations.AddIndex(
            model_name="stockmovement",
            index=models.Index(fields=["product", "-moved_on"], name="inventory_movement_latest"),
        )
    ]
