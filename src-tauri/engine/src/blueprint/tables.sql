-- The tables of one schema ($1) that hold rows of their own: the columns that rows are copied by, the sequences that belong to them,
-- their primary keys, and the partitioned tables they are part of.
-- The search path is the schema.
SELECT c.relname::text AS "name!",
       ARRAY(SELECT a.attname::text FROM pg_attribute a
             WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum) AS "columns!",
       -- A type of the schema's own is another type in a clone.
       ARRAY(SELECT quote_ident(a.attname) || CASE WHEN c.relnamespace IN (t.typnamespace, e.typnamespace) THEN '::text::' || format_type(a.atttypid, a.atttypmod) ELSE '' END
             FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type e ON e.oid = t.typelem
             WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum) AS "values!",
       ARRAY(SELECT s.relname::text FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
             WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
               AND d.refobjid IN (SELECT c.oid UNION ALL SELECT relid::oid FROM pg_partition_ancestors(c.oid)) ORDER BY s.relname) AS "sequences!",
       -- A partition's rows are known by the key of the whole.
       COALESCE((SELECT array_agg(a.attname::text ORDER BY array_position(k.conkey, a.attnum))
                 FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
                 WHERE k.conrelid = COALESCE(pg_partition_root(c.oid), c.oid) AND k.contype = 'p'), '{}') AS "key!",
       ARRAY(SELECT p.relname::text FROM pg_partition_ancestors(c.oid) a JOIN pg_class p ON p.oid = a.relid
             WHERE p.oid <> c.oid ORDER BY p.relname) AS "part_of!"
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1 AND c.relkind = 'r'
ORDER BY c.relname
