from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0007_payment'),
    ]

    operations = [
        migrations.CreateModel(
            name='TaxRate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=50)),
                ('country', models.CharField(max_length=2)),
                ('percent', models.DecimalField(decimal_places=2, max_digits=5)),
                ('category', models.CharField(blank=True, max_length=20, null=True)),
            ],
        ),
    ]
