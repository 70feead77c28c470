import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0003_discount_billing_discount_no_overlap'),
    ]

    operations = [
        migrations.CreateModel(
            name='Invoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30)),
                ('series', models.CharField(default='A', max_length=10)),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='crm.company')),
            ],
            options={
                'db_table_comment': 'What a company is asked to pay; the lines say for what.',
            },
        ),
    ]
