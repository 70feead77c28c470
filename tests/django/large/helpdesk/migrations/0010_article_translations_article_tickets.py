from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('helpdesk', '0009_article'),
    ]

    operations = [
        migrations.AddField(
            model_name='article',
            name='translations',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='article',
            name='tickets',
            field=models.ManyToManyField(blank=True, to='helpdesk.ticket'),
        ),
    ]
