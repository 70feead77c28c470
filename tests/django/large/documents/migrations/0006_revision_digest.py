from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0005_revision'),
    ]

    operations = [
        migrations.AddField(
            model_name='revision',
            name='digest',
            field=models.BinaryField(blank=True, null=True),
        ),
    ]
