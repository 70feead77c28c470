-- What keeps one schema ($1) from being a template: kinds of objects that cannot be made again, and objects that depend on
-- another schema than the shared ones. The search path is the schema.
WITH own AS (
    SELECT oid, nspname FROM pg_namespace WHERE nspname = $1
), shared AS (
    SELECT n.oid FROM pg_namespace n
    WHERE n.nspname IN ('public', 'pg_catalog', 'pg_toast', 'information_schema')
       OR n.oid IN (SELECT extnamespace FROM pg_extension)
    EXCEPT
    SELECT n.oid FROM pg_namespace n JOIN tenantry.tenant t ON t.schema_name = n.nspname WHERE n.nspname <> 'public'
), relation AS (
    SELECT c.oid, c.relname, c.relkind, c.reloftype FROM pg_class c JOIN own ON own.oid = c.relnamespace
), held AS (
    -- Everything in the schema that PostgreSQL keeps dependencies of, and how it is called.
    SELECT 'pg_class'::regclass::oid AS classid, oid AS id, CASE relkind WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view '
               WHEN 'S' THEN 'sequence ' WHEN 'i' THEN 'index ' WHEN 'I' THEN 'index ' ELSE 'table ' END || relname AS name
    FROM relation
    UNION ALL
    SELECT 'pg_rewrite'::regclass, w.oid,
           CASE WHEN w.rulename <> '_RETURN' THEN 'rule ' || r.relname || '.' || w.rulename WHEN r.relkind = 'm' THEN 'materialized view ' || r.relname
                ELSE 'view ' || r.relname END
    FROM pg_rewrite w JOIN relation r ON r.oid = w.ev_class
    UNION ALL
    SELECT 'pg_attrdef'::regclass, d.oid, 'default ' || r.relname || '.' || a.attname
    FROM pg_attrdef d JOIN relation r ON r.oid = d.adrelid JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
    UNION ALL
    SELECT 'pg_constraint'::regclass, c.oid, CASE c.contype WHEN 'f' THEN 'foreign key ' ELSE 'constraint ' END || COALESCE(r.relname || '.', '') || c.conname
    FROM pg_constraint c JOIN own ON own.oid = c.connamespace LEFT JOIN relation r ON r.oid = c.conrelid
    UNION ALL
    SELECT 'pg_trigger'::regclass, t.oid, 'trigger ' || r.relname || '.' || t.tgname FROM pg_trigger t JOIN relation r ON r.oid = t.tgrelid WHERE NOT t.tgisinternal
    UNION ALL
    SELECT 'pg_policy'::regclass, p.oid, 'policy ' || r.relname || '.' || p.polname FROM pg_policy p JOIN relation r ON r.oid = p.polrelid
    UNION ALL
    SELECT 'pg_proc'::regclass, p.oid, 'function ' || p.proname FROM pg_proc p JOIN own ON own.oid = p.pronamespace
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, 'type ' || t.typname FROM pg_type t JOIN own ON own.oid = t.typnamespace
    UNION ALL
    SELECT 'pg_statistic_ext'::regclass, e.oid, 'statistics ' || e.stxname FROM pg_statistic_ext e JOIN own ON own.oid = e.stxnamespace
), needed AS (
    SELECT h.name, d.refclassid, d.refobjid, COALESCE(c.relnamespace, p.pronamespace, t.typnamespace, o.oprnamespace, l.collnamespace, k.opcnamespace,
                                                      f.cfgnamespace, s.dictnamespace) AS schema,
           COALESCE(c.relname, p.proname, t.typname, o.oprname, l.collname, k.opcname, f.cfgname, s.dictname)::text AS object, h.classid, h.id
    FROM held h
    JOIN pg_depend d ON d.classid = h.classid AND d.objid = h.id AND d.deptype IN ('n', 'a')
    LEFT JOIN pg_class c ON d.refclassid = 'pg_class'::regclass AND c.oid = d.refobjid AND c.relkind NOT IN ('i', 'I')
    LEFT JOIN pg_proc p ON d.refclassid = 'pg_proc'::regclass AND p.oid = d.refobjid
    LEFT JOIN pg_type t ON d.refclassid = 'pg_type'::regclass AND t.oid = d.refobjid
    LEFT JOIN pg_operator o ON d.refclassid = 'pg_operator'::regclass AND o.oid = d.refobjid
    LEFT JOIN pg_collation l ON d.refclassid = 'pg_collation'::regclass AND l.oid = d.refobjid
    LEFT JOIN pg_opclass k ON d.refclassid = 'pg_opclass'::regclass AND k.oid = d.refobjid
    LEFT JOIN pg_ts_config f ON d.refclassid = 'pg_ts_config'::regclass AND f.oid = d.refobjid
    LEFT JOIN pg_ts_dict s ON d.refclassid = 'pg_ts_dict'::regclass AND s.oid = d.refobjid
), mentioned AS (
    -- Functions that are kept as text: a qualified name counts if something of that name is there.
    SELECT p.proname, n.nspname, named.object
    FROM pg_proc p
    JOIN own ON own.oid = p.pronamespace
    CROSS JOIN LATERAL regexp_matches(p.prosrc, '("(?:[^"]|"")+"|[[:alpha:]_][[:alnum:]_$]*)\s*\.\s*("(?:[^"]|"")+"|[[:alpha:]_][[:alnum:]_$]*)', 'g') AS m
    CROSS JOIN LATERAL (
        SELECT CASE WHEN m[1] LIKE '"%' THEN replace(substr(m[1], 2, length(m[1]) - 2), '""', '"') ELSE lower(m[1]) END AS schema,
               CASE WHEN m[2] LIKE '"%' THEN replace(substr(m[2], 2, length(m[2]) - 2), '""', '"') ELSE lower(m[2]) END AS object) named
    JOIN pg_namespace n ON n.nspname = named.schema AND n.oid <> own.oid
    WHERE n.oid NOT IN (SELECT oid FROM shared)
      AND (EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid AND c.relname = named.object)
           OR EXISTS (SELECT FROM pg_proc f WHERE f.pronamespace = n.oid AND f.proname = named.object)
           OR EXISTS (SELECT FROM pg_type t WHERE t.typnamespace = n.oid AND t.typname = named.object))
), settings AS (
    SELECT p.proname, n.nspname
    FROM pg_proc p
    JOIN own ON own.oid = p.pronamespace
    CROSS JOIN LATERAL unnest(p.proconfig) AS setting
    JOIN pg_namespace n ON n.oid <> own.oid AND n.oid NOT IN (SELECT oid FROM shared)
                       AND setting LIKE 'search_path=%'
                       AND n.nspname = ANY (SELECT btrim(btrim(element), '"') FROM unnest(string_to_array(substr(setting, 13), ',')) AS element)
    WHERE n.nspname NOT LIKE 'pg\_%'
)
SELECT DISTINCT object AS "object!", needs AS "needs?"
FROM (
    SELECT needed.name AS object, quote_ident(n.nspname) || '.' || quote_ident(needed.object) AS needs
    FROM needed JOIN pg_namespace n ON n.oid = needed.schema
    WHERE needed.schema NOT IN (SELECT oid FROM shared) AND needed.schema <> (SELECT oid FROM own)
    UNION ALL
    SELECT 'function ' || proname, quote_ident(nspname) || '.' || quote_ident(object) FROM mentioned
    UNION ALL
    SELECT 'function ' || proname, quote_ident(nspname) FROM settings
    UNION ALL
    -- A table of the schema that is a child of one outside.
    SELECT 'table ' || r.relname, i.inhparent::regclass::text
    FROM relation r JOIN pg_inherits i ON i.inhrelid = r.oid
    WHERE r.relkind IN ('r', 'p') AND i.inhparent NOT IN (SELECT oid FROM relation)
    UNION ALL
    SELECT 'foreign table ' || relname, NULL FROM relation WHERE relkind = 'f'
    UNION ALL
    SELECT 'typed table ' || relname, NULL FROM relation WHERE reloftype <> 0
    UNION ALL
    SELECT 'invalid index ' || c.relname, NULL FROM pg_index x JOIN relation c ON c.oid = x.indexrelid WHERE NOT x.indisvalid OR NOT x.indisready
    UNION ALL
    SELECT 'operator ' || o.oprname, NULL FROM pg_operator o JOIN own ON own.oid = o.oprnamespace
    UNION ALL
    SELECT 'operator class ' || o.opcname, NULL FROM pg_opclass o JOIN own ON own.oid = o.opcnamespace
    UNION ALL
    SELECT 'operator family ' || o.opfname, NULL FROM pg_opfamily o JOIN own ON own.oid = o.opfnamespace
    UNION ALL
    SELECT 'collation ' || o.collname, NULL FROM pg_collation o JOIN own ON own.oid = o.collnamespace
    UNION ALL
    SELECT 'conversion ' || o.conname, NULL FROM pg_conversion o JOIN own ON own.oid = o.connamespace
    UNION ALL
    SELECT 'text search configuration ' || o.cfgname, NULL FROM pg_ts_config o JOIN own ON own.oid = o.cfgnamespace
    UNION ALL
    SELECT 'text search dictionary ' || o.dictname, NULL FROM pg_ts_dict o JOIN own ON own.oid = o.dictnamespace
    UNION ALL
    SELECT 'text search parser ' || o.prsname, NULL FROM pg_ts_parser o JOIN own ON own.oid = o.prsnamespace
    UNION ALL
    SELECT 'text search template ' || o.tmplname, NULL FROM pg_ts_template o JOIN own ON own.oid = o.tmplnamespace
    UNION ALL
    SELECT 'extension ' || e.extname, NULL FROM pg_extension e JOIN own ON own.oid = e.extnamespace
    UNION ALL
    SELECT 'base type ' || t.typname, NULL FROM pg_type t JOIN own ON own.oid = t.typnamespace WHERE t.typtype IN ('b', 'p') AND t.typelem = 0
    UNION ALL
    SELECT 'range type with a canonical function ' || t.typname, NULL
    FROM pg_range r JOIN pg_type t ON t.oid = r.rngtypid JOIN own ON own.oid = t.typnamespace WHERE r.rngcanonical::oid <> 0
    UNION ALL
    SELECT 'cast ' || format_type(c.castsource, NULL) || ' to ' || format_type(c.casttarget, NULL), NULL
    FROM pg_cast c WHERE EXISTS (SELECT FROM pg_type t JOIN own ON own.oid = t.typnamespace WHERE t.oid IN (c.castsource, c.casttarget) AND t.typtype <> 'm')
      AND NOT EXISTS (SELECT FROM pg_range r WHERE r.rngtypid = c.castsource AND r.rngmultitypid = c.casttarget)
) obstacle
ORDER BY 1, 2
