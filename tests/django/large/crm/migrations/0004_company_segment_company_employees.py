from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0003_company'),
    ]

    operations = [
        migrations.AddField(
            model_name='company',
            name='segment',
            field=models.CharField(blank=True, db_index=True, max_length=30),
        ),
        migrations.AddField(
            model_name='company',
            name='employees',
            field=models.PositiveIntegerField(default=0),
        ),
    ]
