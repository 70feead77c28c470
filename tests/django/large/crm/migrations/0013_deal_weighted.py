import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0012_deal_contact'),
    ]

    operations = [
        migrations.AddField(
            model_name='deal',
            name='weighted',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(models.F('amount'), '*', models.F('probability')), output_field=models.DecimalField(decimal_places=4, max_digits=17)),
        ),
    ]
