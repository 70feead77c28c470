-- What there is about which atom in which tenant, seen from a release ($1): what tenants have made of their copies, and what the
-- release would change in them.
SELECT c.schema_name AS "schema!: SchemaName", n.key AS "slug!", 'behind' AS "state!: HeatState"
FROM tenantry.catalog_copy c
JOIN (SELECT DISTINCT base, key FROM tenantry.catalog_changes($1) WHERE part <> 'category' AND is_pending) n ON n.base = c.release
UNION ALL
SELECT d.schema_name, d.key, CASE WHEN d.is_conflict THEN 'conflicting' ELSE d.deviation END
FROM tenantry.catalog_disputes($1) d
WHERE d.part <> 'category'
