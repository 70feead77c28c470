-- The two views through which every statement of the engine sees tenants and domains. On this platform they cover the
-- tables that migrations/platform made. Django's columns have no defaults, so the views give what an INSERT leaves out.
INSERT INTO tenantry.mapping (part, table_schema, table_name)
VALUES ('tenant', 'public', 'tenants_tenant'), ('domain', 'public', 'tenants_domain');

CREATE VIEW tenantry.tenant WITH (security_invoker = true) AS
SELECT id, schema_name, name, is_active, created_on, primary_domain,
       seats_allowed, project_cap, admin_name, admin_email, users_in_use, allowed_apps, projects_allowed
FROM public.tenants_tenant;

ALTER VIEW tenantry.tenant ALTER COLUMN is_active SET DEFAULT true;
ALTER VIEW tenantry.tenant ALTER COLUMN created_on SET DEFAULT CURRENT_DATE;
ALTER VIEW tenantry.tenant ALTER COLUMN primary_domain SET DEFAULT '';
ALTER VIEW tenantry.tenant ALTER COLUMN seats_allowed SET DEFAULT 0;
ALTER VIEW tenantry.tenant ALTER COLUMN project_cap SET DEFAULT 0;
ALTER VIEW tenantry.tenant ALTER COLUMN admin_name SET DEFAULT '';
ALTER VIEW tenantry.tenant ALTER COLUMN admin_email SET DEFAULT '';
ALTER VIEW tenantry.tenant ALTER COLUMN users_in_use SET DEFAULT 0;
ALTER VIEW tenantry.tenant ALTER COLUMN allowed_apps SET DEFAULT '[]';
ALTER VIEW tenantry.tenant ALTER COLUMN projects_allowed SET DEFAULT '[]';

CREATE VIEW tenantry.domain WITH (security_invoker = true) AS
SELECT id, domain, is_primary, tenant_id
FROM public.tenants_domain;
