-- Every object of one schema ($1) with its definition as PostgreSQL prints it. It runs with that schema as the whole
-- search path, so that names of its own are printed bare. Works on PostgreSQL 15 to 18.
WITH own AS (
    SELECT n.oid, n.nspname, n.nspowner, n.nspacl,
           -- The schema's name as a regular expression; functions that are kept as text hold it.
           CASE WHEN quote_ident(n.nspname) = n.nspname THEN '(?:"' || n.nspname || '"|' || n.nspname || ')'
                ELSE regexp_replace(quote_ident(n.nspname), '([^[:alnum:]_"])', '\\\1', 'g') END AS identifier,
           regexp_replace(quote_literal(n.nspname), '([^[:alnum:]_''])', '\\\1', 'g') AS literal
    FROM pg_namespace n
    WHERE n.nspname = $1
), held AS (
    -- By the index on what depends on the schema: the other catalogs have none by schema, and hold those of every tenant.
    SELECT d.classid, d.objid FROM pg_depend d JOIN own ON d.refclassid = 'pg_namespace'::regclass AND d.refobjid = own.oid
), kind AS (
    SELECT t.*, t.typname::text AS name
    FROM held
    JOIN pg_type t ON t.oid = held.objid AND held.classid = 'pg_type'::regclass
    WHERE t.typtype IN ('e', 'd', 'r', 'c') OR (t.typtype IN ('b', 'p') AND t.typelem = 0)
), member AS (
    SELECT objid AS oid FROM held WHERE classid = 'pg_class'::regclass
    UNION ALL
    SELECT x.indexrelid FROM held JOIN pg_index x ON x.indrelid = held.objid AND held.classid = 'pg_class'::regclass
    UNION ALL
    SELECT typrelid FROM kind WHERE typtype = 'c'
), relation AS (
    SELECT c.oid, c.relname::text AS name, c.relkind, c.relowner, c.relacl, c.relpersistence, c.relam, c.reltablespace, c.relreplident,
           c.relrowsecurity, c.relforcerowsecurity, c.relispartition, c.relpartbound, c.reltoastrelid, c.reloptions, c.reloftype, c.reltype
    FROM member JOIN pg_class c ON c.oid = member.oid
), stored AS (
    SELECT * FROM relation WHERE relkind IN ('r', 'p')
), routine AS (
    SELECT p.*, own.nspname, own.identifier, own.literal, p.proname || '(' || oidvectortypes(p.proargtypes) || ')' AS name
    FROM held JOIN pg_proc p ON p.oid = held.objid AND held.classid = 'pg_proc'::regclass CROSS JOIN own
    -- A range type comes with functions of its own.
    WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')
), con AS (
    SELECT c.*, r.name || '.' || c.conname AS name
    FROM stored r
    JOIN pg_constraint c ON c.conrelid = r.oid
    LEFT JOIN pg_constraint above ON above.oid = c.conparentid
    -- NOT NULL is a constraint of its own since PostgreSQL 18; the columns say it on every version. A foreign key to a partitioned
    -- table has a shadow for each of the partitions.
    WHERE c.contype IN ('c', 'f', 'p', 'u', 'x') AND (above.oid IS NULL OR above.conrelid <> c.conrelid)
    UNION ALL
    SELECT c.*, t.name || '.' || c.conname FROM kind t JOIN pg_constraint c ON c.contypid = t.oid WHERE c.contype = 'c'
), indexed AS (
    SELECT x.*, i.relname::text AS index, r.name || '.' || i.relname AS name, i.reltablespace, i.relkind
    FROM pg_index x
    JOIN relation r ON r.oid = x.indrelid AND r.relkind IN ('r', 'p', 'm')
    JOIN pg_class i ON i.oid = x.indexrelid
), numbers AS (
    SELECT s.*, r.name, r.relpersistence, owner.relname || '.' || a.attname AS owned_by, dep.deptype
    FROM relation r
    JOIN pg_sequence s ON s.seqrelid = r.oid
    LEFT JOIN pg_depend dep ON dep.classid = 'pg_class'::regclass AND dep.objid = r.oid
                           AND dep.refclassid = 'pg_class'::regclass AND dep.deptype IN ('a', 'i')
    LEFT JOIN pg_class owner ON owner.oid = dep.refobjid
    LEFT JOIN pg_attribute a ON a.attrelid = dep.refobjid AND a.attnum = dep.refobjsubid
), parents AS (
    SELECT i.inhrelid, string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno) AS names
    FROM pg_inherits i JOIN relation r ON r.oid = i.inhrelid
    GROUP BY i.inhrelid
), called AS (
    -- What can have a comment, an owner or grants, and how it is called.
    SELECT 'pg_class'::regclass AS classid, oid, 0 AS sub,
           CASE relkind WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view ' WHEN 'S' THEN 'sequence ' WHEN 'i' THEN 'index '
                        WHEN 'I' THEN 'index ' ELSE 'table ' END || name AS name,
           relkind IN ('i', 'I') OR EXISTS (
               SELECT FROM numbers WHERE seqrelid = r.oid AND owned_by IS NOT NULL) AS follows,
           relowner AS owner, CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char" AS class, relacl AS acl
    FROM relation r WHERE relkind <> 'c'
    UNION ALL
    SELECT 'pg_class'::regclass, r.oid, a.attnum, 'column ' || r.name || '.' || a.attname, true, r.relowner, 'c', a.attacl
    FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE r.relkind IN ('r', 'p', 'v', 'm', 'c', 'f')
    UNION ALL
    SELECT 'pg_proc'::regclass, oid, 0, 'function ' || name, false, proowner, 'f', proacl FROM routine
    UNION ALL
    SELECT 'pg_type'::regclass, oid, 0, 'type ' || name, false, typowner, 'T', typacl FROM kind
    UNION ALL
    SELECT 'pg_namespace'::regclass, oid, 0, 'schema', false, nspowner, 'n', nspacl FROM own
    UNION ALL
    SELECT 'pg_statistic_ext'::regclass, e.oid, 0, 'statistics ' || e.stxname, false, e.stxowner, NULL, NULL
    FROM pg_statistic_ext e JOIN own ON own.oid = e.stxnamespace
    UNION ALL
    SELECT 'pg_constraint'::regclass, oid, 0, 'constraint ' || name, true, 0, NULL, NULL FROM con
    UNION ALL
    SELECT 'pg_trigger'::regclass, t.oid, 0, 'trigger ' || r.name || '.' || t.tgname, true, 0, NULL, NULL
    FROM pg_trigger t JOIN relation r ON r.oid = t.tgrelid
    UNION ALL
    SELECT 'pg_policy'::regclass, p.oid, 0, 'policy ' || r.name || '.' || p.polname, true, 0, NULL, NULL
    FROM pg_policy p JOIN relation r ON r.oid = p.polrelid
    UNION ALL
    SELECT 'pg_rewrite'::regclass, w.oid, 0, 'rule ' || r.name || '.' || w.rulename, true, 0, NULL, NULL
    FROM pg_rewrite w JOIN relation r ON r.oid = w.ev_class
), object AS (
    SELECT 'table' AS kind, r.name, r.name AS place, 0 AS position,
           CASE r.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table by ' || pg_get_partkeydef(r.oid) ELSE 'foreign table' END
           || CASE r.relpersistence WHEN 'u' THEN ' unlogged' ELSE '' END
           || COALESCE(CASE WHEN r.relispartition THEN ' partition of ' ELSE ' inherits ' END || parents.names, '')
           || COALESCE(' ' || pg_get_expr(r.relpartbound, r.oid), '')
           || CASE WHEN r.relkind = 'r' AND am.amname <> 'heap' THEN ' using ' || am.amname ELSE '' END
           || COALESCE(' tablespace ' || space.spcname, '')
           || COALESCE(' of type ' || NULLIF(r.reloftype, 0)::regtype, '')
           || COALESCE(' with (' || array_to_string(r.reloptions, ', ') || ')', '')
           || COALESCE(' toast (' || (SELECT array_to_string(toast.reloptions, ', ') FROM pg_class toast WHERE toast.oid = r.reltoastrelid) || ')', '')
           || CASE r.relreplident WHEN 'f' THEN ' replica identity full' WHEN 'n' THEN ' replica identity nothing' ELSE '' END
           || CASE WHEN r.relrowsecurity THEN ' row security' ELSE '' END
           || CASE WHEN r.relforcerowsecurity THEN ' forced' ELSE '' END AS definition
    FROM relation r
    LEFT JOIN parents ON parents.inhrelid = r.oid
    LEFT JOIN pg_am am ON am.oid = r.relam
    LEFT JOIN pg_tablespace space ON space.oid = r.reltablespace
    WHERE r.relkind IN ('r', 'p', 'f')
    UNION ALL
    SELECT 'column', r.name || '.' || a.attname, r.name, a.attnum,
           format_type(a.atttypid, a.atttypmod)
           || CASE WHEN a.attcollation <> t.typcollation THEN ' COLLATE ' || a.attcollation::regcollation ELSE '' END
           || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
           || COALESCE((SELECT CASE WHEN n.connoinherit THEN ' NO INHERIT' ELSE '' END || CASE WHEN n.convalidated THEN '' ELSE ' NOT VALID' END
                        FROM pg_constraint n WHERE n.conrelid = r.oid AND n.contype = 'n' AND n.conkey = ARRAY[a.attnum]), '')
           || CASE a.attidentity WHEN 'd' THEN ' GENERATED BY DEFAULT AS IDENTITY' WHEN 'a' THEN ' GENERATED ALWAYS AS IDENTITY' ELSE '' END
           || CASE a.attgenerated
                  WHEN '' THEN COALESCE(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')
                  ELSE ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ')' || CASE a.attgenerated WHEN 's' THEN ' STORED' ELSE ' VIRTUAL' END
              END
           || CASE WHEN a.attstorage <> t.typstorage THEN ' STORAGE ' || a.attstorage::text ELSE '' END
           || CASE WHEN a.attcompression <> '' THEN ' COMPRESSION ' || a.attcompression::text ELSE '' END
           -- "Not set" is -1 before PostgreSQL 17, and NULL since.
           || COALESCE(' STATISTICS ' || NULLIF(a.attstattarget, -1), '')
           || COALESCE(' WITH (' || array_to_string(a.attoptions, ', ') || ')', '')
           || CASE WHEN a.attislocal THEN '' ELSE ' inherited' END
    FROM stored r
    JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    UNION ALL
    SELECT 'constraint', name, NULL, 0,
           pg_get_constraintdef(oid, true)
           || CASE WHEN convalidated OR pg_get_constraintdef(oid) LIKE '% NOT VALID' THEN '' ELSE ' (not validated)' END
           || CASE WHEN conislocal THEN '' ELSE ' inherited' END
    FROM con
    UNION ALL
    SELECT 'index', x.name, NULL, 0,
           pg_get_indexdef(x.indexrelid, 0, true)
           || COALESCE(' tablespace ' || space.spcname, '')
           || CASE WHEN x.indisclustered THEN ' clustered' ELSE '' END
           || CASE WHEN x.indisreplident THEN ' replica identity' ELSE '' END
           || COALESCE(' partition of ' || i.inhparent::regclass, '')
           || COALESCE((SELECT ' statistics ' || string_agg(a.attnum || '=' || a.attstattarget, ', ' ORDER BY a.attnum)
                        FROM pg_attribute a WHERE a.attrelid = x.indexrelid AND a.attstattarget >= 0), '')
           || CASE WHEN x.indisvalid AND x.indisready THEN '' ELSE ' (invalid)' END
    FROM indexed x
    LEFT JOIN pg_inherits i ON i.inhrelid = x.indexrelid
    LEFT JOIN pg_tablespace space ON space.oid = x.reltablespace
    UNION ALL
    SELECT 'sequence', s.name, NULL, 0,
           format_type(s.seqtypid, NULL) || ' START ' || s.seqstart || ' INCREMENT ' || s.seqincrement
           || ' MINVALUE ' || s.seqmin || ' MAXVALUE ' || s.seqmax || ' CACHE ' || s.seqcache
           || CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END
           || CASE s.relpersistence WHEN 'u' THEN ' unlogged' ELSE '' END
           || COALESCE(' OWNED BY ' || s.owned_by, '')
    FROM numbers s
    UNION ALL
    SELECT CASE r.relkind WHEN 'v' THEN 'view' ELSE 'materialized_view' END, r.name, NULL, 0,
           pg_get_viewdef(r.oid)
           || COALESCE(' with (' || array_to_string(r.reloptions, ', ') || ')', '')
           || CASE WHEN r.relkind = 'm' AND am.amname <> 'heap' THEN ' using ' || am.amname ELSE '' END
           || COALESCE(' tablespace ' || space.spcname, '')
           || COALESCE((SELECT string_agg(' DEFAULT ' || a.attname || ' ' || pg_get_expr(d.adbin, d.adrelid), '' ORDER BY a.attnum)
                        FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE d.adrelid = r.oid), '')
    FROM relation r
    LEFT JOIN pg_am am ON am.oid = r.relam
    LEFT JOIN pg_tablespace space ON space.oid = r.reltablespace
    WHERE r.relkind IN ('v', 'm')
    UNION ALL
    SELECT 'function', p.name, NULL, 0,
           regexp_replace(
               regexp_replace(
                   regexp_replace(pg_get_functiondef(p.oid), '^(CREATE OR REPLACE (?:FUNCTION|PROCEDURE) )' || p.identifier || '\.', '\1'),
                   '(\n SET search_path TO [^\n]*)' || p.literal, '\1''{schema}'''),
               '(?<![[:alnum:]_$".])' || p.identifier || '(?=\s*\.)', '{schema}', 'g')
    FROM routine p WHERE p.prokind <> 'a'
    UNION ALL
    SELECT 'function', p.name, NULL, 0,
           'aggregate ' || a.aggkind::text || ' ' || pg_get_function_result(p.oid) || ' ' || p.proparallel::text || ' '
           || concat_ws(' ', a.aggtransfn::regproc, format_type(a.aggtranstype, NULL), NULLIF(a.aggtransspace, 0),
                        a.aggfinalfn::regproc, a.aggfinalextra, a.aggfinalmodify, a.aggcombinefn::regproc, a.aggserialfn::regproc,
                        a.aggdeserialfn::regproc, a.agginitval, NULLIF(a.aggsortop, 0)::regoperator, a.aggmtransfn::regproc, a.aggminvtransfn::regproc,
                        a.aggmfinalfn::regproc, a.aggmfinalextra, a.aggmfinalmodify, NULLIF(a.aggmtranstype, 0)::regtype, a.aggmtransspace, a.aggminitval)
    FROM routine p JOIN pg_aggregate a ON a.aggfnoid = p.oid
    UNION ALL
    SELECT 'trigger', r.name || '.' || t.tgname, NULL, 0,
           pg_get_triggerdef(t.oid, true)
           || CASE t.tgenabled WHEN 'O' THEN '' WHEN 'D' THEN ' (disabled)' WHEN 'A' THEN ' (always)' ELSE ' (replica)' END
           || CASE WHEN t.tgparentid = 0 THEN '' ELSE ' inherited' END
    FROM pg_trigger t JOIN relation r ON r.oid = t.tgrelid
    WHERE NOT t.tgisinternal
    UNION ALL
    SELECT 'rule', r.name || '.' || w.rulename, NULL, 0,
           pg_get_ruledef(w.oid, true) || CASE w.ev_enabled WHEN 'O' THEN '' WHEN 'D' THEN ' (disabled)' WHEN 'A' THEN ' (always)' ELSE ' (replica)' END
    FROM pg_rewrite w JOIN relation r ON r.oid = w.ev_class
    WHERE w.rulename <> '_RETURN'
    UNION ALL
    SELECT 'type', t.name, NULL, 0,
           CASE t.typtype
               WHEN 'e' THEN 'enum (' || (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid) || ')'
               WHEN 'd' THEN 'domain ' || format_type(t.typbasetype, t.typtypmod)
                             || CASE WHEN t.typcollation <> base.typcollation THEN ' COLLATE ' || t.typcollation::regcollation ELSE '' END
                             || COALESCE(' DEFAULT ' || pg_get_expr(t.typdefaultbin, 0), '') || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
               WHEN 'c' THEN 'composite (' || COALESCE((
                                 SELECT string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
                                                   || CASE WHEN a.attcollation <> of.typcollation THEN ' COLLATE ' || a.attcollation::regcollation ELSE '' END,
                                                   ', ' ORDER BY a.attnum)
                                 FROM pg_attribute a JOIN pg_type of ON of.oid = a.atttypid
                                 WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')'
               WHEN 'r' THEN (SELECT concat_ws(' ', 'range', r.rngsubtype::regtype, NULLIF(r.rngcollation, 0)::regcollation, opc.opcname,
                                               NULLIF(r.rngcanonical, 0)::regproc, NULLIF(r.rngsubdiff, 0)::regproc, r.rngmultitypid::regtype)
                              FROM pg_range r JOIN pg_opclass opc ON opc.oid = r.rngsubopc WHERE r.rngtypid = t.oid)
               ELSE 'base type'
           END
    FROM kind t LEFT JOIN pg_type base ON base.oid = t.typbasetype
    WHERE t.typtype <> 'b' OR t.typisdefined
    UNION ALL
    SELECT 'policy', r.name || '.' || p.polname, NULL, 0,
           CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END || ' for ' || p.polcmd::text || ' to '
           || (SELECT string_agg(CASE role WHEN 0 THEN 'PUBLIC' ELSE role::regrole::text END, ', ' ORDER BY CASE role WHEN 0 THEN 'PUBLIC' ELSE role::regrole::text END COLLATE "C")
               FROM unnest(p.polroles) AS role)
           || COALESCE(' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
           || COALESCE(' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')
    FROM pg_policy p JOIN relation r ON r.oid = p.polrelid
    UNION ALL
    SELECT 'statistics', e.stxname::text, NULL, 0,
           substr(pg_get_statisticsobjdef(e.oid), length('CREATE STATISTICS ' || quote_ident(own.nspname) || '.') + 1)
           || COALESCE(' statistics ' || NULLIF(e.stxstattarget, -1), '')
    FROM pg_statistic_ext e JOIN own ON own.oid = e.stxnamespace
    UNION ALL
    SELECT 'comment', called.name, NULL, 0, d.description
    FROM called JOIN pg_description d ON d.classoid = called.classid AND d.objoid = called.oid AND d.objsubid = called.sub
    UNION ALL
    SELECT 'owner', name, NULL, 0, owner::regrole::text FROM called WHERE owner <> 0 AND NOT follows
    UNION ALL
    SELECT 'grant', called.name, NULL, 0, COALESCE((
               SELECT string_agg(line, '; ' ORDER BY line COLLATE "C")
               FROM (SELECT privilege_type || ' to ' || CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END
                            || CASE WHEN is_grantable THEN ' with grant option' ELSE '' END AS line
                     FROM aclexplode(called.acl)) granted), 'nothing')
    FROM called
    WHERE called.acl IS NOT NULL
      AND NOT (called.acl @> acldefault(called.class, called.owner) AND acldefault(called.class, called.owner) @> called.acl)
    UNION ALL
    SELECT 'grant', 'default for ' || d.defaclobjtype::text || ' of ' || d.defaclrole::regrole, NULL, 0, COALESCE((
               SELECT string_agg(line, '; ' ORDER BY line COLLATE "C")
               FROM (SELECT privilege_type || ' to ' || CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END
                            || CASE WHEN is_grantable THEN ' with grant option' ELSE '' END AS line
                     FROM aclexplode(d.defaclacl)) granted), 'nothing')
    FROM pg_default_acl d JOIN own ON own.oid = d.defaclnamespace
    UNION ALL
    SELECT 'other', 'collation ' || o.collname, NULL, 0, o.collprovider::text || ' ' || COALESCE(o.collcollate, '') FROM pg_collation o JOIN own ON own.oid = o.collnamespace
    UNION ALL
    SELECT 'other', 'conversion ' || o.conname, NULL, 0, o.conproc::text FROM pg_conversion o JOIN own ON own.oid = o.connamespace
    UNION ALL
    SELECT 'other', 'operator ' || o.oid::regoperator, NULL, 0, o.oprcode::text FROM pg_operator o JOIN own ON own.oid = o.oprnamespace
    UNION ALL
    SELECT 'other', 'operator class ' || o.opcname || ' ' || am.amname, NULL, 0, o.opcintype::regtype::text
    FROM pg_opclass o JOIN own ON own.oid = o.opcnamespace JOIN pg_am am ON am.oid = o.opcmethod
    UNION ALL
    SELECT 'other', 'operator family ' || o.opfname || ' ' || am.amname, NULL, 0, ''
    FROM pg_opfamily o JOIN own ON own.oid = o.opfnamespace JOIN pg_am am ON am.oid = o.opfmethod
    UNION ALL
    SELECT 'other', 'text search configuration ' || o.cfgname, NULL, 0, o.cfgparser::text FROM pg_ts_config o JOIN own ON own.oid = o.cfgnamespace
    UNION ALL
    SELECT 'other', 'text search dictionary ' || o.dictname, NULL, 0, COALESCE(o.dictinitoption, '') FROM pg_ts_dict o JOIN own ON own.oid = o.dictnamespace
    UNION ALL
    SELECT 'other', 'text search parser ' || o.prsname, NULL, 0, o.prsstart::text FROM pg_ts_parser o JOIN own ON own.oid = o.prsnamespace
    UNION ALL
    SELECT 'other', 'text search template ' || o.tmplname, NULL, 0, o.tmpllexize::text FROM pg_ts_template o JOIN own ON own.oid = o.tmplnamespace
    UNION ALL
    SELECT 'other', 'extension ' || o.extname, NULL, 0, o.extversion FROM pg_extension o JOIN own ON own.oid = o.extnamespace
)
SELECT kind AS "kind!: ObjectKind", name AS "name!", definition AS "definition!"
FROM object
ORDER BY kind COLLATE "C", COALESCE(place, name) COLLATE "C", position, name COLLATE "C", definition COLLATE "C"
