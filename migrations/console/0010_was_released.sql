-- `left_over`: the release does not have it, one that the copy was at had it, and the tenant has it as it came (a version
-- switched off). When a release has it again, nobody has to be asked.
ALTER TABLE tenantry.catalog_deviation
    DROP CONSTRAINT catalog_deviation_deviation_check,
    ADD CONSTRAINT catalog_deviation_deviation_check CHECK (deviation IN ('edited', 'removed', 'own', 'left_out', 'left_over'));

CREATE OR REPLACE FUNCTION tenantry.catalog_disputes(seen_from integer)
    RETURNS TABLE (schema_name text, part text, key text, deviation text, is_pending boolean, is_conflict boolean)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT d.schema_name, d.part, d.key, d.deviation, COALESCE(n.is_pending, false),
           d.deviation = 'left_out'
               OR n.key IS NOT NULL AND n.content IS DISTINCT FROM d.content AND (n.content IS NOT NULL OR d.is_active)
    FROM tenantry.catalog_deviation d
    JOIN tenantry.catalog_copy c ON c.schema_name = d.schema_name
    LEFT JOIN tenantry.catalog_changes(seen_from) n
        ON n.base = c.release AND n.part = d.part AND n.key = d.key AND n.version = d.version
    WHERE d.deviation <> 'left_over';
END;

-- Whether a release ever had a row; with a content (as comparisons put it together), whether one had it so. A function of its
-- own keeps its plans whichever schema is compared.
CREATE FUNCTION tenantry.was_released(part text, key text, version text, content text[] DEFAULT NULL) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    CASE part
        WHEN 'category' THEN
            RETURN EXISTS (
                SELECT FROM tenantry.catalog_category c
                WHERE c.name = was_released.key AND c.release > 0
                  AND (was_released.content IS NULL OR ARRAY[c.description]::text[] = was_released.content));
        WHEN 'atom' THEN
            RETURN EXISTS (
                SELECT FROM tenantry.catalog_atom a
                WHERE a.slug = was_released.key AND a.release > 0
                  AND (was_released.content IS NULL OR ARRAY[a.name, a.description, a.category]::text[] = was_released.content));
        ELSE
            RETURN EXISTS (
                SELECT FROM tenantry.catalog_version v
                WHERE v.slug = was_released.key AND v.version = was_released.version AND v.release > 0
                  AND (was_released.content IS NULL
                       OR ARRAY[v.release_date::text, v.release_notes, v.config_schema::text, v.is_active::text] = was_released.content));
    END CASE;
END
$$;

-- While a tenant is in the trash, and ever after it was purged.
ALTER TABLE tenantry.catalog_receipt ADD COLUMN deleted_at timestamp with time zone;
