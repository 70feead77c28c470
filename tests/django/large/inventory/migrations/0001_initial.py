from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0026_rename_position_contact_job_title'),
    ]

    operations = [
        migrations.CreateModel(
            name='Warehouse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('location', models.JSONField(blank=True, null=True)),
            ],
        ),
    ]
