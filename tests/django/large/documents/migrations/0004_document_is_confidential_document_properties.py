from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0003_document'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='is_confidential',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='document',
            name='properties',
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
