import large.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0015_activity_body'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalContact',
            fields=[
                ('first_name', models.CharField(max_length=100)),
                ('last_name', models.CharField(db_collation='C', max_length=100)),
                ('email', large.fields.SchemaTypeField('crm_email')),
                ('job_title', models.CharField(blank=True, max_length=100)),
                ('contact_id', models.BigIntegerField(db_index=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'made'), ('~', 'changed'), ('-', 'deleted')], max_length=1)),
            ],
            options={
                'ordering': ['-history_date', '-history_id'],
                'get_latest_by': ['history_date', 'history_id'],
            },
        ),
    ]
