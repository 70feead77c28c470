from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inventory', '0007_product_inventory_product_attr_gin'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='product',
            index=models.Index(condition=models.Q(('is_stocked', True)), fields=['name'], name='inventory_product_stocked'),
        ),
    ]
