"""A django-tenants platform as companies have them: many apps, years of migrations, all that PostgreSQL offers."""

import os

from settings import DATABASE_ROUTERS, DATABASES, DEFAULT_AUTO_FIELD, MIDDLEWARE  # noqa: F401

SHARED_APPS = [
    "django_tenants",
    "large.customers",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.postgres",
    "large.audit",
]
TENANT_APPS = [
    "large.audit",  # rightly in both: the staff's trail, and each tenant's own
    "large.workspace",
    "large.crm",
    "large.billing",
    "large.inventory",
    "large.projects",
    "large.documents",
    "large.helpdesk",
    # The apps of the seed-shaped platform, as they are.
    "registry",
    "atoms",
    "atom_configs",
    "workflows",
]
INSTALLED_APPS = list(dict.fromkeys(SHARED_APPS + TENANT_APPS))

TENANT_MODEL = "customers.Client"
TENANT_DOMAIN_MODEL = "customers.Domain"

# Set by peer_create.py: django-tenants then clones this schema instead of running the migrations.
TENANT_BASE_SCHEMA = os.environ.get("CLONE_OF")
TENANT_CREATION_FAKES_MIGRATIONS = TENANT_BASE_SCHEMA is not None

ROOT_URLCONF = "large.urls"
ALLOWED_HOSTS = ["*"]

SECRET_KEY = "a test platform signs nothing of value"
USE_TZ = True
