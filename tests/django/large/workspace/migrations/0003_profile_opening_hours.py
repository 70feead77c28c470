from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workspace', '0002_profile'),
    ]

    operations = [
        migrations.AddField(
            model_name='profile',
            name='opening_hours',
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
