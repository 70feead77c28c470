from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0019_deal_crm_deal_company_title_uniq'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='deal',
            constraint=models.CheckConstraint(condition=models.Q(('probability__gte', 0), ('probability__lte', 1)), name='crm_deal_probability_range'),
        ),
    ]
