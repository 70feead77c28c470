from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0006_contact'),
    ]

    operations = [
        migrations.AddField(
            model_name='contact',
            name='extra',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='contact',
            name='is_archived',
            field=models.BooleanField(default=False),
        ),
    ]
