-- Something that is another after any DDL in one schema ($1), and after DDL on the shared tables that it refers to. Every such
-- statement writes or removes a row of these catalogs. Much cheaper than reading the definitions.
WITH own AS (
    SELECT oid, xmin FROM pg_namespace WHERE nspname = $1
), held AS (
    SELECT classid, objid FROM pg_depend WHERE refclassid = 'pg_namespace'::regclass AND refobjid = (SELECT oid FROM own)
), stored AS (
    SELECT objid AS oid FROM held WHERE classid = 'pg_class'::regclass
), routine AS (
    SELECT oid, xmin FROM pg_proc WHERE oid IN (SELECT objid FROM held WHERE classid = 'pg_proc'::regclass)
), kind AS (
    SELECT oid, xmin, typrelid FROM pg_type WHERE oid IN (SELECT objid FROM held WHERE classid = 'pg_type'::regclass)
), con AS (
    SELECT oid, xmin, confrelid FROM pg_constraint WHERE conrelid IN (SELECT oid FROM stored)
    UNION ALL
    SELECT oid, xmin, 0 FROM pg_constraint WHERE contypid IN (SELECT oid FROM kind)
), relation AS (
    SELECT oid, xmin FROM pg_class
    WHERE oid IN (SELECT oid FROM stored UNION SELECT indexrelid FROM pg_index WHERE indrelid IN (SELECT oid FROM stored)
                  UNION SELECT confrelid FROM con UNION SELECT typrelid FROM kind)
), trig AS (
    -- Not those of the shared tables: every clone that refers to them adds some.
    SELECT oid, xmin FROM pg_trigger WHERE tgrelid IN (SELECT oid FROM stored)
), policy AS (
    SELECT oid, xmin FROM pg_policy WHERE polrelid IN (SELECT oid FROM relation)
), rewrite AS (
    SELECT oid, xmin FROM pg_rewrite WHERE ev_class IN (SELECT oid FROM relation)
), stat AS (
    SELECT oid, xmin FROM pg_statistic_ext WHERE oid IN (SELECT objid FROM held WHERE classid = 'pg_statistic_ext'::regclass)
), changed (part, rows, newest) AS (
    SELECT 'n', count(*), max(xmin::text::bigint) FROM own
    UNION ALL SELECT 'c', count(*), max(xmin::text::bigint) FROM relation
    UNION ALL SELECT 'a', count(*), max(xmin::text::bigint) FROM pg_attribute WHERE attrelid IN (SELECT oid FROM relation)
    UNION ALL SELECT 'd', count(*), max(xmin::text::bigint) FROM pg_attrdef WHERE adrelid IN (SELECT oid FROM relation)
    UNION ALL SELECT 'i', count(*), max(xmin::text::bigint) FROM pg_index WHERE indrelid IN (SELECT oid FROM relation)
    UNION ALL SELECT 'h', count(*), max(xmin::text::bigint) FROM pg_inherits WHERE inhrelid IN (SELECT oid FROM relation)
    UNION ALL SELECT 's', count(*), max(xmin::text::bigint) FROM pg_sequence WHERE seqrelid IN (SELECT oid FROM relation)
    UNION ALL SELECT 'f', count(*), max(xmin::text::bigint) FROM routine
    UNION ALL SELECT 't', count(*), max(xmin::text::bigint) FROM kind
    UNION ALL SELECT 'e', count(*), max(xmin::text::bigint) FROM pg_enum WHERE enumtypid IN (SELECT oid FROM kind)
    UNION ALL SELECT 'k', count(*), max(xmin::text::bigint) FROM con
    UNION ALL SELECT 'g', count(*), max(xmin::text::bigint) FROM trig
    UNION ALL SELECT 'p', count(*), max(xmin::text::bigint) FROM policy
    UNION ALL SELECT 'w', count(*), max(xmin::text::bigint) FROM rewrite
    UNION ALL SELECT 'x', count(*), max(xmin::text::bigint) FROM stat
    UNION ALL SELECT 'l', count(*), max(xmin::text::bigint) FROM pg_default_acl WHERE defaclnamespace IN (0, (SELECT oid FROM own))
    UNION ALL SELECT 'm', count(*), max(xmin::text::bigint) FROM pg_description
    WHERE objoid IN (SELECT oid FROM own UNION ALL SELECT oid FROM relation UNION ALL SELECT oid FROM routine UNION ALL SELECT oid FROM kind
                     UNION ALL SELECT oid FROM con UNION ALL SELECT oid FROM trig UNION ALL SELECT oid FROM policy
                     UNION ALL SELECT oid FROM rewrite UNION ALL SELECT oid FROM stat)
)
SELECT string_agg(concat(part, rows, '/', newest), ' ' ORDER BY part COLLATE "C") AS "version!" FROM changed
