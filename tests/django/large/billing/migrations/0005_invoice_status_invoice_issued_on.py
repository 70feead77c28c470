import large.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0004_invoice'),
    ]

    operations = [
        migrations.AddField(
            model_name='invoice',
            name='status',
            field=large.fields.SchemaTypeField('billing_invoice_status', default='draft'),
        ),
        migrations.AddField(
            model_name='invoice',
            name='issued_on',
            field=models.DateField(blank=True, null=True),
        ),
    ]
