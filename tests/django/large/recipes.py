"""How to make a row of each model, with the rows it needs, and one change to make to it."""

from datetime import date, timedelta
from itertools import count
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.utils.timezone import now

from atom_configs.models import AtomConfig
from atoms.models import Atom, AtomCategory, AtomVersion
from large.audit.models import Entry
from large.billing.models import Discount, Invoice, InvoiceLine, Payment, TaxRate
from large.crm import models as crm
from large.crm.models import Activity, Company, Contact, Deal, HistoricalContact, Tag
from large.customers.models import Client, Domain
from large.documents.models import Attachment, Document, Folder, Revision
from large.helpdesk.models import Agreement, Article, Queue, Reply, Ticket
from large.inventory.models import Product, StockLevel, StockMovement, Warehouse
from large.next_migration import NEXT
from large.projects.models import Membership, Project, Task, TaskHistory, TimeEntry
from large.workspace.models import Member, Profile, Role, Setting
from registry.models import App
from registry.models import Project as AppProject
from workflows.models import Workflow, WorkflowAtom, WorkflowRun

MODELS = [model for model in apps.get_models() if model._meta.managed]
TENANT_MODELS = [model for model in MODELS if model._meta.app_config.name in settings.TENANT_APPS]

run = uuid4().hex[:8]
numbers = count(1)


def fresh(what):
    # Users and groups are shared by all tenants, so a name must be new in every run.
    return f"{what}-{run}-{next(numbers)}"


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


def next_range():
    low = next(numbers) * 10
    return NumericRange(low, low + 10)


PEOPLE = {"first_name": "Ada", "last_name": "Field", "email": "ada@field.example"}
DAY = date(2025, 6, 1)

RECIPES = {
    # Shared
    ContentType: ({"app_label": "interop", "model": named("model")}, ("app_label", "changed")),
    Permission: (
        {"name": "Can interoperate", "codename": named("permission"), "content_type": of(ContentType)},
        ("name", "Can still interoperate"),
    ),
    Group: ({"name": named("group")}, ("name", "interop changed")),
    User: ({"username": named("user")}, ("first_name", "Changed")),
    Session: ({"session_key": named("session"), "session_data": "", "expire_date": now}, ("session_data", "changed")),
    Client: (
        {
            "schema_name": named("schema"),
            "name": "Client",
            "paid_until": DAY,
            "on_trial": True,
            "contact_email": "office@client.example",
        },
        ("plan", "enterprise"),
    ),
    Domain: ({"domain": lambda: fresh("domain") + ".example", "tenant": of(Client)}, ("is_primary", False)),
    # Both
    Entry: ({"action": "looked", "detail": {"at": "it"}}, ("action", "changed")),
    # Tenant
    Setting: ({"key": named("setting"), "value": 1}, ("value", {"changed": True})),
    Role: ({"name": named("role")}, ("description", "changed")),
    Member: ({"user": of(User), "role": of(Role)}, ("joined_at", now())),
    # A tenant's row cannot be made from inside a tenant.
    Profile: ({"client": lambda: Client.objects.filter(profile=None).first()}, ("tagline", "changed")),
    Company: ({"name": named("company")}, ("employees", 5)),
    Tag: ({"name": named("tag")}, ("colour", "#112233")),
    Contact: ({**PEOPLE, "company": of(Company), "owner": of(User)}, ("job_title", "changed")),
    HistoricalContact: (
        {**PEOPLE, "contact_id": 1, "history_date": now, "history_type": "+", "history_user": of(User)},
        ("history_type", "~"),
    ),
    Deal: ({"company": of(Company), "title": "Deal", "amount": 100, "probability": 0}, ("closes_on", DAY)),
    Activity: ({"deal": of(Deal), "author": of(User)}, ("body", "changed")),
    TaxRate: ({"name": "Tax", "country": "XX", "category": named("tax"), "percent": 20}, ("percent", 19)),
    Discount: ({"quantities": next_range, "percent": 5, "codes": ["A", "B"]}, ("percent", 10)),
    Invoice: ({"company": of(Company), "number": named("invoice")}, ("status", "overdue")),
    InvoiceLine: ({"invoice": of(Invoice), "text": "Work", "unit_price": 10}, ("text", "changed")),
    Payment: ({"invoice": of(Invoice), "amount": 10, "reference": named("payment")}, ("raw", {"changed": True})),
    Warehouse: ({"code": named("w"), "name": "Warehouse"}, ("location", [1, 2])),
    Product: ({"sku": named("sku"), "name": "Product", "supplier": of(Company)}, ("attributes", {"changed": True})),
    StockLevel: ({"product": of(Product), "warehouse": of(Warehouse)}, ("quantity", 5)),
    StockMovement: ({"moved_on": DAY, "product": of(Product), "quantity": 1}, ("note", "changed")),
    Project: ({"name": "Project", "code": named("p"), "leads": of(User)}, ("options", {"changed": True})),
    Membership: ({"project": of(Project), "user": of(User)}, ("hours_per_week", 5)),
    Task: ({"project": of(Project), "title": "Task"}, ("state", "closed")),
    TaskHistory: ({"task": of(Task), "was": "open", "became": "closed", "changed_at": now}, ("became", "changed")),
    TimeEntry: ({"task": of(Task), "user": of(User), "minutes": 5, "worked_on": DAY}, ("minutes", 6)),
    Folder: ({"name": named("folder")}, ("name", "changed")),
    Document: ({"folder": of(Folder), "title": "Document", "author": of(User)}, ("body", "changed")),
    Revision: ({"document": of(Document), "number": 1}, ("body", "changed")),
    Attachment: ({"content_type": of(ContentType), "object_id": 1, "key": uuid4}, ("size", 7)),
    Queue: ({"name": named("queue"), "team": of(Group)}, ("rules", ["changed"])),
    Agreement: (
        {"queue": of(Queue), "priority": 1, "answer_within": timedelta(hours=4)},
        ("answer_within", timedelta(hours=8)),
    ),
    Ticket: ({"queue": of(Queue), "contact": of(Contact), "subject": "Ticket"}, ("priority", 1)),
    Reply: ({"ticket": of(Ticket), "body": "Reply", "author": of(User)}, ("is_internal", True)),
    Article: ({"slug": named("article"), "title": "Article"}, ("body", "changed")),
    # The apps of the seed-shaped platform
    App: ({"name": "App", "slug": named("app")}, ("custom_config", {"changed": True})),
    AppProject: (
        {"name": "Project", "slug": named("project"), "app": of(App), "owner": of(User)},
        ("state", {"changed": True}),
    ),
    AtomCategory: ({"name": named("category")}, ("description", "changed")),
    Atom: ({"name": named("atom"), "slug": named("atom"), "category": of(AtomCategory)}, ("description", "changed")),
    AtomVersion: ({"atom": of(Atom), "version": "1.0", "release_date": DAY}, ("config_schema", {"changed": True})),
    AtomConfig: ({"project": of(AppProject), "atom": of(Atom), "user": of(User)}, ("config", {"changed": True})),
    Workflow: (
        {"project": of(AppProject), "name": "Workflow", "slug": named("workflow"), "created_by": of(User)},
        ("dag_spec", {"changed": True}),
    ),
    WorkflowAtom: ({"workflow": of(Workflow), "atom": of(Atom), "order": 0}, ("order", 1)),
    WorkflowRun: ({"workflow": of(Workflow), "initiated_by": of(User)}, ("status", "done")),
}
if NEXT:
    RECIPES[crm.Consent] = ({"contact": of(Contact), "purpose": "news"}, ("purpose", "changed"))
