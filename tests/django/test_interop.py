"""Django, asked about a platform and a tenant that Tenantry made: see README.md."""

import os
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max, ProtectedError
from django.test import Client, override_settings
from django_tenants.utils import schema_context, tenant_context

from accounts.models import User
from atoms.models import Atom, AtomCategory, AtomVersion
from recipes import change, make
from registry.models import App
from shape import shape
from tenants.models import Domain, Tenant
from workflows.models import WorkflowAtom

MODELS = apps.get_models()
TENANT_MODELS = [model for model in MODELS if model._meta.app_label in settings.TENANT_APPS]
FOREIGN_KEYS = [field for model in TENANT_MODELS for field in model._meta.concrete_fields if field.many_to_one]


def query(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else None


# Django finds nothing to do, and would have made the same.


def test_no_migration_is_left_to_run(tenant):
    call_command("migrate_schemas", "--check", verbosity=0)
    for context in schema_context("public"), tenant_context(tenant):
        with context:
            listing = StringIO()
            call_command("showmigrations", "--plan", stdout=listing)
            lines = listing.getvalue().splitlines()
            assert lines
            assert [line for line in lines if not line.startswith("[X]")] == []


def test_no_migration_is_left_to_write():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_the_ledgers_are_what_django_writes(tenant):
    scratch = make(Tenant)
    ledger = "SELECT app, name FROM {}.django_migrations ORDER BY app, name"
    written = query(ledger.format(connection.ops.quote_name(scratch.schema_name)))
    assert len(written) == 22
    for schema in "public", tenant.schema_name:
        assert query(ledger.format(connection.ops.quote_name(schema))) == written


def test_the_tenant_schema_is_what_django_makes(tenant):
    scratch = make(Tenant)
    assert shape(tenant.schema_name) == shape(scratch.schema_name)


def test_the_public_schema_is_what_django_makes():
    models = """
        SELECT app_label, model, codename, name
        FROM {0}.django_content_type AS type JOIN {0}.auth_permission ON content_type_id = type.id
        ORDER BY app_label, model, codename
    """
    # Django knows nothing of the guards of the primary domain.
    query("SELECT tenantry.release_primary_domain()")
    # Django fills whichever schema it is told is the shared one.
    query("CREATE SCHEMA interop_public")
    with override_settings(PUBLIC_SCHEMA_NAME="interop_public"):
        call_command("migrate_schemas", "--shared", verbosity=0)
    assert shape("public") == shape("interop_public")
    assert query(models.format("public")) == query(models.format("interop_public"))


def test_reference_rows_are_what_django_writes(tenant):
    scratch = make(Tenant)
    seeded = []
    for each in scratch, tenant:
        with tenant_context(each):
            rows = App.objects.filter(slug="starter")
            seeded.append(list(rows.values_list("name", "description", "is_enabled", "custom_config")))
    assert seeded == [[("Starter", "", True, {})]] * 2


# Requests reach the tenant by its domains.


def visit(host):
    return Client().get("/", headers={"host": host})


def assert_reaches(tenant, host):
    table = f"{connection.ops.quote_name(tenant.schema_name)}.atoms_atom"
    ((atoms,),) = query(f"SELECT count(*) FROM {table}")
    assert visit(host).json() == {"schema": tenant.schema_name, "atoms": atoms}


@pytest.mark.parametrize("spelling", ["{}", "www.{}", "{}:8443"])
def test_the_primary_domain_routes_to_the_tenant(tenant, tenant_host, spelling):
    with tenant_context(tenant):
        make(Atom)  # a number of atoms that `public` or another tenant would not give
    assert_reaches(tenant, spelling.format(tenant_host))


def test_every_alias_routes_to_the_tenant(tenant, tenant_host):
    aliases = {domain.domain for domain in tenant.domains.all()} - {tenant_host}
    if "TENANT_ALIASES" in os.environ:
        assert aliases == set(os.environ["TENANT_ALIASES"].split(","))
    added = Domain.objects.create(tenant=tenant, domain="added-by-django.example", is_primary=False)
    for alias in [*aliases, added.domain]:
        assert_reaches(tenant, alias)


def test_an_unknown_host_is_not_found(tenant_host):
    for host in "unknown.example", f"sub.{tenant_host}", f"{tenant_host}.":
        assert visit(host).status_code == 404


def test_the_primary_domain_is_the_one_asked_for(tenant, tenant_host):
    assert tenant.get_primary_domain().domain == tenant_host


# The tenant's tables work.


def stored(row):
    return type(row).objects.filter(pk=row.pk).values().first()


def held(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_row_is_made_read_changed_and_deleted(tenant, model):
    # Tenants are kept from the public side; all other work is done inside a tenant.
    home = schema_context("public") if model is Tenant or model is Domain else tenant_context(tenant)
    with home:
        row = make(model)
        assert stored(row) == held(row)
        change(row)
        assert stored(row) != held(row)
        row.save()
        assert stored(row) == held(row)
        pk = row.pk
        row.delete()
        assert not model.objects.filter(pk=pk).exists()
        connection.check_constraints()


def test_users_take_groups_and_permissions_inside_a_tenant(tenant):
    with tenant_context(tenant):
        user, group = make(User), make(Group)
        reading, writing = Permission.objects.filter(codename__in=["view_atom", "change_atom"]).order_by("codename")
        group.permissions.add(reading)
        user.groups.add(group)
        user.user_permissions.add(writing)
        connection.check_constraints()
        assert {"atoms.view_atom", "atoms.change_atom"} == user.get_all_permissions()


@pytest.mark.parametrize("model", [AtomCategory, Atom, AtomVersion, App], ids=lambda model: model._meta.label)
def test_new_ids_come_after_those_that_tenantry_gave(tenant, model):
    with tenant_context(tenant):
        highest = model.objects.aggregate(Max("id"))["id__max"]
        assert highest, "the tenant under test holds rows that Tenantry wrote"
        assert make(model).id > highest


def test_the_ledger_takes_the_next_migration(tenant):
    with tenant_context(tenant):
        MigrationRecorder(connection).record_applied("atoms", "0002_next")
        assert ("atoms", "0002_next") in MigrationRecorder(connection).applied_migrations()
        call_command("migrate_schemas", "--check", verbosity=0)


@pytest.mark.parametrize("key", FOREIGN_KEYS, ids=str)
def test_a_key_to_nothing_is_refused(tenant, key):
    with tenant_context(tenant):
        row = make(key.model)
        connection.check_constraints()
        with pytest.raises(IntegrityError, match="violates foreign key constraint"), transaction.atomic():
            key.model.objects.filter(pk=row.pk).update(**{key.attname: -1})
            connection.check_constraints()


def test_an_atom_in_use_is_protected(tenant):
    with tenant_context(tenant):
        atom = make(WorkflowAtom).atom
        with pytest.raises(ProtectedError):
            atom.delete()
        # Not by Django alone: the database refuses too.
        with pytest.raises(IntegrityError, match="workflows_workflowatom"), transaction.atomic():
            query("DELETE FROM atoms_atom WHERE id = %s", atom.id)
            connection.check_constraints()
