from django.db import migrations, models

from large.rawsql import sql

OLD, NEW = "crm_deal_company_title_uniq", "crm_deal_title_once_per_company"


class Migration(migrations.Migration):
    dependencies = [("crm", "0030_consent")]
    operations = [
        # By its name: a schema whose constraint is called otherwise cannot be migrated.
        sql(
            f"ALTER TABLE crm_deal RENAME CONSTRAINT {OLD} TO {NEW}",
            undo=[f"ALTER TABLE crm_deal RENAME CONSTRAINT {NEW} TO {OLD}"],
            models=[
                migrations.RemoveConstraint(model_name="deal", name=OLD),
                migrations.AddConstraint(
                    model_name="deal", constraint=models.UniqueConstraint(fields=("company", "title"), name=NEW)
                ),
            ],
        )
    ]
