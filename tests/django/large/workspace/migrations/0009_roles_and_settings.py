from django.db import migrations

ROLES = {"owner": "May do everything.", "editor": "May change what is there.", "reader": "May look."}
SETTINGS = {"locale": "en", "week_starts_on": 1, "modules": ["crm", "billing", "projects"]}


def write(apps, schema_editor):
    Role, Setting = apps.get_model("workspace", "Role"), apps.get_model("workspace", "Setting")
    for name, description in ROLES.items():
        Role.objects.create(name=name, description=description)
    for key, value in SETTINGS.items():
        Setting.objects.create(key=key, value=value)


def take_back(apps, schema_editor):
    apps.get_model("workspace", "Role").objects.filter(name__in=ROLES).delete()
    apps.get_model("workspace", "Setting").objects.filter(key__in=SETTINGS).delete()


class Migration(migrations.Migration):
    dependencies = [("workspace", "0008_reporting_role")]
    operations = [migrations.RunPython(write, take_back)]
