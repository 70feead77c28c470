from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0013_invoice_billing_invoice_series_number_uniq'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__isnull', True), ('due_on__gte', models.F('issued_on')), _connector='OR'), name='billing_invoice_due_after_issue'),
        ),
    ]
