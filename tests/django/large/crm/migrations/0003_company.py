from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0002_tag'),
    ]

    operations = [
        migrations.CreateModel(
            name='Company',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('vat_number', models.CharField(blank=True, max_length=30, null=True, unique=True)),
                ('fax', models.CharField(blank=True, max_length=30)),
            ],
            options={
                'verbose_name_plural': 'companies',
            },
        ),
    ]
