-- A tenant's key is its schema's name. The key of its row is the platform's own affair: an integer here, a uuid there.
ALTER TABLE tenantry.tenant_migration ADD COLUMN schema_name text;

UPDATE tenantry.tenant_migration m
SET schema_name = t.schema_name
FROM tenantry.tenant t
WHERE t.id = m.tenant_id;

-- What is left is of tenants that are gone.
DELETE FROM tenantry.tenant_migration WHERE schema_name IS NULL;

ALTER TABLE tenantry.tenant_migration
    DROP CONSTRAINT tenant_migration_pkey,
    DROP COLUMN tenant_id,
    ALTER COLUMN schema_name SET NOT NULL,
    ADD CONSTRAINT tenant_migration_pkey PRIMARY KEY (schema_name, version);
