-- The tables of one schema ($1) with a primary key, and the columns that say what a row is: without numbered keys and times, of which
-- each tenant has its own. If nothing is left, all of them.
SELECT c.relname::text AS "name!",
       array_agg(a.attname::text ORDER BY array_position(k.conkey, a.attnum)) FILTER (WHERE told.is_key) AS "key!",
       COALESCE(array_agg(a.attname::text ORDER BY a.attname COLLATE "C") FILTER (WHERE NOT told.is_number AND NOT told.is_time),
                array_agg(a.attname::text ORDER BY a.attname COLLATE "C")) AS "columns!",
       COALESCE(array_agg(a.attname::text ORDER BY a.attname COLLATE "C") FILTER (WHERE told.is_moment), '{}') AS "times!"
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
CROSS JOIN LATERAL (
    SELECT a.attnum = ANY (k.conkey) AS is_key,
           a.attnum = ANY (k.conkey) AND a.atttypid IN ('smallint'::regtype, 'integer'::regtype, 'bigint'::regtype, 'uuid'::regtype)
           AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f' AND a.attnum = ANY (f.conkey)) AS is_number,
           a.atttypid IN ('timestamptz'::regtype, 'timestamp'::regtype, 'date'::regtype) AS is_time,
           a.atttypid IN ('timestamptz'::regtype, 'timestamp'::regtype) AS is_moment) told
WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT c.relispartition
GROUP BY c.relname
ORDER BY c.relname
