"""Django's own way with domains, on a table that the database holds to one primary domain a tenant: see README.md."""

import pytest
from django.db import IntegrityError, connection, transaction

from recipes import make
from tenants.models import Domain, Tenant


def settled():
    """What a COMMIT would check."""
    connection.check_constraints()


def domains(tenant):
    return {domain.domain: domain.is_primary for domain in Domain.objects.filter(tenant=tenant)}


@pytest.fixture
def bare(rolled_back):
    """A tenant without domains."""
    Tenant.auto_create_schema = False
    try:
        tenant = make(Tenant)
    finally:
        Tenant.auto_create_schema = True
    Domain.objects.filter(tenant=tenant).delete()
    settled()
    return tenant


def add(tenant, domain, **kwargs):
    row = Domain.objects.create(tenant=tenant, domain=domain, **kwargs)
    settled()
    return row


@pytest.mark.parametrize("asked", [True, False])
def test_the_first_domain_becomes_primary_whatever_is_asked(bare, asked):
    add(bare, "one.example", is_primary=asked)
    assert domains(bare) == {"one.example": True}


def test_a_later_primary_one_takes_the_place_of_the_first(bare):
    add(bare, "one.example")
    add(bare, "two.example", is_primary=False)
    add(bare, "three.example", is_primary=True)
    assert domains(bare) == {"one.example": False, "two.example": False, "three.example": True}


def test_saving_an_alias_as_primary_changes_it_and_the_last_primary_one_cannot_be_given_up(bare):
    one, two = add(bare, "one.example"), add(bare, "two.example", is_primary=False)
    two.is_primary = True
    two.save()
    settled()
    assert domains(bare) == {"one.example": False, "two.example": True}
    two.is_primary = False
    two.save()
    settled()
    assert domains(bare)["two.example"]
    assert one.pk


def test_an_alias_is_deleted_and_moved(bare, tenant):
    add(bare, "one.example")
    alias, other = add(bare, "two.example", is_primary=False), add(bare, "three.example", is_primary=False)
    alias.delete()
    other.tenant = tenant
    other.save()
    settled()
    assert domains(bare) == {"one.example": True}


def test_all_domains_go_with_their_tenant(bare):
    for name in "one.example", "two.example":
        add(bare, name)
    bare.delete()
    settled()
    assert not Domain.objects.filter(domain__in=["one.example", "two.example"]).exists()


def test_what_save_does_not_do_is_refused(bare):
    add(bare, "one.example")
    add(bare, "two.example", is_primary=False)
    for change in (
        lambda: Domain.objects.filter(tenant=bare).update(is_primary=True),
        lambda: Domain.objects.filter(tenant=bare).update(is_primary=False),
        lambda: Domain.objects.get(domain="one.example").delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
            settled()
    assert domains(bare) == {"one.example": True, "two.example": False}
