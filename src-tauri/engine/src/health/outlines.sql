-- One number for what each of the schemas in parameter 1 is made of, its views aside, as the catalogs hold it. Nothing is printed
-- that a number says as well: a column is its place, and the names of all places are part of the number. So schemas with equal
-- numbers are equal, while equal schemas may have different numbers, where columns stand in another order, say. Parameter 2 asks
-- for the half that is about columns, or for the other one.
--
-- What is the server's own, or stands in another schema, has one oid for all schemas; what is the schema's own goes by its name.
WITH schema AS MATERIALIZED (
    SELECT n.oid, n.nspname AS name, quote_ident(n.nspname) || ', pg_catalog' AS path
    FROM pg_namespace n
    WHERE n.nspname = ANY ($1::text[])
),
relation AS MATERIALIZED (
    SELECT c.oid, c.relnamespace AS schema, c.relkind AS kind, hashnameextended(c.relname, 0) AS name,
           hash_record_extended(ROW(c.relname, c.relkind, c.relpersistence, c.relispartition, c.relrowsecurity, c.relforcerowsecurity), 0) AS nature
    FROM pg_class c
    WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S') AND c.relnamespace IN (SELECT oid FROM schema)
),
-- Parse trees: the same few stand in every tenant, and each is read once. One that names what is not PostgreSQL's own is
-- printed where it stands; a call of nextval(regclass) is told by what it depends on.
tree AS MATERIALIZED (
    SELECT class, unnest(oids) AS oid, is_foreign, CASE WHEN NOT is_foreign THEN text END AS text
    FROM (
        SELECT class, oids, node ~ '(?<!typmod) [0-9]{5,}[ )}]|:consttype (24|220[2-6]|3734|3769|4089|4096) ' AS is_foreign, hashtextextended(node, 0) AS text
        FROM (
            SELECT class, oids, regexp_replace(text, ' :(location|varattnosyn|[a-z]*format) -?[0-9]+', '', 'g') AS node
            FROM (
                SELECT class, text, array_agg(oid) AS oids
                FROM (
                    SELECT 'pg_attrdef'::regclass AS class, d.oid,
                           CASE WHEN NOT starts_with(d.adbin::text, '{FUNCEXPR :funcid 1574 ') THEN d.adbin::text END AS text
                    FROM pg_attrdef d
                    UNION ALL
                    SELECT 'pg_constraint'::regclass, k.oid, k.conbin::text FROM pg_constraint k WHERE k.contype = 'c'
                    UNION ALL
                    SELECT 'pg_index'::regclass, x.indexrelid, concat(x.indexprs::text, ' WHERE ', x.indpred::text)
                    FROM pg_index x WHERE x.indexprs IS NOT NULL OR x.indpred IS NOT NULL
                    UNION ALL
                    SELECT 'pg_policy'::regclass, p.oid, concat(p.polqual::text, ' CHECK ', p.polwithcheck::text) FROM pg_policy p
                ) single
                GROUP BY class, text
            ) alike
            OFFSET 0
        ) plain
        OFFSET 0
    ) known
),
-- The columns that sequences belong to, and the sequences that defaults ask.
numbering AS MATERIALIZED (
    SELECT d.classid AS class, d.objid, d.refobjid, d.refobjsubid
    FROM pg_depend d
    JOIN pg_sequence q ON q.seqrelid = CASE d.classid WHEN 'pg_class'::regclass THEN d.objid ELSE d.refobjid END
    WHERE d.refclassid = 'pg_class'::regclass
      AND (d.classid = 'pg_attrdef'::regclass OR d.classid = 'pg_class'::regclass AND d.objsubid = 0 AND d.deptype IN ('a', 'i'))
)
SELECT s.name AS "schema!: SchemaName", COALESCE(whole.outline, 0) AS "outline!"
FROM schema s
LEFT JOIN (
    SELECT part.schema, bit_xor(part.outline) AS outline
    FROM (
        SELECT r.schema, r.nature AS outline FROM relation r WHERE $2 AND r.kind IN ('r', 'p', 'f')
        UNION ALL
        SELECT r.schema,
               hash_record_extended(ROW(1, r.name, a.attnum, a.attname, a.atttypmod, a.attnotnull, a.attidentity, a.attgenerated,
                   CASE WHEN a.atttypid < 16384 THEN a.atttypid END, CASE WHEN a.attcollation < 16384 THEN a.attcollation END,
                   CASE WHEN (a.atttypid >= 16384 OR a.attcollation >= 16384) AND set_config('search_path', s.path, true) IS NOT NULL
                        THEN concat_ws(' COLLATE ', format_type(a.atttypid, a.atttypmod), a.attcollation::regcollation) END), 0)
        FROM relation r
        JOIN schema s ON s.oid = r.schema
        JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE $2 AND r.kind IN ('r', 'p', 'f', 'm')
        UNION ALL
        SELECT r.schema,
               hash_record_extended(ROW(2, r.name, d.adnum, t.text,
                   CASE WHEN t.is_foreign AND set_config('search_path', s.path, true) IS NOT NULL THEN pg_get_expr(d.adbin, d.adrelid) END,
                   CASE WHEN q.schema = r.schema THEN q.name ELSE n.refobjid::bigint END), 0)
        FROM relation r
        JOIN schema s ON s.oid = r.schema
        JOIN pg_attrdef d ON d.adrelid = r.oid
        JOIN tree t ON t.class = 'pg_attrdef'::regclass AND t.oid = d.oid
        LEFT JOIN numbering n ON n.class = 'pg_attrdef'::regclass AND n.objid = d.oid
        LEFT JOIN relation q ON q.oid = n.refobjid
        WHERE $2
        UNION ALL
        SELECT r.schema,
               hash_record_extended(ROW(3, r.name, k.conname, k.contype, k.conkey, k.condeferrable, k.condeferred, k.connoinherit,
                   k.confupdtype, k.confdeltype, k.confmatchtype, k.confkey,
                   CASE WHEN target.schema = r.schema THEN target.name ELSE k.confrelid::bigint END, t.text,
                   CASE WHEN t.is_foreign AND set_config('search_path', s.path, true) IS NOT NULL THEN pg_get_expr(k.conbin, k.conrelid) END,
                   CASE WHEN k.contype = 'x' AND set_config('search_path', s.path, true) IS NOT NULL
                        THEN (k.conexclop::regoperator[])::text END), 0)
        FROM relation r
        JOIN schema s ON s.oid = r.schema
        JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype IN ('c', 'f', 'p', 'u', 'x')
        LEFT JOIN relation target ON target.oid = k.confrelid
        LEFT JOIN tree t ON t.class = 'pg_constraint'::regclass AND t.oid = k.oid
        WHERE NOT $2
        UNION ALL
        SELECT r.schema,
               hash_record_extended(ROW(4, r.name, i.relname, i.relam,
                   x.indisunique, x.indisprimary, x.indnullsnotdistinct, x.indisreplident, x.indnkeyatts,
                   x.indkey::smallint[], x.indoption::smallint[],
                   CASE WHEN 16384 > ALL (x.indclass::oid[]) THEN x.indclass::oid[] END,
                   CASE WHEN 16384 <= ANY (x.indclass::oid[])
                        THEN (SELECT string_agg(concat(NULLIF(o.opcnamespace, r.schema)::regnamespace, '.', o.opcname), ' ' ORDER BY place)
                              FROM unnest(x.indclass::oid[]) WITH ORDINALITY AS u (opclass, place) JOIN pg_opclass o ON o.oid = u.opclass) END,
                   CASE WHEN 16384 > ALL (x.indcollation::oid[]) THEN x.indcollation::oid[] END,
                   CASE WHEN 16384 <= ANY (x.indcollation::oid[]) AND set_config('search_path', s.path, true) IS NOT NULL
                        THEN (x.indcollation::oid[]::regcollation[])::text END,
                   t.text,
                   CASE WHEN t.is_foreign AND set_config('search_path', s.path, true) IS NOT NULL
                        THEN concat_ws(' WHERE ', pg_get_expr(x.indexprs, x.indrelid), pg_get_expr(x.indpred, x.indrelid)) END), 0)
        FROM relation r
        JOIN schema s ON s.oid = r.schema
        JOIN pg_index x ON x.indrelid = r.oid
        JOIN pg_class i ON i.oid = x.indexrelid
        LEFT JOIN tree t ON t.class = 'pg_index'::regclass AND t.oid = x.indexrelid
        WHERE NOT $2
        UNION ALL
        SELECT r.schema,
               hash_record_extended(ROW(5, r.name, q.seqtypid, q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcache, q.seqcycle,
                   CASE WHEN owner.schema = r.schema THEN owner.name ELSE n.refobjid::bigint END, n.refobjsubid), 0)
        FROM relation r
        JOIN pg_sequence q ON q.seqrelid = r.oid
        LEFT JOIN numbering n ON n.class = 'pg_class'::regclass AND n.objid = r.oid
        LEFT JOIN relation owner ON owner.oid = n.refobjid
        WHERE NOT $2
        UNION ALL
        SELECT r.schema,
               hash_record_extended(ROW(6, r.name, g.tgname, g.tgenabled, g.tgtype, g.tgattr::smallint[], g.tgargs, g.tgoldtable, g.tgnewtable,
                   g.tgconstraint = 0, g.tgdeferrable, g.tginitdeferred,
                   CASE WHEN p.pronamespace = r.schema THEN p.proname::text ELSE g.tgfoid::text END,
                   CASE WHEN (g.tgqual IS NOT NULL OR g.tgconstrrelid <> 0) AND set_config('search_path', s.path, true) IS NOT NULL
                        THEN pg_get_triggerdef(g.oid, true) END), 0)
        FROM relation r
        JOIN schema s ON s.oid = r.schema
        JOIN pg_trigger g ON g.tgrelid = r.oid AND NOT g.tgisinternal
        JOIN pg_proc p ON p.oid = g.tgfoid
        WHERE NOT $2
        UNION ALL
        SELECT r.schema,
               hash_record_extended(ROW(7, r.name, p.polname, p.polcmd, p.polpermissive, p.polroles, t.text,
                   CASE WHEN t.is_foreign AND set_config('search_path', s.path, true) IS NOT NULL
                        THEN concat_ws(' CHECK ', pg_get_expr(p.polqual, r.oid), pg_get_expr(p.polwithcheck, r.oid)) END), 0)
        FROM relation r
        JOIN schema s ON s.oid = r.schema
        JOIN pg_policy p ON p.polrelid = r.oid
        JOIN tree t ON t.class = 'pg_policy'::regclass AND t.oid = p.oid
        WHERE NOT $2
        UNION ALL
        SELECT s.oid,
               CASE WHEN set_config('search_path', s.path, true) IS NOT NULL
                    THEN hash_record_extended(ROW(8, p.proname, p.prokind, p.prolang, p.provolatile, p.proisstrict, p.prosecdef,
                        p.proleakproof, p.proretset, p.prosrc, pg_get_function_identity_arguments(p.oid), pg_get_function_arguments(p.oid),
                        pg_get_function_result(p.oid), pg_get_function_sqlbody(p.oid),
                        -- Its settings, with its own schema as a dot.
                        (SELECT string_agg(CASE WHEN setting LIKE 'search\_path=%'
                                                THEN replace(concat(', ', substr(setting, 13), ','), concat(', ', quote_ident(s.name), ','), ', .,')
                                                ELSE setting END, ' ')
                         FROM unnest(p.proconfig) AS setting)), 0) END
        FROM schema s
        JOIN pg_proc p ON p.pronamespace = s.oid
        WHERE NOT $2
        UNION ALL
        SELECT s.oid,
               CASE WHEN set_config('search_path', s.path, true) IS NOT NULL
                    THEN hash_record_extended(ROW(9, y.typname, y.typtype, y.typnotnull, format_type(NULLIF(y.typbasetype, 0), y.typtypmod), y.typdefault,
                        (SELECT string_agg(quote_literal(e.enumlabel), ' ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = y.oid),
                        (SELECT string_agg(pg_get_constraintdef(k.oid, true), ' ' ORDER BY k.conname) FROM pg_constraint k WHERE k.contypid = y.oid),
                        (SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ' ' ORDER BY a.attnum)
                         FROM pg_attribute a WHERE a.attrelid = y.typrelid AND a.attnum > 0 AND NOT a.attisdropped)), 0) END
        FROM schema s
        JOIN pg_type y ON y.typnamespace = s.oid AND y.typtype IN ('e', 'd', 'c')
        LEFT JOIN relation r ON r.oid = y.typrelid
        WHERE NOT $2 AND r.oid IS NULL
    ) part
    GROUP BY part.schema
) whole ON whole.schema = s.oid
ORDER BY s.name
