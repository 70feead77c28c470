import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0011_invoiceline_position_invoiceline_tax_rate'),
    ]

    operations = [
        migrations.AddField(
            model_name='invoiceline',
            name='total',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(models.F('quantity'), '*', models.F('unit_price')), output_field=models.DecimalField(decimal_places=2, max_digits=14)),
        ),
    ]
