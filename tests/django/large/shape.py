"""A schema as PostgreSQL's catalogs describe it: for every kind of object, one line per fact.

Nothing that only numbers or dates an object is a fact: object ids, the numbers of columns (a dropped one leaves a gap),
the sort order of an enum's labels. Grants are what holds, in any order, and the same whether by default or said.
"""

import re

from django.db import connection



def granted(acl, kind, owner):
    """The grants of an object as SQL: none written down means PostgreSQL's default for its kind."""
    held = f"coalesce({acl}, acldefault(({kind})::\"char\", {owner}))"
    return f"(SELECT array_agg(item::text ORDER BY item::text) FROM unnest({held}) AS item)"


FACTS = {
    "schema": f"""
        SELECT concat_ws(' ', 'owner', nspowner::regrole, 'grants', {granted("nspacl", "'n'", "nspowner")},
            'comment', obj_description(pg_namespace.oid, 'pg_namespace'))
        FROM pg_namespace WHERE oid = {{schema}}
    """,
    "default privileges": """
        SELECT concat_ws(' ', defaclrole::regrole, defaclobjtype, defaclacl)
        FROM pg_default_acl WHERE defaclnamespace = {schema}
    """,
    "relations": f"""
        SELECT concat_ws(' ', relname, 'kind', relkind, 'persistence', relpersistence, 'owner', relowner::regrole,
            'grants', {granted("relacl", "CASE relkind WHEN 'S' THEN 's' ELSE 'r' END", "relowner")},
            'options', relation.reloptions, 'access method', amname, 'tablespace', reltablespace,
            'row security', relrowsecurity, relforcerowsecurity, 'replica identity', relreplident,
            'populated', relispopulated, 'of type', nullif(reloftype, 0)::regtype,
            'toast', (SELECT toast.reloptions FROM pg_class AS toast WHERE toast.oid = relation.reltoastrelid))
        FROM relation LEFT JOIN pg_am ON pg_am.oid = relam
        WHERE relkind NOT IN ('i', 'I')
    """,
    "partitions": """
        SELECT concat_ws(' ', relname, 'by', pg_get_partkeydef(oid), 'of', inhparent::regclass, inhseqno,
            pg_get_expr(relpartbound, oid), 'detaching', inhdetachpending)
        FROM relation LEFT JOIN pg_inherits ON inhrelid = oid
        WHERE relkind = 'p' OR inhrelid IS NOT NULL
    """,
    "columns": """
        SELECT concat_ws(' ', relname, row_number() OVER (PARTITION BY attrelid ORDER BY attnum), attname,
            format_type(atttypid, atttypmod), 'collation', nullif(attcollation, 0)::regcollation,
            'not null', attnotnull, 'identity', attidentity,
            'generated', attgenerated, 'default', pg_get_expr(adbin, adrelid),
            'storage', attstorage, 'compression', attcompression, 'statistics', coalesce(attstattarget, -1),
            'options', attoptions, 'grants', attacl, 'own', attislocal, 'inherited', attinhcount)
        FROM pg_attribute
        JOIN relation ON relation.oid = attrelid
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE relkind NOT IN ('i', 'I', 'S') AND attnum > 0 AND NOT attisdropped
    """,
    "sequences": """
        SELECT concat_ws(' ', relname, 'of', refobjid::regclass, attname, 'as', deptype, seqtypid::regtype,
            'from', seqmin, 'to', seqmax, 'start', seqstart, 'by', seqincrement, 'cache', seqcache, 'cycle', seqcycle)
        FROM pg_sequence
        JOIN relation ON relation.oid = seqrelid
        LEFT JOIN pg_depend ON classid = 'pg_class'::regclass AND objid = seqrelid AND deptype IN ('a', 'i')
        LEFT JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
    """,
    "constraints": """
        SELECT concat_ws(' ', coalesce(conrelid::regclass::text, contypid::regtype::text), conname, contype,
            pg_get_constraintdef(constraint_row.oid, true), 'validated', convalidated, 'deferrable', condeferrable,
            condeferred, 'own', conislocal, 'inherited', coninhcount, connoinherit,
            'of', (SELECT conname FROM pg_constraint AS parent WHERE parent.oid = constraint_row.conparentid))
        FROM pg_constraint AS constraint_row
        WHERE connamespace = {schema}
    """,
    "indexes": """
        SELECT concat_ws(' ', relname, pg_get_indexdef(indexrelid, 0, true), 'owner', relowner::regrole,
            'valid', indisvalid, 'ready', indisready, 'clustered', indisclustered, 'identity', indisreplident,
            'immediate', indimmediate, 'of', inhparent::regclass, 'statistics',
            (SELECT array_agg(attstattarget ORDER BY attnum) FROM pg_attribute WHERE attrelid = indexrelid))
        FROM pg_index
        JOIN relation ON relation.oid = indexrelid
        LEFT JOIN pg_inherits ON inhrelid = indexrelid
    """,
    "views": """
        SELECT concat_ws(' ', relname, pg_get_viewdef(oid, true)) FROM relation WHERE relkind IN ('v', 'm')
    """,
    "rules": """
        SELECT concat_ws(' ', relname, pg_get_ruledef(pg_rewrite.oid, true), ev_enabled)
        FROM pg_rewrite JOIN relation ON relation.oid = ev_class WHERE rulename <> '_RETURN'
    """,
    "functions": f"""
        SELECT concat_ws(' ', proname, 'kind', prokind, pg_get_function_arguments(pg_proc.oid),
            'returns', pg_get_function_result(pg_proc.oid), 'language', lanname, provolatile, proisstrict, prosecdef,
            proleakproof, proparallel, procost, prorows, 'settings', array_to_string(proconfig, '; '), 'owner', proowner::regrole,
            'grants', {granted("proacl", "'f'", "proowner")}, 'body', prosrc, pg_get_function_sqlbody(pg_proc.oid))
        FROM pg_proc JOIN pg_language ON pg_language.oid = prolang
        WHERE pronamespace = {{schema}}
    """,
    "triggers": """
        SELECT concat_ws(' ', pg_get_triggerdef(pg_trigger.oid, true), 'enabled', tgenabled, 'of',
            (SELECT parent.tgrelid::regclass FROM pg_trigger AS parent WHERE parent.oid = pg_trigger.tgparentid))
        FROM pg_trigger JOIN relation ON relation.oid = tgrelid
        WHERE NOT tgisinternal
    """,
    "policies": """
        SELECT concat_ws(' ', relname, polname, 'for', polcmd, 'permissive', polpermissive,
            'to', (SELECT array_agg(role::regrole) FROM unnest(polroles) AS role),
            'using', pg_get_expr(polqual, polrelid), 'check', pg_get_expr(polwithcheck, polrelid))
        FROM pg_policy JOIN relation ON relation.oid = polrelid
    """,
    "types": f"""
        SELECT concat_ws(' ', typname, 'kind', typtype, 'owner', typowner::regrole,
            'grants', {granted("typacl", "'T'", "typowner")},
            'based on', format_type(nullif(typbasetype, 0), typtypmod), 'not null', typnotnull, 'default', typdefault,
            'collation', nullif(typcollation, 0)::regcollation, 'range of', rngsubtype::regtype,
            'labels', (SELECT array_agg(enumlabel ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = pg_type.oid))
        FROM pg_type LEFT JOIN pg_range ON rngtypid = pg_type.oid
        WHERE typnamespace = {{schema}}
    """,
    "statistics": """
        SELECT concat_ws(' ', stxname, 'kinds', stxkind, pg_get_statisticsobjdef_columns(oid), 'of', stxrelid::regclass,
            'owner', stxowner::regrole, 'target', coalesce(stxstattarget, -1))
        FROM pg_statistic_ext WHERE stxnamespace = {schema}
    """,
    "comments": """
        WITH object (class, id) AS (
            SELECT 'pg_class'::regclass, oid FROM relation
            UNION ALL SELECT 'pg_constraint', oid FROM pg_constraint WHERE connamespace = {schema}
            UNION ALL SELECT 'pg_proc', oid FROM pg_proc WHERE pronamespace = {schema}
            UNION ALL SELECT 'pg_type', oid FROM pg_type WHERE typnamespace = {schema}
            UNION ALL SELECT 'pg_statistic_ext', oid FROM pg_statistic_ext WHERE stxnamespace = {schema}
            UNION ALL SELECT 'pg_trigger', pg_trigger.oid FROM pg_trigger JOIN relation ON relation.oid = tgrelid
            UNION ALL SELECT 'pg_policy', pg_policy.oid FROM pg_policy JOIN relation ON relation.oid = polrelid
        )
        SELECT concat_ws(' ', pg_describe_object(class, id, objsubid), description)
        FROM pg_description JOIN object ON class = classoid AND id = objoid
    """,
    # What else a schema may hold. A platform with more of these kinds needs facts of its own about them.
    "others": """
        SELECT concat_ws(' ', catalog, name) FROM (
            SELECT 'collation', collname FROM pg_collation WHERE collnamespace = {schema}
            UNION ALL SELECT 'operator', oprname FROM pg_operator WHERE oprnamespace = {schema}
            UNION ALL SELECT 'operator class', opcname FROM pg_opclass WHERE opcnamespace = {schema}
            UNION ALL SELECT 'conversion', conname FROM pg_conversion WHERE connamespace = {schema}
            UNION ALL SELECT 'search configuration', cfgname FROM pg_ts_config WHERE cfgnamespace = {schema}
            UNION ALL SELECT 'search dictionary', dictname FROM pg_ts_dict WHERE dictnamespace = {schema}
            UNION ALL SELECT 'extension', extname FROM pg_extension WHERE extnamespace = {schema}
        ) AS other (catalog, name)
    """,
}


def facts(schema, kind):
    """All facts of a kind about a schema, sorted, with the schema's own name taken out."""
    # With the schema alone in the search path its own names come out bare and those of other schemas qualified,
    # so a reference that leaves the schema cannot look like one that stays inside.
    connection.set_schema(schema, include_public=False)
    name = connection.ops.quote_name(schema)
    here = "'" + name.replace("'", "''") + "'::regnamespace"
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH relation AS (SELECT * FROM pg_class WHERE relnamespace = {here}) SELECT * FROM ("
            + FACTS[kind].replace("{schema}", here)
            + ") AS fact (line)"
        )
        # The name may still be in a function's settings. As a whole word only: `t_2` is also in `stockmovement_2024`.
        own_name = re.compile(rf'(?<!\w)"?{re.escape(schema)}"?(?!\w)')
        found = sorted(own_name.sub("{schema}", line) for (line,) in cursor.fetchall())
    connection.set_schema_to_public()
    return found
