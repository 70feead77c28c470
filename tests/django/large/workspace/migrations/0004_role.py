from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workspace', '0003_profile_opening_hours'),
    ]

    operations = [
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=50, unique=True)),
                ('description', models.TextField(blank=True, db_comment='Shown to those who give the role.')),
            ],
        ),
    ]
