"""How to make a row of each model, with the rows it needs, and one change to make to it."""

from datetime import date
from itertools import count

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.utils.timezone import now

from accounts.models import User
from atom_configs.models import AtomConfig
from atoms.models import Atom, AtomCategory, AtomVersion
from registry.models import App, Project
from tenants.models import Domain, Tenant
from workflows.models import Workflow, WorkflowAtom, WorkflowRun

numbers = count(1)


def fresh(what):
    return f"interop-{what}-{next(numbers)}"


def make(model, **given):
    """Saves a new row of `model`; `given` replaces parts of the recipe."""
    recipe, _ = RECIPES[model]
    parts = {name: part() if callable(part) else part for name, part in recipe.items() if name not in given}
    return model.objects.create(**parts, **given)


def change(row):
    """Changes one field of `row`, without saving it."""
    _, (name, value) = RECIPES[type(row)]
    setattr(row, name, value)


def of(model):
    return lambda: make(model)


def named(what):
    return lambda: fresh(what)


RECIPES = {
    ContentType: ({"app_label": "interop", "model": named("model")}, ("app_label", "changed")),
    Permission: (
        {"name": "Can interoperate", "codename": named("permission"), "content_type": of(ContentType)},
        ("name", "Can still interoperate"),
    ),
    Group: ({"name": named("group")}, ("name", "interop changed")),
    Session: (
        {"session_key": named("session"), "session_data": "", "expire_date": now},
        ("session_data", "changed"),
    ),
    User: ({"username": named("user"), "preferences": {"theme": "dark"}}, ("mfa_enabled", True)),
    Tenant: ({"schema_name": named("schema"), "name": named("tenant")}, ("seats_allowed", 7)),
    Domain: ({"domain": lambda: fresh("domain") + ".example", "tenant": of(Tenant)}, ("is_primary", False)),
    App: ({"name": "App", "slug": named("app")}, ("custom_config", {"changed": True})),
    Project: (
        {"name": "Project", "slug": named("project"), "app": of(App), "owner": of(User)},
        ("state", {"changed": True}),
    ),
    AtomCategory: ({"name": named("category")}, ("description", "changed")),
    Atom: ({"name": named("atom"), "slug": named("atom"), "category": of(AtomCategory)}, ("description", "changed")),
    AtomVersion: (
        {"atom": of(Atom), "version": "1.0", "release_date": date(2025, 1, 1)},
        ("config_schema", {"changed": True}),
    ),
    AtomConfig: ({"project": of(Project), "atom": of(Atom), "user": of(User)}, ("config", {"changed": True})),
    Workflow: (
        {"project": of(Project), "name": "Workflow", "slug": named("workflow"), "created_by": of(User)},
        ("dag_spec", {"changed": True}),
    ),
    WorkflowAtom: ({"workflow": of(Workflow), "atom": of(Atom), "order": 0}, ("order", 1)),
    WorkflowRun: ({"workflow": of(Workflow), "initiated_by": of(User)}, ("status", "done")),
}
