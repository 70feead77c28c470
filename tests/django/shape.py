"""A schema as PostgreSQL's catalogs describe it, one line per fact, to be compared with another schema's."""

from django.db import connection

SHAPE = """
WITH relation AS (SELECT * FROM pg_class WHERE relnamespace = %s::regnamespace)

SELECT concat_ws(' ', 'relation', relname, 'kind', relkind, 'persistence', relpersistence)
FROM relation
WHERE relkind NOT IN ('i', 'I')

UNION ALL
SELECT concat_ws(' ', 'column', attrelid::regclass, row_number() OVER (PARTITION BY attrelid ORDER BY attnum), attname,
    format_type(atttypid, atttypmod), 'collation', attcollation::regcollation, 'not null', attnotnull,
    'identity', attidentity, 'default', pg_get_expr(adbin, adrelid))
FROM pg_attribute
JOIN relation ON relation.oid = attrelid
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE relkind NOT IN ('i', 'I', 'S') AND attnum > 0 AND NOT attisdropped

UNION ALL
SELECT concat_ws(' ', 'sequence', seqrelid::regclass, 'of', attrelid::regclass, attname, seqtypid::regtype,
    'from', seqmin, 'to', seqmax, 'start', seqstart, 'by', seqincrement, 'cache', seqcache, 'cycle', seqcycle)
FROM pg_sequence
JOIN relation ON relation.oid = seqrelid
LEFT JOIN pg_depend ON classid = 'pg_class'::regclass AND objid = seqrelid AND deptype IN ('a', 'i')
LEFT JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid

UNION ALL
SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(pg_constraint.oid, true),
    'validated', convalidated)
FROM pg_constraint
JOIN relation ON relation.oid = conrelid

UNION ALL
SELECT concat_ws(' ', 'index', pg_get_indexdef(indexrelid, 0, true), 'valid', indisvalid)
FROM pg_index
JOIN relation ON relation.oid = indexrelid

UNION ALL
SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(pg_trigger.oid, true))
FROM pg_trigger
JOIN relation ON relation.oid = tgrelid
WHERE NOT tgisinternal
"""


def shape(schema):
    # With the schema alone in the search path its own names come out bare and those of other schemas qualified,
    # so a key that leaves the schema cannot look like one that stays inside.
    connection.set_schema(schema, include_public=False)
    with connection.cursor() as cursor:
        cursor.execute(SHAPE, [connection.ops.quote_name(schema)])
        facts = {fact for (fact,) in cursor.fetchall()}
    connection.set_schema_to_public()
    return facts
