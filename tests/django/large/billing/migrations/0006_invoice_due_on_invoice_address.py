from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0005_invoice_status_invoice_issued_on'),
    ]

    operations = [
        migrations.AddField(
            model_name='invoice',
            name='due_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='invoice',
            name='address',
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
