from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0018_company_crm_company_not_its_own_parent'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='deal',
            constraint=models.UniqueConstraint(fields=('company', 'title'), name='crm_deal_company_title_uniq'),
        ),
    ]
