from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workspace', '0004_role'),
    ]

    operations = [
        migrations.AddField(
            model_name='role',
            name='permissions',
            field=models.ManyToManyField(blank=True, to='auth.permission'),
        ),
    ]
