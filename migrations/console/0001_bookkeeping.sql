-- What Tenantry itself keeps, beside the platform it looks after, so that it commits with the work and two consoles agree.
-- Nothing in here is needed by the platform: dropping the schema `tenantry` leaves the platform as it was.

-- Which of the platform's tables play which part. The views `tenantry.tenant` and `tenantry.domain` are built over them.
CREATE TABLE tenantry.mapping (
    part text CONSTRAINT mapping_pkey PRIMARY KEY CONSTRAINT mapping_part_check CHECK (part IN ('tenant', 'domain')),
    table_schema text NOT NULL,
    table_name text NOT NULL
);

-- The journal: every write, with the plan that was applied and what would take it back. Each row's hash covers the row
-- before it, so a changed or missing row shows.
CREATE TABLE tenantry.operation (
    seq bigint CONSTRAINT operation_pkey PRIMARY KEY,
    id uuid NOT NULL CONSTRAINT operation_id_key UNIQUE,
    kind text NOT NULL,
    subject text NOT NULL,
    actor text NOT NULL,
    origin text NOT NULL,
    applied_at timestamp with time zone NOT NULL,
    plan jsonb NOT NULL,
    inverse jsonb,
    hash bytea NOT NULL
);

CREATE INDEX operation_kind_idx ON tenantry.operation (kind, seq);

-- The end of the chain. Its one row is locked while an operation is recorded, which puts the operations in one order.
CREATE TABLE tenantry.journal_head (
    one boolean CONSTRAINT journal_head_pkey PRIMARY KEY DEFAULT true CONSTRAINT journal_head_one_check CHECK (one),
    seq bigint NOT NULL,
    hash bytea NOT NULL
);
INSERT INTO tenantry.journal_head (seq, hash) VALUES (0, sha256('tenantry'));

-- The hash of one row of the journal, given the hash of the row before it.
CREATE FUNCTION tenantry.operation_hash(previous bytea, o tenantry.operation) RETURNS bytea
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
    SET timezone = 'UTC'
    SET datestyle = 'ISO'
    RETURN sha256(previous || convert_to(
        jsonb_build_array(o.seq, o.id, o.kind, o.subject, o.actor, o.origin, o.applied_at, o.plan, o.inverse)::text, 'UTF8'));

-- Appends one operation; the caller's transaction carries it.
CREATE FUNCTION tenantry.record_operation(id uuid, kind text, subject text, origin text, plan jsonb, inverse jsonb) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    head tenantry.journal_head;
    entry tenantry.operation;
BEGIN
    SELECT * INTO head FROM tenantry.journal_head FOR UPDATE;
    entry := ROW (head.seq + 1, id, kind, subject, session_user, origin, clock_timestamp(), plan, inverse, '');
    entry.hash := tenantry.operation_hash(head.hash, entry);
    INSERT INTO tenantry.operation SELECT entry.*;
    UPDATE tenantry.journal_head SET seq = entry.seq, hash = entry.hash;
    RETURN entry.seq;
END $$;

-- The master catalog: what new tenants start with and existing ones are brought up to.
CREATE TABLE tenantry.master_category (
    name varchar(100) CONSTRAINT master_category_pkey PRIMARY KEY,
    description text NOT NULL
);
CREATE TABLE tenantry.master_atom (
    slug varchar(150) CONSTRAINT master_atom_pkey PRIMARY KEY,
    name varchar(150) NOT NULL CONSTRAINT master_atom_name_key UNIQUE,
    description text NOT NULL,
    category varchar(100) NOT NULL CONSTRAINT master_atom_category_fkey REFERENCES tenantry.master_category
);
CREATE TABLE tenantry.master_version (
    slug varchar(150) NOT NULL CONSTRAINT master_version_slug_fkey REFERENCES tenantry.master_atom,
    version varchar(50) NOT NULL,
    release_date date NOT NULL,
    release_notes text NOT NULL,
    config_schema jsonb NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT master_version_pkey PRIMARY KEY (slug, version)
);

-- Which files of migrations/tenant each tenant's schema was made from. No foreign key: the platform's tenant table
-- must not depend on ours.
CREATE TABLE tenantry.tenant_migration (
    tenant_id bigint NOT NULL,
    version integer NOT NULL,
    description text NOT NULL,
    checksum bytea NOT NULL,
    applied_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT tenant_migration_pkey PRIMARY KEY (tenant_id, version)
);
