import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0001_invoice_status_type'),
        ('crm', '0026_rename_position_contact_job_title'),
    ]

    operations = [
        migrations.CreateModel(
            name='Discount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantities', django.contrib.postgres.fields.ranges.IntegerRangeField()),
                ('percent', models.DecimalField(decimal_places=2, max_digits=5)),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
            ],
        ),
    ]
