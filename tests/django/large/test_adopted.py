"""Django, asked about a tenant that Tenantry cloned on a platform that Django made: see ../README.md."""

import os
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.test import Client as Browser
from django_tenants.utils import schema_context, tenant_context

from large.crm.models import Contact
from large.customers.models import Client, Domain
from large.next_migration import NEXT
from large.queries import ledger, query, row_counts, table
from large.recipes import MODELS, change, make
from large.shape import FACTS, facts
from large.workspace.models import Role, Setting
from registry.models import App

TENANT_TABLES = [
    model
    for model in apps.get_models(include_auto_created=True)
    if model._meta.app_config.name in settings.TENANT_APPS and model._meta.managed
]
FOREIGN_KEYS = [field for model in TENANT_TABLES for field in model._meta.concrete_fields if field.is_relation]
MANY_TO_MANY = [field for model in TENANT_TABLES for field in model._meta.local_many_to_many]

# What the migrations write into every tenant.
ROLES = ["owner", "editor", "reader"] + ["auditor"] * NEXT
MODULES = ["crm", "billing", "projects"] + ["audit"] * NEXT
SETTINGS = {"locale": "en", "week_starts_on": 1, "modules": MODULES}


@pytest.fixture(autouse=True)
def rolled_back():
    """Every test runs in one transaction that is thrown away, so the database stays as Tenantry left it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    connection.set_schema_to_public()


# Django finds nothing to do, and would have made the same.


def test_no_migration_is_left_to_run_in_any_schema():
    call_command("migrate_schemas", "--check", verbosity=0)
    for client in Client.objects.all():
        with schema_context(client.schema_name):
            listing = StringIO()
            call_command("showmigrations", "--plan", stdout=listing)
            lines = listing.getvalue().splitlines()
            assert lines
            assert [line for line in lines if not line.startswith("[X]")] == []


def test_no_migration_is_left_to_write():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("kind", FACTS)
def test_the_structure_is_what_django_makes(tenant, peer, kind):
    assert facts(tenant.schema_name, kind) == facts(peer.schema_name, kind)


def test_the_ledger_is_what_django_writes(tenant, peer):
    assert ledger(tenant.schema_name) == ledger(peer.schema_name)


def test_the_tenant_holds_reference_rows_and_no_others(tenant):
    assert row_counts(tenant.schema_name) == {
        "django_migrations": len(ledger("public")),
        "registry_app": 1,
        "workspace_role": len(ROLES),
        "workspace_setting": len(SETTINGS),
    }


@pytest.mark.parametrize("whose", ["tenant", "peer"])
def test_reference_rows_are_what_the_migrations_wrote(request, whose):
    with tenant_context(request.getfixturevalue(whose)):
        assert list(Role.objects.order_by("id").values_list("name", flat=True)[:3]) == ROLES[:3]
        assert set(ROLES) <= set(Role.objects.values_list("name", flat=True))
        assert dict(Setting.objects.filter(key__in=SETTINGS).values_list("key", "value")) == SETTINGS
        assert list(App.objects.filter(id=1).values_list("slug", "custom_config")) == [("starter", {})]


# Requests reach the tenant by its domains.


def visit(host):
    return Browser().get("/", headers={"host": host})


@pytest.mark.parametrize("spelling", ["{}", "www.{}", "{}:8443"])
def test_the_primary_domain_routes_to_the_tenant(tenant, spelling):
    host = os.environ["TENANT_HOST"]
    assert tenant.get_primary_domain().domain == host
    with tenant_context(tenant):
        for _ in range(7):
            make(Contact)  # a number of contacts that another schema would not give
        contacts = Contact.objects.count()
    assert visit(spelling.format(host)).json() == {"schema": tenant.schema_name, "contacts": contacts}


def test_an_alias_that_django_adds_routes_to_the_tenant(tenant):
    Domain.objects.create(tenant=tenant, domain="added-by-django.example", is_primary=False)
    assert visit("added-by-django.example").json()["schema"] == tenant.schema_name


def test_an_unknown_host_is_not_found():
    assert visit("unknown.example").status_code == 404


# The tenant's tables work.


def stored(row):
    return type(row).objects.filter(pk=row.pk).values().first()


def held(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_row_is_made_read_changed_and_deleted(tenant, model):
    # Tenants are made from the public side; all other work is done inside a tenant.
    with schema_context("public") if model in (Client, Domain) else tenant_context(tenant):
        row = make(model)
        assert stored(row) == held(row)
        change(row)
        assert stored(row) != held(row)
        row.save()
        row.refresh_from_db()  # a generated column is the database's to know
        assert stored(row) == held(row)
        pk = row.pk
    # A tenant's profile points at its row, so only inside the tenant can Django see what would go with it.
    with tenant_context(row) if model is Client else tenant_context(tenant):
        row.delete()
        assert not model.objects.filter(pk=pk).exists()
        connection.check_constraints()


@pytest.mark.parametrize("field", MANY_TO_MANY, ids=str)
def test_rows_are_joined_and_parted(tenant, field):
    with tenant_context(tenant):
        row, other = make(field.model), make(field.related_model)
        joined = getattr(row, field.name)
        joined.add(other)
        assert list(joined.all()) == [other]
        connection.check_constraints()
        joined.remove(other)
        assert not joined.exists()


def with_row(key):
    if not key.model._meta.auto_created:
        return make(key.model)
    ends = {field.name: make(field.related_model) for field in key.model._meta.concrete_fields if field.is_relation}
    return key.model.objects.create(**ends)


@pytest.mark.parametrize("key", FOREIGN_KEYS, ids=str)
def test_a_key_to_nothing_is_refused(tenant, key):
    with tenant_context(tenant):
        row = with_row(key)
        connection.check_constraints()
        with pytest.raises(IntegrityError, match="violates foreign key constraint"), transaction.atomic():
            key.model.objects.filter(pk=row.pk).update(**{key.attname: -1})
            connection.check_constraints()


@pytest.mark.parametrize("model", [Role, Setting, App], ids=lambda model: model._meta.label)
def test_new_ids_come_after_those_that_were_copied(tenant, model):
    with tenant_context(tenant):
        highest = model.objects.aggregate(Max("id"))["id__max"]
        assert highest
        assert make(model).id > highest


def test_the_ledger_takes_the_next_row(tenant):
    with tenant_context(tenant):
        ((highest,),) = query("SELECT max(id) FROM django_migrations")
        ((new,),) = query("INSERT INTO django_migrations (app, name, applied) VALUES ('a', 'b', now()) RETURNING id")
        assert new > highest


def test_rows_stay_in_the_tenant(tenant, peer):
    peer_counts, public_counts = row_counts(peer.schema_name), row_counts("public")
    with tenant_context(tenant):
        for model in set(TENANT_TABLES) & set(MODELS):
            make(model)
    for model in TENANT_TABLES:
        name = model._meta.db_table
        if model in MODELS:
            assert query(f"SELECT EXISTS (SELECT FROM {table(tenant.schema_name, name)})") == [(True,)]
        assert row_counts("public").get(name) == public_counts.get(name)
    assert row_counts(peer.schema_name) == peer_counts
