-- The statements that make every object of one schema ($1) again, in whatever schema the search path names then. It runs with
-- the schema as the whole search path, so that names of its own are printed bare. Works on PostgreSQL 15 to 18.
WITH own AS (
    SELECT n.oid, n.nspname, n.nspowner, n.nspacl,
           CASE WHEN quote_ident(n.nspname) = n.nspname THEN '(?:"' || n.nspname || '"|' || n.nspname || ')'
                ELSE regexp_replace(quote_ident(n.nspname), '([^[:alnum:]_"])', '\\\1', 'g') END AS identifier,
           regexp_replace(quote_literal(n.nspname), '([^[:alnum:]_''])', '\\\1', 'g') AS literal,
           current_user::regrole::oid AS me
    FROM pg_namespace n
    WHERE n.nspname = $1
), relation AS (
    SELECT c.oid, c.relname::text AS name, c.relkind, c.relowner, c.relacl, c.relpersistence, c.relam, c.reltablespace, c.relreplident,
           c.relrowsecurity, c.relforcerowsecurity, c.relispartition, c.relpartbound, c.relispopulated, c.reltoastrelid,
           (SELECT string_agg(prefix || split_part(option, '=', 1) || '=' || quote_literal(substr(option, strpos(option, '=') + 1)), ', ')
            FROM (SELECT '' AS prefix, unnest(c.reloptions) AS option
                  UNION ALL
                  SELECT 'toast.', unnest(t.reloptions) FROM pg_class t WHERE t.oid = c.reltoastrelid) options) AS options,
           ' USING ' || quote_ident(NULLIF(am.amname, 'heap')) AS method, ' TABLESPACE ' || quote_ident(space.spcname) AS place
    FROM pg_class c
    JOIN own ON own.oid = c.relnamespace
    LEFT JOIN pg_am am ON am.oid = c.relam
    LEFT JOIN pg_tablespace space ON space.oid = c.reltablespace
), stored AS (
    SELECT r.*, i.parents, COALESCE(i.parents IS NOT NULL AND NOT r.relispartition, false) AS inherits
    FROM relation r
    LEFT JOIN (SELECT inhrelid, string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno) AS parents FROM pg_inherits GROUP BY inhrelid) i
           ON i.inhrelid = r.oid
    WHERE r.relkind IN ('r', 'p')
), routine AS (
    SELECT p.*, own.identifier, own.literal, own.nspname, p.proname || '(' || oidvectortypes(p.proargtypes) || ')' AS name
    FROM pg_proc p JOIN own ON own.oid = p.pronamespace
    WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')
), kind AS (
    SELECT t.*, t.typname::text AS name
    FROM pg_type t
    JOIN own ON own.oid = t.typnamespace
    LEFT JOIN pg_class c ON c.oid = t.typrelid
    WHERE t.typtype IN ('e', 'd', 'r') OR (t.typtype = 'c' AND c.relkind = 'c')
), con AS (
    SELECT c.*, r.name AS table_name, t.name AS domain_name, COALESCE(r.name, t.name) || '.' || c.conname AS name,
           format('CONSTRAINT %I %s', c.conname, pg_get_constraintdef(c.oid, true)) AS text,
           -- What PostgreSQL would not keep as "not valid" if it stood in CREATE TABLE.
           NOT c.convalidated AND pg_get_constraintdef(c.oid) LIKE '% NOT VALID' AS late,
           c.contype = 'f' AND target.relnamespace <> (SELECT oid FROM own) AS shared,
           -- A partition's key that came from the whole table's, and comes again by that name from there.
           above.oid IS NOT NULL AND NOT c.connoinherit AND CASE c.contype
               WHEN 'f' THEN c.conname = above.conname
               WHEN 'p' THEN c.conname = r.name || '_pkey' AND EXISTS (
                   SELECT FROM pg_class i JOIN pg_class whole ON whole.oid = above.conindid
                   WHERE i.oid = c.conindid AND i.reltablespace = 0 AND whole.reltablespace = 0
                     AND i.reloptions IS NULL AND whole.reloptions IS NULL)
               ELSE false END AS inherited
    FROM pg_constraint c
    LEFT JOIN stored r ON r.oid = c.conrelid AND c.conrelid <> 0
    LEFT JOIN kind t ON t.oid = c.contypid AND c.contypid <> 0
    LEFT JOIN pg_constraint above ON above.oid = c.conparentid
    LEFT JOIN pg_class target ON target.oid = c.confrelid
    WHERE COALESCE(r.oid, t.oid) IS NOT NULL AND c.contype IN ('c', 'f', 'p', 'u', 'x', 'n')
      AND (above.oid IS NULL OR above.conrelid <> c.conrelid)
), indexed AS (
    SELECT x.*, i.relname::text AS index, r.name AS table_name, r.relkind, c.oid IS NOT NULL AS inline,
           concat(CASE WHEN c.oid IS NULL OR i.reloptions IS NULL THEN '' ELSE format('; ALTER INDEX %I SET (%s)', i.relname, array_to_string(i.reloptions, ', ')) END,
                  '; ALTER INDEX ' || quote_ident(i.relname) || ' SET TABLESPACE ' || quote_ident(space.spcname),
                  (SELECT string_agg(format('; ALTER INDEX %I ALTER COLUMN %s SET STATISTICS %s', i.relname, a.attnum, a.attstattarget), '')
                   FROM pg_attribute a WHERE a.attrelid = i.oid AND a.attstattarget >= 0)) AS settings
    FROM pg_index x
    JOIN relation r ON r.oid = x.indrelid AND r.relkind IN ('r', 'p', 'm')
    JOIN pg_class i ON i.oid = x.indexrelid
    LEFT JOIN con c ON c.conindid = x.indexrelid AND c.conrelid = x.indrelid AND c.contype IN ('p', 'u', 'x')
    LEFT JOIN pg_tablespace space ON space.oid = i.reltablespace
), numbers AS (
    SELECT r.oid, r.name, r.relpersistence, dep.refobjid AS owner, dep.refobjsubid AS owner_column, dep.deptype,
           format('START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s%s', s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
                  s.seqcache, CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END) AS options, format_type(s.seqtypid, NULL) AS type
    FROM relation r
    JOIN pg_sequence s ON s.seqrelid = r.oid
    LEFT JOIN pg_depend dep ON dep.classid = 'pg_class'::regclass AND dep.objid = r.oid
                           AND dep.refclassid = 'pg_class'::regclass AND dep.deptype IN ('a', 'i')
), columns AS (
    SELECT r.oid,
           string_agg(
               concat(quote_ident(a.attname), ' ', format_type(a.atttypid, a.atttypmod),
                      CASE a.attcompression WHEN 'p' THEN ' COMPRESSION pglz' WHEN 'l' THEN ' COMPRESSION lz4' END,
                      CASE WHEN a.attcollation <> t.typcollation THEN ' COLLATE ' || a.attcollation::regcollation END,
                      format(' GENERATED %s AS IDENTITY (SEQUENCE NAME ', CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END)
                          || quote_ident(s.name) || ' ' || s.options || ')',
                      CASE a.attgenerated WHEN '' THEN ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid)
                           ELSE ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ')' || CASE a.attgenerated WHEN 's' THEN ' STORED' ELSE ' VIRTUAL' END END,
                      CASE WHEN a.attnotnull AND n.late IS NOT TRUE
                           THEN ' ' || COALESCE('CONSTRAINT ' || quote_ident(NULLIF(n.conname, concat_ws('_', r.name, a.attname, 'not_null'))) || ' ', '') || 'NOT NULL'
                                || CASE WHEN n.connoinherit THEN ' NO INHERIT' ELSE '' END END),
               E',\n    ' ORDER BY a.attnum) FILTER (WHERE NOT r.inherits OR a.attislocal) AS text,
           string_agg(
               concat('; ALTER TABLE ONLY ' || quote_ident(r.name) || ' ALTER COLUMN ' || quote_ident(a.attname) || ' SET STORAGE '
                          || CASE WHEN a.attstorage <> t.typstorage THEN CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'x' THEN 'EXTENDED' ELSE 'MAIN' END END,
                      '; ALTER TABLE ONLY ' || quote_ident(r.name) || ' ALTER COLUMN ' || quote_ident(a.attname) || ' SET STATISTICS ' || NULLIF(a.attstattarget, -1),
                      '; ALTER TABLE ONLY ' || quote_ident(r.name) || ' ALTER COLUMN ' || quote_ident(a.attname) || ' SET (' || array_to_string(a.attoptions, ', ') || ')'),
               '' ORDER BY a.attnum) AS settings
    FROM stored r
    JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN numbers s ON s.owner = r.oid AND s.owner_column = a.attnum AND s.deptype = 'i'
    LEFT JOIN con n ON n.conrelid = r.oid AND n.contype = 'n' AND n.conkey = ARRAY[a.attnum]
    GROUP BY r.oid
), called AS (
    -- What can have a comment, an owner or grants: how it is called, and how statements name it.
    SELECT 'pg_class'::regclass AS classid, oid, 0 AS sub,
           CASE relkind WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view ' WHEN 'S' THEN 'sequence ' WHEN 'i' THEN 'index '
                        WHEN 'I' THEN 'index ' ELSE 'table ' END || name AS name,
           CASE relkind WHEN 'v' THEN 'VIEW ' WHEN 'm' THEN 'MATERIALIZED VIEW ' WHEN 'S' THEN 'SEQUENCE ' WHEN 'i' THEN 'INDEX '
                        WHEN 'I' THEN 'INDEX ' ELSE 'TABLE ' END || quote_ident(name) AS sql,
           relkind IN ('i', 'I') OR EXISTS (SELECT FROM numbers n WHERE n.oid = r.oid AND n.owner IS NOT NULL) AS follows,
           relowner AS owner, CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char" AS class, relacl AS acl, false AS shared
    FROM relation r WHERE relkind <> 'c'
    UNION ALL
    SELECT 'pg_class'::regclass, r.oid, a.attnum, 'column ' || r.name || '.' || a.attname, format('COLUMN %I.%I', r.name, a.attname),
           true, r.relowner, 'c', a.attacl, false
    FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE r.relkind IN ('r', 'p', 'v', 'm', 'c', 'f')
    UNION ALL
    SELECT 'pg_proc'::regclass, oid, 0, 'function ' || name,
           format('ROUTINE %I(%s)', proname, CASE WHEN prokind = 'a' THEN COALESCE(NULLIF(pg_get_function_identity_arguments(oid), ''), '*')
                                                  ELSE pg_get_function_identity_arguments(oid) END),
           false, proowner, 'f', proacl, false
    FROM routine
    UNION ALL
    SELECT 'pg_type'::regclass, oid, 0, 'type ' || name, 'TYPE ' || quote_ident(name), false, typowner, 'T', typacl, false FROM kind
    UNION ALL
    SELECT 'pg_namespace'::regclass, oid, 0, 'schema', 'SCHEMA {tenantry:schema}', false, nspowner, 'n', nspacl, false FROM own
    UNION ALL
    SELECT 'pg_statistic_ext'::regclass, e.oid, 0, 'statistics ' || e.stxname, 'STATISTICS ' || quote_ident(e.stxname), false, e.stxowner, NULL, NULL, false
    FROM pg_statistic_ext e JOIN own ON own.oid = e.stxnamespace
    UNION ALL
    SELECT 'pg_constraint'::regclass, oid, 0, 'constraint ' || name,
           format('CONSTRAINT %I ON %s%I', conname, CASE WHEN domain_name IS NULL THEN '' ELSE 'DOMAIN ' END, COALESCE(table_name, domain_name)),
           true, 0, NULL, NULL, shared
    FROM con
    UNION ALL
    SELECT 'pg_trigger'::regclass, t.oid, 0, 'trigger ' || r.name || '.' || t.tgname, format('TRIGGER %I ON %I', t.tgname, r.name), true, 0, NULL, NULL, false
    FROM pg_trigger t JOIN relation r ON r.oid = t.tgrelid
    UNION ALL
    SELECT 'pg_policy'::regclass, p.oid, 0, 'policy ' || r.name || '.' || p.polname, format('POLICY %I ON %I', p.polname, r.name), true, 0, NULL, NULL, false
    FROM pg_policy p JOIN relation r ON r.oid = p.polrelid
    UNION ALL
    SELECT 'pg_rewrite'::regclass, w.oid, 0, 'rule ' || r.name || '.' || w.rulename, format('RULE %I ON %I', w.rulename, r.name), true, 0, NULL, NULL, false
    FROM pg_rewrite w JOIN relation r ON r.oid = w.ev_class
), granted AS (
    SELECT called.name,
           string_agg(format('GRANT %s ON %s TO %s%s', g.privileges, g.target, g.grantee, g.option), '; ' ORDER BY g.grantee, g.option) AS statements
    FROM called
    CROSS JOIN LATERAL (
        SELECT string_agg(e.privilege_type || COALESCE(' (' || quote_ident(a.attname) || ')', ''), ', ') AS privileges,
               CASE called.class WHEN 'c' THEN 'TABLE ' || called.oid::regclass WHEN 'r' THEN 'TABLE ' || called.oid::regclass ELSE called.sql END AS target,
               CASE e.grantee WHEN 0 THEN 'PUBLIC' ELSE e.grantee::regrole::text END AS grantee,
               CASE WHEN e.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END AS option
        FROM aclexplode(called.acl) e
        LEFT JOIN pg_attribute a ON called.class = 'c' AND a.attrelid = called.oid AND a.attnum = called.sub
        GROUP BY e.grantee, e.is_grantable) g
    WHERE called.acl IS NOT NULL
    GROUP BY called.name
), others AS (
    -- Whom the database gives rights on every new object of ours.
    SELECT string_agg(DISTINCT ', ' || CASE e.grantee WHEN 0 THEN 'PUBLIC' ELSE e.grantee::regrole::text END, '') AS roles
    FROM pg_default_acl d CROSS JOIN LATERAL aclexplode(d.defaclacl) e
    WHERE d.defaclnamespace = 0 AND d.defaclrole = (SELECT me FROM own) AND e.grantee <> d.defaclrole
), partition AS (
    SELECT r.oid, (SELECT count(*) FROM pg_partition_ancestors(r.oid)) AS depth FROM stored r
), piece AS (
    SELECT 10 AS stage, 0 AS tie, 'pg_type'::regclass AS classid, t.oid AS id, 'type' AS kind, t.name, NULL AS joins, false AS shared,
           CASE t.typtype
               WHEN 'e' THEN format('CREATE TYPE %I AS ENUM (%s)', t.name,
                                    (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid))
               WHEN 'c' THEN format('CREATE TYPE %I AS (%s)', t.name, (
                                 SELECT string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
                                                   || CASE WHEN a.attcollation <> of.typcollation THEN ' COLLATE ' || a.attcollation::regcollation ELSE '' END,
                                                   ', ' ORDER BY a.attnum)
                                 FROM pg_attribute a JOIN pg_type of ON of.oid = a.atttypid
                                 WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped))
               WHEN 'd' THEN concat('CREATE DOMAIN ', quote_ident(t.name), ' AS ', format_type(t.typbasetype, t.typtypmod),
                                    CASE WHEN t.typcollation <> base.typcollation THEN ' COLLATE ' || t.typcollation::regcollation END,
                                    ' DEFAULT ' || pg_get_expr(t.typdefaultbin, 0),
                                    CASE WHEN t.typnotnull THEN COALESCE((SELECT ' CONSTRAINT ' || quote_ident(conname) FROM con WHERE contypid = t.oid AND contype = 'n'), '') || ' NOT NULL' END,
                                    (SELECT string_agg(' ' || con.text, '' ORDER BY conname) FROM con WHERE contypid = t.oid AND contype = 'c' AND NOT late))
               ELSE (SELECT 'CREATE TYPE ' || quote_ident(t.name) || ' AS RANGE (' || concat_ws(', ',
                                'SUBTYPE = ' || r.rngsubtype::regtype, 'COLLATION = ' || NULLIF(r.rngcollation, 0)::regcollation,
                                'SUBTYPE_OPCLASS = ' || CASE WHEN opc.opcnamespace IN ('pg_catalog'::regnamespace, t.typnamespace) THEN '' ELSE opc.opcnamespace::regnamespace || '.' END || quote_ident(opc.opcname),
                                'SUBTYPE_DIFF = ' || NULLIF(r.rngsubdiff::oid, 0)::regproc, 'MULTIRANGE_TYPE_NAME = ' || r.rngmultitypid::regtype) || ')'
                     FROM pg_range r JOIN pg_opclass opc ON opc.oid = r.rngsubopc WHERE r.rngtypid = t.oid)
           END AS statement
    FROM kind t LEFT JOIN pg_type base ON base.oid = t.typbasetype
    UNION ALL
    SELECT 20, 0, 'pg_class'::regclass, s.oid, 'sequence', s.name, NULL, false,
           format('CREATE %sSEQUENCE %I AS %s %s', CASE s.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END, s.name, s.type, s.options)
    FROM numbers s WHERE s.deptype IS DISTINCT FROM 'i'
    UNION ALL
    SELECT 30, 0, 'pg_proc'::regclass, p.oid, 'function', p.name, NULL, false,
           regexp_replace(
               regexp_replace(
                   regexp_replace(pg_get_functiondef(p.oid), '^(CREATE OR REPLACE (?:FUNCTION|PROCEDURE) )' || p.identifier || '\.', '\1'),
                   '(\n SET search_path TO [^\n]*)' || p.literal, '\1''{tenantry:schema}'''),
               '(?<![[:alnum:]_$".])' || p.identifier || '(?=\s*\.)', '{tenantry:schema}', 'g')
    FROM routine p WHERE p.prokind <> 'a'
    UNION ALL
    SELECT 30, 0, 'pg_proc'::regclass, p.oid, 'function', p.name, NULL, false,
           format('CREATE AGGREGATE %I(%s) (%s)', p.proname, COALESCE(NULLIF(pg_get_function_identity_arguments(p.oid), ''), '*'), concat_ws(', ',
               'SFUNC = ' || a.aggtransfn, 'STYPE = ' || format_type(a.aggtranstype, NULL), 'SSPACE = ' || NULLIF(a.aggtransspace, 0),
               'FINALFUNC = ' || NULLIF(a.aggfinalfn::oid, 0)::regproc, CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
               'FINALFUNC_MODIFY = ' || CASE a.aggfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END,
               'COMBINEFUNC = ' || NULLIF(a.aggcombinefn::oid, 0)::regproc, 'SERIALFUNC = ' || NULLIF(a.aggserialfn::oid, 0)::regproc,
               'DESERIALFUNC = ' || NULLIF(a.aggdeserialfn::oid, 0)::regproc, 'INITCOND = ' || quote_literal(a.agginitval),
               'MSFUNC = ' || NULLIF(a.aggmtransfn::oid, 0)::regproc, 'MINVFUNC = ' || NULLIF(a.aggminvtransfn::oid, 0)::regproc,
               'MSTYPE = ' || format_type(NULLIF(a.aggmtranstype, 0), NULL), 'MSSPACE = ' || NULLIF(a.aggmtransspace, 0),
               'MFINALFUNC = ' || NULLIF(a.aggmfinalfn::oid, 0)::regproc, CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
               CASE WHEN a.aggmtransfn <> 0 THEN 'MFINALFUNC_MODIFY = ' || CASE a.aggmfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END,
               'MINITCOND = ' || quote_literal(a.aggminitval),
               'SORTOP = ' || (SELECT format('OPERATOR(%s.%s)', o.oprnamespace::regnamespace, o.oprname) FROM pg_operator o WHERE o.oid = a.aggsortop),
               'PARALLEL = ' || CASE p.proparallel WHEN 's' THEN 'SAFE' WHEN 'r' THEN 'RESTRICTED' ELSE 'UNSAFE' END,
               CASE WHEN a.aggkind = 'h' THEN 'HYPOTHETICAL' END))
    FROM routine p JOIN pg_aggregate a ON a.aggfnoid = p.oid
    UNION ALL
    SELECT 40, 0, 'pg_class'::regclass, r.oid, 'table', r.name, NULL, false,
           concat('CREATE ', CASE r.relpersistence WHEN 'u' THEN 'UNLOGGED ' END, 'TABLE ', quote_ident(r.name), E' (\n    ',
                  concat_ws(E',\n    ', c.text, (
                      SELECT string_agg(con.text, E',\n    ' ORDER BY con.contype DESC, con.conname) FROM con
                      WHERE con.conrelid = r.oid AND con.contype IN ('c', 'p', 'u', 'x') AND NOT con.late AND NOT con.inherited AND (con.conislocal OR NOT r.inherits))), E'\n)',
                  CASE WHEN r.inherits THEN ' INHERITS (' || r.parents || ')' END,
                  CASE WHEN r.relkind = 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(r.oid) END,
                  r.method, ' WITH (' || r.options || ')', r.place, c.settings,
                  (SELECT string_agg(x.settings, '' ORDER BY x.index) FROM indexed x WHERE x.indrelid = r.oid AND x.inline))
    FROM stored r LEFT JOIN columns c ON c.oid = r.oid
    UNION ALL
    SELECT 50, 0, NULL, NULL, 'sequence', s.name, NULL, false,
           format('ALTER SEQUENCE %I OWNED BY %s.%I', s.name, s.owner::regclass, a.attname)
    FROM numbers s JOIN pg_attribute a ON a.attrelid = s.owner AND a.attnum = s.owner_column
    WHERE s.deptype = 'a'
    UNION ALL
    SELECT 55, 0, 'pg_class'::regclass, x.indexrelid, 'index', x.table_name || '.' || x.index, NULL, false,
           regexp_replace(pg_get_indexdef(x.indexrelid, 0, true), '^(CREATE (?:UNIQUE )?INDEX .*?) ON ONLY ', '\1 ON ') || x.settings
    FROM indexed x WHERE NOT x.inline
    UNION ALL
    -- A partition has its own indexes before it joins, so they keep their names; but for the key that it gets then.
    SELECT 60, partition.depth::integer, NULL, NULL, 'table', r.name, NULL, false,
           format('ALTER TABLE ONLY %s ATTACH PARTITION %I %s', r.parents, r.name, pg_get_expr(r.relpartbound, r.oid))
    FROM stored r JOIN partition ON partition.oid = r.oid WHERE r.relispartition
    UNION ALL
    SELECT 62, 0, NULL, NULL, 'table', r.name, 'ALTER TABLE ONLY ' || quote_ident(r.name), false,
           'REPLICA IDENTITY ' || CASE r.relreplident WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING'
               ELSE 'USING INDEX ' || (SELECT quote_ident(x.index) FROM indexed x WHERE x.indrelid = r.oid AND x.indisreplident) END
    FROM stored r WHERE r.relreplident <> 'd'
    UNION ALL
    SELECT 62, 1, NULL, NULL, 'index', x.table_name || '.' || x.index, NULL, false,
           format('ALTER TABLE ONLY %I CLUSTER ON %I', x.table_name, x.index)
    FROM indexed x WHERE x.indisclustered AND x.relkind = 'r'
    UNION ALL
    SELECT 64, 0, NULL, NULL, 'constraint', con.name, NULL, false,
           format('ALTER %s %I ADD %s', CASE WHEN con.table_name IS NULL THEN 'DOMAIN' ELSE 'TABLE ONLY' END, COALESCE(con.table_name, con.domain_name), con.text)
    FROM con WHERE con.late AND con.contype IN ('c', 'n')
    UNION ALL
    -- A partition has its own foreign keys before the whole table has them, so they keep their names; but for those of that name.
    SELECT CASE WHEN con.shared THEN 100 ELSE 65 END, -partition.depth::integer, NULL, NULL, 'constraint', con.name,
           'ALTER TABLE ' || quote_ident(con.table_name), con.shared, 'ADD ' || con.text
    FROM con JOIN partition ON partition.oid = con.conrelid WHERE con.contype = 'f' AND NOT con.inherited
    UNION ALL
    SELECT 70, 0, 'pg_statistic_ext'::regclass, e.oid, 'statistics', e.stxname, NULL, false,
           'CREATE STATISTICS ' || substr(pg_get_statisticsobjdef(e.oid), length('CREATE STATISTICS ' || quote_ident(own.nspname) || '.') + 1)
           || COALESCE('; ALTER STATISTICS ' || quote_ident(e.stxname) || ' SET STATISTICS ' || NULLIF(e.stxstattarget, -1), '')
    FROM pg_statistic_ext e JOIN own ON own.oid = e.stxnamespace
    UNION ALL
    SELECT 75, 0, 'pg_class'::regclass, r.oid, CASE r.relkind WHEN 'v' THEN 'view' ELSE 'materialized_view' END, r.name, NULL, false,
           concat('CREATE ', CASE r.relkind WHEN 'm' THEN 'MATERIALIZED ' END, 'VIEW ', quote_ident(r.name), r.method, ' WITH (' || r.options || ')',
                  r.place, ' AS ', rtrim(pg_get_viewdef(r.oid), ';'), CASE WHEN r.relkind = 'm' AND NOT r.relispopulated THEN ' WITH NO DATA' END,
                  (SELECT string_agg(format('; ALTER VIEW %I ALTER COLUMN %I SET DEFAULT %s', r.name, a.attname, pg_get_expr(d.adbin, d.adrelid)), '' ORDER BY a.attnum)
                   FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE d.adrelid = r.oid))
    FROM relation r WHERE r.relkind IN ('v', 'm')
    UNION ALL
    SELECT 80, 0, 'pg_rewrite'::regclass, w.oid, 'rule', r.name || '.' || w.rulename, NULL, false,
           rtrim(pg_get_ruledef(w.oid, true), ';')
           || CASE w.ev_enabled WHEN 'O' THEN '' ELSE format('; ALTER TABLE %I %s RULE %I', r.name,
                  CASE w.ev_enabled WHEN 'D' THEN 'DISABLE' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END, w.rulename) END
    FROM pg_rewrite w JOIN relation r ON r.oid = w.ev_class WHERE w.rulename <> '_RETURN'
    UNION ALL
    SELECT 82, CASE t.tgparentid WHEN 0 THEN 0 ELSE 1 END, 'pg_trigger'::regclass, t.oid, 'trigger', r.name || '.' || t.tgname, NULL, false,
           concat_ws('; ', CASE t.tgparentid WHEN 0 THEN pg_get_triggerdef(t.oid, true) END,
               CASE WHEN t.tgenabled <> 'O' THEN format('ALTER TABLE ONLY %I %s TRIGGER %I', r.name,
                   CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END, t.tgname) END)
    FROM pg_trigger t JOIN relation r ON r.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND (t.tgparentid = 0 OR t.tgenabled <> 'O')
    UNION ALL
    SELECT 84, 0, 'pg_policy'::regclass, p.oid, 'policy', r.name || '.' || p.polname, NULL, false,
           concat(format('CREATE POLICY %I ON %I AS %s FOR %s TO ', p.polname, r.name, CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
                         CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END),
                  (SELECT string_agg(CASE role WHEN 0 THEN 'PUBLIC' ELSE role::regrole::text END, ', ') FROM unnest(p.polroles) AS role),
                  ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
    FROM pg_policy p JOIN relation r ON r.oid = p.polrelid
    UNION ALL
    SELECT 85, 0, NULL, NULL, 'table', r.name, 'ALTER TABLE ' || quote_ident(r.name), false,
           concat_ws(', ', CASE WHEN r.relrowsecurity THEN 'ENABLE ROW LEVEL SECURITY' END, CASE WHEN r.relforcerowsecurity THEN 'FORCE ROW LEVEL SECURITY' END)
    FROM stored r WHERE r.relrowsecurity OR r.relforcerowsecurity
    UNION ALL
    SELECT CASE WHEN called.shared THEN 101 ELSE 86 END, 0, NULL, NULL, 'comment', called.name, NULL, called.shared,
           format('COMMENT ON %s IS %L', called.sql, d.description)
    FROM called JOIN pg_description d ON d.classoid = called.classid AND d.objoid = called.oid AND d.objsubid = called.sub
    UNION ALL
    SELECT CASE called.sql WHEN 'SCHEMA {tenantry:schema}' THEN 87 ELSE 88 END, 0, NULL, NULL, 'owner', called.name, NULL, false,
           format('ALTER %s OWNER TO %s', called.sql, called.owner::regrole)
    FROM called JOIN own ON called.owner <> own.me
    WHERE called.owner <> 0 AND NOT called.follows
    UNION ALL
    SELECT 90, CASE called.class WHEN 'c' THEN 1 ELSE 0 END, NULL, NULL, 'grant', called.name, NULL, false,
           concat_ws('; ', CASE WHEN called.class <> 'c'
                                THEN format('REVOKE ALL ON %s FROM PUBLIC, %s%s', CASE called.class WHEN 'r' THEN 'TABLE ' || called.oid::regclass ELSE called.sql END,
                                            called.owner::regrole, others.roles) END,
                     COALESCE(granted.statements, CASE WHEN called.acl IS NULL THEN (
                         SELECT string_agg(format('GRANT %s ON %s TO %s', e.privilege_type, CASE called.class WHEN 'r' THEN 'TABLE ' || called.oid::regclass ELSE called.sql END,
                                                  CASE e.grantee WHEN 0 THEN 'PUBLIC' ELSE e.grantee::regrole::text END), '; ')
                         FROM aclexplode(acldefault(called.class, called.owner)) e) END))
    FROM called CROSS JOIN others LEFT JOIN granted ON granted.name = called.name
    WHERE called.class IS NOT NULL AND called.sql NOT LIKE 'INDEX %'
      AND CASE WHEN called.acl IS NULL OR (called.acl @> acldefault(called.class, called.owner) AND acldefault(called.class, called.owner) @> called.acl)
               THEN others.roles IS NOT NULL AND called.class <> 'c' ELSE true END
    UNION ALL
    SELECT 92, 0, NULL, NULL, 'grant', 'default for ' || d.defaclobjtype::text || ' of ' || d.defaclrole::regrole, NULL, false, (
               SELECT string_agg(format('ALTER DEFAULT PRIVILEGES FOR ROLE %s IN SCHEMA {tenantry:schema} GRANT %s ON %s TO %s%s', d.defaclrole::regrole, e.privilege_type,
                                        CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'ROUTINES' ELSE 'TYPES' END,
                                        CASE e.grantee WHEN 0 THEN 'PUBLIC' ELSE e.grantee::regrole::text END,
                                        CASE WHEN e.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END), '; ')
               FROM aclexplode(d.defaclacl) e)
    FROM pg_default_acl d JOIN own ON own.oid = d.defaclnamespace
)
SELECT stage AS "stage!", classid::oid AS "catalog?", id AS "id?", kind AS "kind!: ObjectKind", name AS "name!", joins AS "joins?",
       shared AS "shared!", statement AS "statement!"
FROM piece
ORDER BY stage, tie, name COLLATE "C", kind COLLATE "C", statement COLLATE "C"
