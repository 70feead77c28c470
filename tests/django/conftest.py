import os

import django
import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from tenants.models import Tenant  # noqa: E402


@pytest.fixture(autouse=True)
def rolled_back():
    """Every test runs in one transaction that is thrown away, so the database stays as Tenantry left it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    connection.set_schema_to_public()


@pytest.fixture
def tenant(rolled_back):
    connection.set_schema_to_public()
    return Tenant.objects.get(schema_name=os.environ["TENANT_SCHEMA"])


@pytest.fixture
def tenant_host():
    return os.environ["TENANT_HOST"]
