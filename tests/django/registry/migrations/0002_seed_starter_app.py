from django.db import migrations


def seed(apps, schema_editor):
    apps.get_model("registry", "App").objects.create(slug="starter", name="Starter")


def unseed(apps, schema_editor):
    apps.get_model("registry", "App").objects.filter(slug="starter").delete()


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [migrations.RunPython(seed, unseed)]
