from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('helpdesk', '0011_agreement'),
    ]

    operations = [
        migrations.AlterUniqueTogether(
            name='agreement',
            unique_together={('queue', 'priority')},
        ),
    ]
