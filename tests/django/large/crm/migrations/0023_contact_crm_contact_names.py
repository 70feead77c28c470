import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0022_contact_crm_contact_current'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(django.db.models.functions.text.Lower('last_name'), models.OrderBy(django.db.models.functions.text.Lower('first_name'), descending=True), name='crm_contact_names'),
        ),
    ]
