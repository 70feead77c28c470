from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0008_taxrate'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='taxrate',
            constraint=models.UniqueConstraint(fields=('country', 'category'), name='billing_taxrate_one_per_category', nulls_distinct=False),
        ),
    ]
