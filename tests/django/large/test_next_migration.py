"""Django brings the platform to its next release: run with NEXT_MIGRATION=1, last, since it cannot be taken back."""

import pytest
from django.core.management import call_command

from large.customers.models import Client
from large.next_migration import NEXT
from large.queries import ledger
from large.shape import FACTS, facts

pytestmark = pytest.mark.skipif(not NEXT, reason="only with NEXT_MIGRATION=1")


@pytest.fixture(scope="module", autouse=True)
def migrated():
    call_command("migrate_schemas", verbosity=0)


def test_every_schema_has_applied_it():
    call_command("migrate_schemas", "--check", verbosity=0)
    for client in Client.objects.all():
        assert {("crm", "0031_deal_title_constraint"), ("workspace", "0010_auditor_role")} <= set(
            ledger(client.schema_name)
        )


@pytest.mark.parametrize("kind", FACTS)
def test_the_structure_is_still_what_django_makes(tenant, peer, kind):
    assert facts(tenant.schema_name, kind) == facts(peer.schema_name, kind)


def test_the_ledger_is_still_what_django_writes(tenant, peer):
    assert ledger(tenant.schema_name) == ledger(peer.schema_name)
