import os

import django
import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "large.settings")
django.setup()

from django.db import connection  # noqa: E402

from large.customers.models import Client  # noqa: E402


@pytest.fixture
def tenant():
    """The tenant that Tenantry made."""
    connection.set_schema_to_public()
    yield Client.objects.get(schema_name=os.environ["TENANT_SCHEMA"])
    connection.set_schema_to_public()


@pytest.fixture
def peer():
    """A tenant that Django made."""
    connection.set_schema_to_public()
    return Client.objects.get(schema_name=os.environ["PEER_SCHEMA"])
