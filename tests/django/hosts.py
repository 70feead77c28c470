"""What the platform's router makes of Host headers: a JSON list of them on standard input, a JSON list of answers back.

An answer is null where Django refuses the header, else what is looked up, and the stored domain and the schema that it reaches.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
django.setup()

from django.core.exceptions import DisallowedHost  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django_tenants.middleware.main import TenantMainMiddleware  # noqa: E402

from tenants.models import Domain  # noqa: E402


def answer(middleware, host):
    request = RequestFactory().get("/", HTTP_HOST=host)
    try:
        sought = middleware.hostname_from_request(request)
    except DisallowedHost:
        return None
    try:
        schema = middleware.get_tenant(Domain, sought).schema_name
    except Domain.DoesNotExist:
        return {"sought": sought, "schema": None}
    return {"sought": sought, "schema": schema}


def main():
    middleware = TenantMainMiddleware(lambda request: None)
    json.dump([answer(middleware, host) for host in json.load(sys.stdin)], sys.stdout)


if __name__ == "__main__":
    main()
