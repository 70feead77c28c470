import django_tenants.postgresql_backend.base
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Client',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('schema_name', models.CharField(db_index=True, max_length=63, unique=True, validators=[django_tenants.postgresql_backend.base._check_schema_name])),
                ('name', models.CharField(max_length=100)),
                ('paid_until', models.DateField()),
                ('on_trial', models.BooleanField()),
                ('created_on', models.DateField(auto_now_add=True)),
                ('plan', models.CharField(choices=[('free', 'Free'), ('team', 'Team'), ('enterprise', 'Enterprise')], default='free', max_length=20)),
                ('seats', models.PositiveIntegerField(default=1)),
                ('contact_email', models.EmailField(max_length=254)),
                ('settings', models.JSONField(default=dict)),
                ('notes', models.TextField(blank=True)),
                ('external_id', models.UUIDField(blank=True, null=True, unique=True)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('plan__in', ['free', 'team', 'enterprise'])), name='customers_client_plan_known')],
            },
        ),
    ]
