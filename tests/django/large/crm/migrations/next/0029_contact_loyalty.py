from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("crm", "0028_deal_statistics")]
    operations = [
        migrations.AddField(
            model_name="contact",
            name="loyalty",
            field=models.CharField(db_index=True, default="none", max_length=10),
        )
    ]
