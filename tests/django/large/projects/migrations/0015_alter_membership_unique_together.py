from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0014_timeentry'),
    ]

    operations = [
        migrations.AlterUniqueTogether(
            name='membership',
            unique_together={('project', 'user')},
        ),
    ]
