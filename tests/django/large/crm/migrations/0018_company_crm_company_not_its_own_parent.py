from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0017_historicalcontact_extra_and_more'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='company',
            constraint=models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='crm_company_not_its_own_parent'),
        ),
    ]
