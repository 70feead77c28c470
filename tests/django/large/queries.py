"""What the tests ask a schema, in SQL."""

from django.db import connection


def query(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else None


def table(schema, name):
    return f"{connection.ops.quote_name(schema)}.{connection.ops.quote_name(name)}"


def ledger(schema):
    """The migrations that a schema's ledger holds, in the order in which they were applied."""
    return query(f"SELECT app, name FROM {table(schema, 'django_migrations')} ORDER BY id")


def row_counts(schema):
    """The tables of a schema that hold rows, and how many."""
    names = query(
        "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind IN ('r', 'm')",
        connection.ops.quote_name(schema),
    )
    counts = {name: query(f"SELECT count(*) FROM {table(schema, name)}")[0][0] for (name,) in names}
    return {name: rows for name, rows in counts.items() if rows}
