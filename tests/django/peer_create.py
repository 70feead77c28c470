#!/usr/bin/env python3
"""Makes tenants the ordinary django-tenants way, and says how long each took: the peer that Tenantry is measured by."""

import argparse
import json
import os
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
django.setup()

from tenants.models import Domain, Tenant  # noqa: E402


def create(name):
    tenant = Tenant(schema_name=name, name=name)
    tenant.save(verbosity=0)
    Domain(domain=f"{name}.example", tenant=tenant, is_primary=True).save()


def milliseconds(work, *arguments):
    start = perf_counter()
    work(*arguments)
    return round((perf_counter() - start) * 1000, 3)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, required=True, help="how many tenants to make")
    parser.add_argument("--prefix", required=True, help="what their schema names begin with")
    options = parser.parse_args()
    times = [milliseconds(create, f"{options.prefix}{number}") for number in range(1, options.count + 1)]
    print(json.dumps({"milliseconds": times}))
