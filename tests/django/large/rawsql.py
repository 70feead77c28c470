"""Migrations in SQL, for what Django has no operation for."""

from django.db import migrations


def sql(*statements, undo=(), models=()):
    """Runs each statement whole: a string alone would be cut at every semicolon, also at those of a function's body."""
    return migrations.RunSQL(list(statements), list(undo), state_operations=list(models))
