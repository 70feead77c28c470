-- Something that is another after any DDL in one schema ($1), and after DDL on the shared tables that it refers to. Every such
-- statement writes or removes a row of these catalogs. Much cheaper than reading the definitions.
--
-- Each catalog is asked for one object at a time (LATERAL, OFFSET 0), by its index: a join of so many objects would look to
-- the planner as if it were better to read the whole catalog, which holds those of every tenant.
WITH own AS (
    SELECT oid, xmin FROM pg_namespace WHERE nspname = $1
), held AS (
    SELECT classid, objid FROM pg_depend WHERE refclassid = 'pg_namespace'::regclass AND refobjid = (SELECT oid FROM own)
), stored AS (
    SELECT objid AS oid FROM held WHERE classid = 'pg_class'::regclass
), routine AS (
    SELECT p.* FROM held CROSS JOIN LATERAL (SELECT oid, xmin FROM pg_proc WHERE oid = held.objid OFFSET 0) p
    WHERE held.classid = 'pg_proc'::regclass
), kind AS (
    SELECT t.* FROM held CROSS JOIN LATERAL (SELECT oid, xmin, typrelid FROM pg_type WHERE oid = held.objid OFFSET 0) t
    WHERE held.classid = 'pg_type'::regclass
), con AS (
    SELECT c.* FROM stored CROSS JOIN LATERAL (SELECT oid, xmin, confrelid FROM pg_constraint WHERE conrelid = stored.oid OFFSET 0) c
    UNION ALL
    SELECT c.* FROM kind CROSS JOIN LATERAL (SELECT oid, xmin, 0::oid FROM pg_constraint WHERE contypid = kind.oid OFFSET 0) c
), indexed AS (
    SELECT x.* FROM stored CROSS JOIN LATERAL (SELECT indexrelid, xmin FROM pg_index WHERE indrelid = stored.oid OFFSET 0) x
), relation AS (
    SELECT c.*
    FROM (SELECT oid FROM stored UNION SELECT indexrelid FROM indexed UNION SELECT confrelid FROM con UNION SELECT typrelid FROM kind) known
    CROSS JOIN LATERAL (SELECT oid, xmin FROM pg_class WHERE oid = known.oid OFFSET 0) c
), trig AS (
    -- Not those of the shared tables: every clone that refers to them adds some.
    SELECT g.* FROM stored CROSS JOIN LATERAL (SELECT oid, xmin FROM pg_trigger WHERE tgrelid = stored.oid OFFSET 0) g
), policy AS (
    SELECT p.* FROM relation r CROSS JOIN LATERAL (SELECT oid, xmin FROM pg_policy WHERE polrelid = r.oid OFFSET 0) p
), rewrite AS (
    SELECT w.* FROM relation r CROSS JOIN LATERAL (SELECT oid, xmin FROM pg_rewrite WHERE ev_class = r.oid OFFSET 0) w
), stat AS (
    SELECT e.* FROM held CROSS JOIN LATERAL (SELECT oid, xmin FROM pg_statistic_ext WHERE oid = held.objid OFFSET 0) e
    WHERE held.classid = 'pg_statistic_ext'::regclass
), described AS (
    SELECT oid FROM own UNION ALL SELECT oid FROM relation UNION ALL SELECT oid FROM routine UNION ALL SELECT oid FROM kind
    UNION ALL SELECT oid FROM con UNION ALL SELECT oid FROM trig UNION ALL SELECT oid FROM policy
    UNION ALL SELECT oid FROM rewrite UNION ALL SELECT oid FROM stat
), row_of (part, xmin) AS (
    SELECT 'n', xmin FROM own
    UNION ALL SELECT 'c', xmin FROM relation
    UNION ALL SELECT 'a', a.xmin FROM relation r CROSS JOIN LATERAL (SELECT xmin FROM pg_attribute WHERE attrelid = r.oid OFFSET 0) a
    UNION ALL SELECT 'd', d.xmin FROM relation r CROSS JOIN LATERAL (SELECT xmin FROM pg_attrdef WHERE adrelid = r.oid OFFSET 0) d
    UNION ALL SELECT 'i', xmin FROM indexed
    UNION ALL SELECT 'h', h.xmin FROM relation r CROSS JOIN LATERAL (SELECT xmin FROM pg_inherits WHERE inhrelid = r.oid OFFSET 0) h
    UNION ALL SELECT 's', s.xmin FROM relation r CROSS JOIN LATERAL (SELECT xmin FROM pg_sequence WHERE seqrelid = r.oid OFFSET 0) s
    UNION ALL SELECT 'f', xmin FROM routine
    UNION ALL SELECT 't', xmin FROM kind
    UNION ALL SELECT 'e', e.xmin FROM kind CROSS JOIN LATERAL (SELECT xmin FROM pg_enum WHERE enumtypid = kind.oid OFFSET 0) e
    UNION ALL SELECT 'k', xmin FROM con
    UNION ALL SELECT 'g', xmin FROM trig
    UNION ALL SELECT 'p', xmin FROM policy
    UNION ALL SELECT 'w', xmin FROM rewrite
    UNION ALL SELECT 'x', xmin FROM stat
    UNION ALL SELECT 'l', xmin FROM pg_default_acl WHERE defaclnamespace IN (0, (SELECT oid FROM own))
    UNION ALL SELECT 'm', m.xmin FROM described CROSS JOIN LATERAL (SELECT xmin FROM pg_description WHERE objoid = described.oid OFFSET 0) m
), changed AS (
    SELECT part, count(*) AS rows, max(xmin::text::bigint) AS newest FROM row_of GROUP BY part
)
SELECT string_agg(concat(part, rows, '/', newest), ' ' ORDER BY part COLLATE "C") AS "version!" FROM changed
