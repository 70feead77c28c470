"""Saves another description of an atom, as the platform's own pages do: `python edit_atom.py SCHEMA SLUG TEXT`."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
django.setup()

from django_tenants.utils import schema_context  # noqa: E402

from atoms.models import Atom  # noqa: E402

schema, slug, text = sys.argv[1:]
with schema_context(schema):
    atom = Atom.objects.get(slug=slug)
    atom.description = text
    atom.save()
