#!/usr/bin/env python3
"""Makes the large platform in an empty database, by Django alone, and prints one line of JSON about it.

Run from tests/django: `python -m large.make_platform --tenants 3 --prefix t_`.
"""

import argparse
import json
import os
from datetime import date
from time import perf_counter
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "large.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django_tenants.utils import tenant_context  # noqa: E402

from large.audit.models import Entry  # noqa: E402
from large.customers.models import Client, Domain  # noqa: E402
from large.recipes import TENANT_MODELS, make  # noqa: E402
from large.workspace.models import Profile, Role, Setting  # noqa: E402


def milliseconds(work, *arguments):
    start = perf_counter()
    result = work(*arguments)
    return round((perf_counter() - start) * 1000, 3), result


def make_shared():
    call_command("migrate_schemas", "--shared", verbosity=0)
    # django-tenants advises a tenant row for `public` too, so that its domain is routed.
    public = client("public", "The company itself")
    public.save(verbosity=0)
    Domain.objects.create(domain="platform.example", tenant=public)
    Entry.objects.create(action="platform made")


def client(schema, name):
    return Client(
        schema_name=schema,
        name=name,
        paid_until=date(2030, 12, 31),
        on_trial=False,
        plan=Client.Plan.TEAM,
        seats=25,
        contact_email=f"office@{schema}.example",
        settings={"theme": "light"},
        external_id=uuid4(),
    )


def make_tenant(schema):
    tenant = client(schema, f"Customer {schema}")
    tenant.save(verbosity=0)
    # Django refuses a host name with an underscore, which schema names often have.
    Domain.objects.create(domain=f"{schema.replace('_', '-')}.example", tenant=tenant)
    return tenant


def fill(tenant):
    """Data of the tenant's own, in every table: none of it may come along when the structure is cloned."""
    with tenant_context(tenant):
        for model in TENANT_MODELS:
            if model is not Profile:
                make(model)
        Profile.objects.create(client=tenant, tagline=f"This is {tenant.name}")
        # Beside those that a migration wrote, alike in every tenant.
        Setting.objects.create(key="logo", value={"file": f"{tenant.schema_name}.svg"})
        Role.objects.create(name=f"{tenant.schema_name} auditor")


def counts(schema):
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*) FILTER (WHERE NOT relispartition) AS tables, count(*) FILTER (WHERE relispartition)
            FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind IN ('r', 'p')
            """,
            [connection.ops.quote_name(schema)],
        )
        tables, partitions = cursor.fetchone()
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(schema)}.django_migrations")
        (ledger,) = cursor.fetchone()
    return {"tables": tables, "partitions": partitions, "migrations": ledger}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tenants", type=int, required=True, help="how many tenants to make")
    parser.add_argument("--prefix", default="t_", help="what their schema names begin with")
    options = parser.parse_args()
    shared, _ = milliseconds(make_shared)
    times, schemas = [], [f"{options.prefix}{number}" for number in range(1, options.tenants + 1)]
    for schema in schemas:
        spent, tenant = milliseconds(make_tenant, schema)
        times.append(spent)
        fill(tenant)
    answer = {"schemas": schemas, "shared_milliseconds": shared, "milliseconds": times}
    print(json.dumps(answer | {"schema_holds": counts(schemas[0] if schemas else "public")}))
