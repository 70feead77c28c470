import django.db.models.constraints
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0015_payment_billing_payment_amount_positive'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='invoiceline',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('invoice', 'position'), name='billing_invoiceline_position_uniq'),
        ),
    ]
