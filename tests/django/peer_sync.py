#!/usr/bin/env python3
"""Brings every tenant's catalog to a file's, the way Django offers: bulk upserts, schema by schema. Says how long it took."""

import argparse
import json
import os
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
django.setup()

from atoms.models import Atom, AtomCategory, AtomVersion  # noqa: E402
from django.db import transaction  # noqa: E402
from django_tenants.utils import schema_context  # noqa: E402
from tenants.models import Tenant  # noqa: E402


def synchronise(schema, catalog):
    with schema_context(schema), transaction.atomic():
        AtomCategory.objects.bulk_create(
            [AtomCategory(name=row["name"], description=row["description"]) for row in catalog["categories"]],
            update_conflicts=True, unique_fields=["name"], update_fields=["description"],
        )
        categories = dict(AtomCategory.objects.values_list("name", "id"))
        Atom.objects.bulk_create(
            [
                Atom(slug=row["slug"], name=row["name"], description=row["description"],
                     category_id=categories[row["category"]])
                for row in catalog["atoms"]
            ],
            update_conflicts=True, unique_fields=["slug"],
            update_fields=["name", "description", "category", "updated_at"],
        )
        atoms = dict(Atom.objects.values_list("slug", "id"))
        AtomVersion.objects.bulk_create(
            [
                AtomVersion(atom_id=atoms[row["slug"]], version=version["version"],
                            release_date=version["release_date"], release_notes=version["release_notes"],
                            config_schema=version["config_schema"], is_active=version["is_active"])
                for row in catalog["atoms"] for version in row["versions"]
            ],
            update_conflicts=True, unique_fields=["atom", "version"],
            update_fields=["release_date", "release_notes", "config_schema", "is_active"],
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", required=True, help="the catalog, as Tenantry imports it")
    options = parser.parse_args()
    with open(options.file, encoding="utf-8") as file:
        wanted = json.load(file)
    schemas = list(Tenant.objects.exclude(schema_name="public").values_list("schema_name", flat=True))
    start = perf_counter()
    for schema in schemas:
        synchronise(schema, wanted)
    print(json.dumps({"milliseconds": [round((perf_counter() - start) * 1000, 3)], "tenants": len(schemas)}))
