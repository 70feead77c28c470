import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inventory', '0003_product_weight_grams_product_is_stocked'),
    ]

    operations = [
        migrations.AddField(
            model_name='product',
            name='substitutes',
            field=models.ManyToManyField(blank=True, to='inventory.product'),
        ),
        migrations.AddField(
            model_name='product',
            name='supplier',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='crm.company'),
        ),
    ]
