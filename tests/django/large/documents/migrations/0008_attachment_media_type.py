from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0007_attachment'),
    ]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='media_type',
            field=models.CharField(default='application/octet-stream', max_length=100),
        ),
    ]
