-- Every tenant with the state of its copy, seen from a release ($1): what the release differs in from the one that the copy is
-- at, and in what the copy deviated from that when it was last compared.
WITH pending AS (
    SELECT base, count(*) AS rows FROM tenantry.catalog_changes($1) WHERE is_pending GROUP BY base
),
deviating AS (
    SELECT d.schema_name,
           count(*) FILTER (WHERE d.deviation IN ('edited', 'removed') AND NOT d.is_conflict) AS edited,
           count(*) FILTER (WHERE d.deviation = 'own' AND NOT d.is_conflict) AS own,
           count(*) FILTER (WHERE d.is_conflict) AS conflicts,
           count(*) FILTER (WHERE d.is_pending) AS settled
    FROM tenantry.catalog_disputes($1) d
    GROUP BY d.schema_name
),
complete AS (
    SELECT n.nspname AS schema_name
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relname IN ('atoms_atomcategory', 'atoms_atom', 'atoms_atomversion') AND c.relkind IN ('r', 'p')
    GROUP BY n.nspname
    HAVING count(*) = 3
)
SELECT t.schema_name AS "schema!: SchemaName", t.name AS "name!", k.schema_name IS NOT NULL AS "has_tables!",
       c.release AS "release?", c.synchronised_at AS "synchronised_at?", c.compared_at AS "compared_at?",
       COALESCE(p.rows, 0) - COALESCE(d.settled, 0) AS "pending!",
       COALESCE(d.edited, 0) AS "edited!", COALESCE(d.own, 0) AS "own!", COALESCE(d.conflicts, 0) AS "conflicts!"
FROM tenantry.tenant t
LEFT JOIN complete k ON k.schema_name = t.schema_name
LEFT JOIN tenantry.catalog_copy c ON c.schema_name = t.schema_name
LEFT JOIN pending p ON p.base = c.release
LEFT JOIN deviating d ON d.schema_name = t.schema_name
WHERE NOT EXISTS (SELECT FROM tenantry.trash x WHERE x.schema_name = t.schema_name)
ORDER BY lower(t.name), t.schema_name
