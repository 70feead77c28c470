from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inventory', '0005_stocklevel'),
    ]

    operations = [
        migrations.AddField(
            model_name='stocklevel',
            name='reorder_at',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
    ]
