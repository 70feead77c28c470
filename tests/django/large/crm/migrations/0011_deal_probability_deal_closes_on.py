from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0010_deal'),
    ]

    operations = [
        migrations.AddField(
            model_name='deal',
            name='probability',
            field=models.DecimalField(decimal_places=2, default=0, max_digits=3),
        ),
        migrations.AddField(
            model_name='deal',
            name='closes_on',
            field=models.DateField(blank=True, null=True),
        ),
    ]
