-- Which of the statements of `pieces.sql` need which: what PostgreSQL knows of one schema ($1), with every part of an object
-- (a default, a row type, an index of a constraint) counted as the object that its statement makes.
WITH own AS (
    SELECT oid FROM pg_namespace WHERE nspname = $1
), relation AS (
    SELECT c.oid, c.relkind, c.reltype FROM pg_class c JOIN own ON own.oid = c.relnamespace
), part AS (
    SELECT 'pg_class'::regclass::oid AS classid, r.oid AS id, 'pg_class'::regclass::oid AS whole_class, r.oid AS whole
    FROM relation r WHERE r.relkind <> 'c'
    UNION ALL
    SELECT 'pg_class'::regclass, r.oid, 'pg_type'::regclass, r.reltype FROM relation r WHERE r.relkind = 'c'
    UNION ALL
    SELECT 'pg_type'::regclass, r.reltype, 'pg_class'::regclass, r.oid FROM relation r WHERE r.reltype <> 0 AND r.relkind <> 'c'
    UNION ALL
    SELECT 'pg_type'::regclass, a.oid, 'pg_class'::regclass, r.oid
    FROM relation r JOIN pg_type t ON t.oid = r.reltype JOIN pg_type a ON a.oid = t.typarray WHERE r.relkind <> 'c'
    UNION ALL
    SELECT 'pg_type'::regclass, piece.id, 'pg_type'::regclass, t.oid
    FROM pg_type t
    JOIN own ON own.oid = t.typnamespace
    LEFT JOIN relation r ON r.oid = t.typrelid
    LEFT JOIN pg_range g ON g.rngtypid = t.oid
    LEFT JOIN pg_type multi ON multi.oid = g.rngmultitypid
    CROSS JOIN LATERAL unnest(ARRAY[t.oid, t.typarray, multi.oid, multi.typarray]) AS piece (id)
    WHERE piece.id <> 0 AND (t.typtype IN ('e', 'd', 'r') OR (t.typtype = 'c' AND r.relkind = 'c'))
    UNION ALL
    SELECT 'pg_constraint'::regclass, c.oid,
           CASE WHEN c.contypid = 0 THEN 'pg_class'::regclass ELSE 'pg_type'::regclass END, CASE c.contypid WHEN 0 THEN c.conrelid ELSE c.contypid END
    FROM pg_constraint c JOIN own ON own.oid = c.connamespace WHERE c.contype <> 'f'
    UNION ALL
    SELECT 'pg_class'::regclass, c.conindid, 'pg_class'::regclass, c.conrelid
    FROM pg_constraint c JOIN own ON own.oid = c.connamespace WHERE c.contype IN ('p', 'u', 'x')
    UNION ALL
    SELECT 'pg_attrdef'::regclass, d.oid, 'pg_class'::regclass, d.adrelid FROM pg_attrdef d JOIN relation r ON r.oid = d.adrelid
    UNION ALL
    SELECT 'pg_rewrite'::regclass, w.oid, 'pg_class'::regclass, w.ev_class
    FROM pg_rewrite w JOIN relation r ON r.oid = w.ev_class WHERE w.rulename = '_RETURN'
    UNION ALL
    SELECT 'pg_proc'::regclass, p.oid, 'pg_proc'::regclass, p.oid FROM pg_proc p JOIN own ON own.oid = p.pronamespace
), inherits AS (
    SELECT i.inhrelid, i.inhparent FROM pg_inherits i JOIN relation r ON r.oid = i.inhrelid AND r.relkind IN ('r', 'p')
)
SELECT DISTINCT a.whole_class AS "catalog!", a.whole AS "id!", b.whole_class AS "needs_catalog!", b.whole AS "needs_id!"
FROM part a
JOIN pg_depend d ON d.classid = a.classid AND d.objid = a.id AND d.deptype IN ('n', 'a', 'i')
JOIN part b ON b.classid = d.refclassid AND b.id = d.refobjid
WHERE (a.whole_class, a.whole) <> (b.whole_class, b.whole)
  -- A sequence is made before the column that owns it.
  AND NOT EXISTS (SELECT FROM pg_sequence s WHERE s.seqrelid = a.whole AND a.whole_class = 'pg_class'::regclass)
UNION
SELECT 'pg_class'::regclass, inhrelid, 'pg_class'::regclass, inhparent FROM inherits
