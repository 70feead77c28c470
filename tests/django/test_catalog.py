"""Django, asked about tenants whose catalogs Tenantry has brought to a release: see README.md."""

import json
import os
from datetime import date

import pytest
from django.db.models import Max
from django_tenants.utils import get_tenant_model, tenant_context

from atoms.models import Atom, AtomCategory, AtomVersion
from recipes import make

EXPECTED = json.loads(os.environ["CATALOG"])
SCHEMAS = os.environ["CATALOG_SCHEMAS"].split(",")


@pytest.fixture(params=SCHEMAS)
def inside(request, rolled_back):
    with tenant_context(get_tenant_model().objects.get(schema_name=request.param)):
        yield request.param


def test_the_orm_reads_what_the_release_says(inside):
    categories = dict(AtomCategory.objects.values_list("name", "description"))
    atoms = {
        atom.slug: {
            "name": atom.name,
            "description": atom.description,
            "category": atom.category.name,
            "versions": {
                version.version: {
                    "release_date": version.release_date.isoformat(),
                    "release_notes": version.release_notes,
                    "config_schema": version.config_schema,
                    "is_active": version.is_active,
                }
                for version in atom.atomversion_set.all()
            },
        }
        for atom in Atom.objects.select_related("category").prefetch_related("atomversion_set")
    }
    assert {"categories": categories, "atoms": atoms} == EXPECTED


def test_only_rows_that_changed_say_so(inside):
    # What the second release has changed, in a tenant that had the first.
    changed = [atom.slug for atom in Atom.objects.all() if atom.updated_at > atom.created_at]
    assert changed == json.loads(os.environ["CATALOG_CHANGED"]).get(inside, [])


@pytest.mark.parametrize("model", [AtomCategory, Atom, AtomVersion], ids=lambda model: model._meta.label)
def test_django_inserts_after_what_tenantry_has_written(inside, model):
    highest = model.objects.aggregate(Max("id"))["id__max"]
    assert make(model).id > highest


def test_django_goes_on_with_what_tenantry_has_written(inside):
    atom = Atom.objects.first()
    before = atom.updated_at
    atom.description = "changed by Django"
    atom.save()
    assert Atom.objects.get(pk=atom.pk).updated_at > before
    version = AtomVersion.objects.create(atom=atom, version="9.9", release_date=date(2026, 1, 1))
    assert version in atom.atomversion_set.filter(is_active=True)
