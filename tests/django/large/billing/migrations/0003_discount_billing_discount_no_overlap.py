import django.contrib.postgres.constraints
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0002_discount'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='discount',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('quantities', '&&')], name='billing_discount_no_overlap'),
        ),
    ]
