import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("crm", "0029_contact_loyalty")]
    operations = [
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("contact", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="crm.contact")),
                ("purpose", models.CharField(max_length=50)),
                ("given_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(fields=("contact", "purpose"), name="crm_consent_once"),
        ),
    ]
