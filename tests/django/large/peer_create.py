#!/usr/bin/env python3
"""Makes tenants django-tenants' way, by its migrations or by its own clone, and says how long each took.

Run from tests/django: `python -m large.peer_create --count 5 --prefix p_ [--clone-of p_template]`.
"""

import argparse
import json
import os

# What django-tenants' clone stops at. Its other failings it does not notice.
UNCLONABLE = [
    "COMMENT ON INDEX crm_contact_current IS NULL",
    "DROP TRIGGER inventory_apply_movement ON inventory_stockmovement",
]


def make_template(schema):
    """A tenant that django-tenants can clone."""
    from large.make_platform import connection, make_tenant, tenant_context

    with tenant_context(make_tenant(schema)), connection.cursor() as cursor:
        for statement in UNCLONABLE:
            cursor.execute(statement)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, required=True, help="how many tenants to make")
    parser.add_argument("--prefix", required=True, help="what their schema names begin with")
    parser.add_argument("--clone-of", help="let django-tenants clone this schema's structure; made if it is missing")
    options = parser.parse_args()
    if options.clone_of:
        os.environ["CLONE_OF"] = options.clone_of  # read by the settings

    from large.make_platform import Client, make_tenant, milliseconds

    Client.clone_mode = "NODATA"
    if options.clone_of and not Client.objects.filter(schema_name=options.clone_of).exists():
        make_template(options.clone_of)
    names = [f"{options.prefix}{number}" for number in range(1, options.count + 1)]
    print(json.dumps({"milliseconds": [milliseconds(make_tenant, name)[0] for name in names]}))
