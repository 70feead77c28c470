from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('helpdesk', '0012_alter_agreement_unique_together'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['queue', 'priority'], name='helpdesk_ticket_open'),
        ),
    ]
