-- Something that is another after any DDL in one schema ($1), and after DDL on the shared tables that it refers to. Every such
-- statement writes or removes a row of these catalogs. Much cheaper than reading the definitions.
--
-- Objects go into the questions as arrays: a join of so many would look to the planner as if it were better to read the whole
-- catalog, which holds those of every tenant, than to use its index.
WITH own AS (
    SELECT oid, xmin FROM pg_namespace WHERE nspname = $1
), held AS (
    SELECT classid, objid FROM pg_depend WHERE refclassid = 'pg_namespace'::regclass AND refobjid = (SELECT oid FROM own)
), stored AS (
    SELECT array_agg(objid) AS oids FROM held WHERE classid = 'pg_class'::regclass
), routine AS (
    SELECT oid, xmin FROM pg_proc WHERE oid = ANY (ARRAY(SELECT objid FROM held WHERE classid = 'pg_proc'::regclass))
), kind AS (
    SELECT oid, xmin, typrelid FROM pg_type WHERE oid = ANY (ARRAY(SELECT objid FROM held WHERE classid = 'pg_type'::regclass))
), con AS (
    SELECT oid, xmin, confrelid FROM pg_constraint WHERE conrelid = ANY ((SELECT oids FROM stored)::oid[])
    UNION ALL
    SELECT oid, xmin, 0 FROM pg_constraint WHERE contypid = ANY (ARRAY(SELECT oid FROM kind))
), indexed AS (
    SELECT indexrelid, xmin FROM pg_index WHERE indrelid = ANY ((SELECT oids FROM stored)::oid[])
), relation AS (
    SELECT oid, xmin FROM pg_class
    WHERE oid = ANY (ARRAY(SELECT unnest(oids) FROM stored UNION SELECT indexrelid FROM indexed UNION SELECT confrelid FROM con
                           UNION SELECT typrelid FROM kind))
), relations AS (
    SELECT array_agg(oid) AS oids FROM relation
), trig AS (
    -- Not those of the shared tables: every clone that refers to them adds some.
    SELECT oid, xmin FROM pg_trigger WHERE tgrelid = ANY ((SELECT oids FROM stored)::oid[])
), policy AS (
    SELECT oid, xmin FROM pg_policy WHERE polrelid = ANY ((SELECT oids FROM relations)::oid[])
), rewrite AS (
    SELECT oid, xmin FROM pg_rewrite WHERE ev_class = ANY ((SELECT oids FROM relations)::oid[])
), stat AS (
    SELECT oid, xmin FROM pg_statistic_ext WHERE oid = ANY (ARRAY(SELECT objid FROM held WHERE classid = 'pg_statistic_ext'::regclass))
), row_of (part, xmin) AS (
    SELECT 'n', xmin FROM own
    UNION ALL SELECT 'c', xmin FROM relation
    UNION ALL SELECT 'a', xmin FROM pg_attribute WHERE attrelid = ANY ((SELECT oids FROM relations)::oid[])
    UNION ALL SELECT 'd', xmin FROM pg_attrdef WHERE adrelid = ANY ((SELECT oids FROM relations)::oid[])
    UNION ALL SELECT 'i', xmin FROM indexed
    UNION ALL SELECT 'h', xmin FROM pg_inherits WHERE inhrelid = ANY ((SELECT oids FROM relations)::oid[])
    UNION ALL SELECT 's', xmin FROM pg_sequence WHERE seqrelid = ANY ((SELECT oids FROM relations)::oid[])
    UNION ALL SELECT 'f', xmin FROM routine
    UNION ALL SELECT 't', xmin FROM kind
    UNION ALL SELECT 'e', xmin FROM pg_enum WHERE enumtypid = ANY (ARRAY(SELECT oid FROM kind))
    UNION ALL SELECT 'k', xmin FROM con
    UNION ALL SELECT 'g', xmin FROM trig
    UNION ALL SELECT 'p', xmin FROM policy
    UNION ALL SELECT 'w', xmin FROM rewrite
    UNION ALL SELECT 'x', xmin FROM stat
    UNION ALL SELECT 'l', xmin FROM pg_default_acl WHERE defaclnamespace IN (0, (SELECT oid FROM own))
    UNION ALL SELECT 'm', xmin FROM pg_description
    WHERE objoid = ANY (ARRAY(SELECT oid FROM own UNION ALL SELECT oid FROM relation UNION ALL SELECT oid FROM routine
                              UNION ALL SELECT oid FROM kind UNION ALL SELECT oid FROM con UNION ALL SELECT oid FROM trig
                              UNION ALL SELECT oid FROM policy UNION ALL SELECT oid FROM rewrite UNION ALL SELECT oid FROM stat))
), changed AS (
    SELECT part, count(*) AS rows, max(xmin::text::bigint) AS newest FROM row_of GROUP BY part
)
SELECT string_agg(concat(part, rows, '/', newest), ' ' ORDER BY part COLLATE "C") AS "version!" FROM changed
