-- Every row in which a tenant's copy ($3) is not what a release ($1) says, and why, seen from the release to which the copy
-- was last brought ($2; NULL where it never was). Rows are found by their natural keys, never by their ids. The tenant's
-- schema is the search path. The contents of a row stand in one array, so that all parts are judged by one rule.
WITH category AS (
    SELECT 'category' AS part, COALESCE(m.name, t.name)::text AS key, '' AS version,
           CASE WHEN m.name IS NOT NULL THEN ARRAY[m.description] END AS master,
           CASE WHEN t.name IS NOT NULL THEN ARRAY[t.description] END AS tenant,
           CASE WHEN b.name IS NOT NULL THEN ARRAY[b.description] END AS base,
           false AS is_active, NULL::text AS category, NULL::text AS holder, false AS renames
    FROM (SELECT c.name, c.description FROM tenantry.catalog_category c WHERE c.release = $1) m
    FULL JOIN atoms_atomcategory t ON t.name = m.name
    LEFT JOIN tenantry.catalog_category b ON b.release = $2 AND b.name = COALESCE(m.name, t.name)
    WHERE m.description IS DISTINCT FROM t.description
),
atom AS (
    SELECT 'atom' AS part, COALESCE(m.slug, t.slug)::text AS key, '' AS version,
           CASE WHEN m.slug IS NOT NULL THEN ARRAY[m.name, m.description, m.category]::text[] END AS master,
           CASE WHEN t.slug IS NOT NULL THEN ARRAY[t.name, t.description, t.category]::text[] END AS tenant,
           CASE WHEN b.slug IS NOT NULL THEN ARRAY[b.name, b.description, b.category]::text[] END AS base,
           false AS is_active, m.category::text AS category,
           (SELECT h.slug::text FROM atoms_atom h WHERE h.name = m.name AND h.slug <> m.slug) AS holder,
           m.name <> t.name AS renames
    FROM (SELECT a.slug, a.name, a.description, a.category FROM tenantry.catalog_atom a WHERE a.release = $1) m
    FULL JOIN (SELECT a.slug, a.name, a.description, c.name AS category
               FROM atoms_atom a JOIN atoms_atomcategory c ON c.id = a.category_id) t ON t.slug = m.slug
    LEFT JOIN tenantry.catalog_atom b ON b.release = $2 AND b.slug = COALESCE(m.slug, t.slug)
    WHERE (m.name, m.description, m.category) IS DISTINCT FROM (t.name, t.description, t.category)
),
version AS (
    SELECT 'version' AS part, COALESCE(m.slug, t.slug)::text AS key, COALESCE(m.version, t.version)::text AS version,
           CASE WHEN m.slug IS NOT NULL
                THEN ARRAY[m.release_date::text, m.release_notes, m.config_schema::text, m.is_active::text] END AS master,
           CASE WHEN t.slug IS NOT NULL
                THEN ARRAY[t.release_date::text, t.release_notes, t.config_schema::text, t.is_active::text] END AS tenant,
           CASE WHEN b.slug IS NOT NULL
                THEN ARRAY[b.release_date::text, b.release_notes, b.config_schema::text, b.is_active::text] END AS base,
           COALESCE(t.is_active, false) AS is_active, NULL::text AS category, NULL::text AS holder, false AS renames
    FROM (SELECT v.* FROM tenantry.catalog_version v WHERE v.release = $1) m
    FULL JOIN (SELECT a.slug, v.version, v.release_date, v.release_notes, v.config_schema, v.is_active
               FROM atoms_atomversion v JOIN atoms_atom a ON a.id = v.atom_id) t ON (t.slug, t.version) = (m.slug, m.version)
    LEFT JOIN tenantry.catalog_version b ON b.release = $2 AND b.slug = COALESCE(m.slug, t.slug)
        AND b.version = COALESCE(m.version, t.version)
    WHERE (m.release_date, m.release_notes, m.config_schema, m.is_active)
          IS DISTINCT FROM (t.release_date, t.release_notes, t.config_schema, t.is_active)
),
differing AS (
    SELECT * FROM category UNION ALL SELECT * FROM atom UNION ALL SELECT * FROM version
),
noted AS MATERIALIZED (
    -- What the last synchronisation had no room for is neither removed nor edited by the tenant, and what it has left behind is
    -- not the tenant's own, as long as it is as it was.
    SELECT d.part, d.key, d.version, d.category, d.holder, d.renames, d.is_active, d.master, d.tenant,
           CASE WHEN d.master IS NULL THEN tenantry.was_released(d.part, d.key, d.version) END AS was_released,
           CASE WHEN $2::integer IS NULL AND d.tenant IS NOT NULL
                THEN tenantry.was_released(d.part, d.key, d.version, d.tenant) END AS was_like_this,
           CASE WHEN n.deviation = 'left_out' AND n.content IS NULL THEN NULL ELSE d.base END AS base,
           n.content = md5(d.tenant::text) AS waits
    FROM differing d
    LEFT JOIN tenantry.catalog_deviation n
        ON n.schema_name = $3 AND n.deviation IN ('left_out', 'left_over') AND n.part = d.part AND n.key = d.key AND n.version = d.version
)
SELECT part AS "part!: Part", key AS "key!", version AS "version!", category, holder,
       COALESCE(renames, false) AS "renames!", md5(tenant::text) AS content, is_active AS "is_active!",
       COALESCE(base = tenant OR was_like_this OR waits, false) AS "is_ours!",
       CASE WHEN is_active THEN md5((tenant[1:3] || 'false'::text)::text) END AS content_off,
       CASE
           -- The release has no such row. Only versions can be switched off.
           WHEN master IS NULL AND NOT was_released THEN 'own'
           WHEN master IS NULL AND (NOT is_active OR base IS NULL AND $2 IS NOT NULL) THEN 'left'
           WHEN master IS NULL AND (base = tenant OR was_like_this) THEN 'gone'
           WHEN master IS NULL THEN 'edited_and_gone'
           -- The tenant has no such row.
           WHEN tenant IS NULL AND base IS NULL THEN 'new'
           WHEN tenant IS NULL AND base = master THEN 'removed'
           WHEN tenant IS NULL THEN 'removed_and_changed'
           -- Both have it, and it differs.
           WHEN base = tenant OR was_like_this OR waits THEN 'changed'
           WHEN $2 IS NULL THEN 'unknown'
           WHEN base IS NULL THEN 'added_twice'
           WHEN base = master THEN 'edited'
           ELSE 'edited_and_changed'
       END AS "state!: RowState"
FROM noted
ORDER BY 1, 2, 3
