from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inventory', '0008_product_inventory_product_stocked'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='stocklevel',
            constraint=models.UniqueConstraint(fields=('product', 'warehouse'), include=('quantity',), name='inventory_stocklevel_uniq'),
        ),
    ]
