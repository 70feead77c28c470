from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0014_activity'),
    ]

    operations = [
        migrations.AddField(
            model_name='activity',
            name='body',
            field=models.TextField(blank=True),
        ),
    ]
