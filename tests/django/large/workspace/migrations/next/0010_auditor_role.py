from django.db import migrations


def write(apps, schema_editor):
    Role, Setting = apps.get_model("workspace", "Role"), apps.get_model("workspace", "Setting")
    Role.objects.create(name="auditor", description="May look at what was done.")
    # Fails in a tenant that lacks what the earlier migration wrote.
    modules = Setting.objects.get(key="modules")
    modules.value = [*modules.value, "audit"]
    modules.save()


def take_back(apps, schema_editor):
    Role, Setting = apps.get_model("workspace", "Role"), apps.get_model("workspace", "Setting")
    Role.objects.filter(name="auditor").delete()
    modules = Setting.objects.get(key="modules")
    modules.value = [module for module in modules.value if module != "audit"]
    modules.save()


class Migration(migrations.Migration):
    dependencies = [("workspace", "0009_roles_and_settings")]
    operations = [migrations.RunPython(write, take_back)]
