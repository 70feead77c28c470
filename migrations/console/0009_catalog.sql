-- The master catalog's releases, and how far each tenant's copy of the catalog is.

-- An immutable snapshot of the master catalog.
CREATE TABLE tenantry.catalog_release (
    number integer CONSTRAINT catalog_release_pkey PRIMARY KEY CONSTRAINT catalog_release_number_check CHECK (number > 0),
    -- SHA-256 over its rows, in hexadecimal.
    content_hash text NOT NULL,
    notes text NOT NULL,
    released_at timestamp with time zone NOT NULL DEFAULT now(),
    released_by text NOT NULL DEFAULT session_user,
    categories integer NOT NULL,
    atoms integer NOT NULL,
    versions integer NOT NULL
);

-- The rows of every release. Release 0 is the master catalog itself, which is still being written.
CREATE TABLE tenantry.catalog_category (
    release integer NOT NULL DEFAULT 0,
    name varchar(100) NOT NULL,
    description text NOT NULL,
    CONSTRAINT catalog_category_pkey PRIMARY KEY (release, name)
);
CREATE TABLE tenantry.catalog_atom (
    release integer NOT NULL DEFAULT 0,
    slug varchar(150) NOT NULL,
    name varchar(150) NOT NULL,
    description text NOT NULL,
    category varchar(100) NOT NULL,
    CONSTRAINT catalog_atom_pkey PRIMARY KEY (release, slug),
    -- Asked at the end of a statement: two atoms may change names.
    CONSTRAINT catalog_atom_name_key UNIQUE (release, name) DEFERRABLE,
    CONSTRAINT catalog_atom_category_fkey FOREIGN KEY (release, category) REFERENCES tenantry.catalog_category
);
CREATE TABLE tenantry.catalog_version (
    release integer NOT NULL DEFAULT 0,
    slug varchar(150) NOT NULL,
    version varchar(50) NOT NULL,
    release_date date NOT NULL,
    release_notes text NOT NULL,
    config_schema jsonb NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT catalog_version_pkey PRIMARY KEY (release, slug, version),
    CONSTRAINT catalog_version_slug_fkey FOREIGN KEY (release, slug) REFERENCES tenantry.catalog_atom
);
-- What a row was in any release.
CREATE INDEX catalog_category_name_idx ON tenantry.catalog_category (name);
CREATE INDEX catalog_atom_slug_idx ON tenantry.catalog_atom (slug);
CREATE INDEX catalog_version_slug_idx ON tenantry.catalog_version (slug, version);

INSERT INTO tenantry.catalog_category (name, description) SELECT name, description FROM tenantry.master_category;
INSERT INTO tenantry.catalog_atom (slug, name, description, category)
SELECT slug, name, description, category FROM tenantry.master_atom;
INSERT INTO tenantry.catalog_version (slug, version, release_date, release_notes, config_schema, is_active)
SELECT slug, version, release_date, release_notes, config_schema, is_active FROM tenantry.master_version;
DROP TABLE tenantry.master_version, tenantry.master_atom, tenantry.master_category;

-- A release never changes, and nothing joins it later.
CREATE FUNCTION tenantry.refuse_release_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'a release of the catalog never changes'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'catalog_release_immutable';
END
$$;
CREATE FUNCTION tenantry.refuse_release_addition() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM (SELECT DISTINCT release FROM added) a JOIN tenantry.catalog_release r ON r.number = a.release) THEN
        RAISE EXCEPTION 'a release of the catalog never changes'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'catalog_release_immutable';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER catalog_release_kept BEFORE UPDATE OR DELETE ON tenantry.catalog_release
    FOR EACH ROW EXECUTE FUNCTION tenantry.refuse_release_change();
CREATE TRIGGER catalog_category_kept BEFORE DELETE ON tenantry.catalog_category
    FOR EACH ROW WHEN (OLD.release > 0) EXECUTE FUNCTION tenantry.refuse_release_change();
CREATE TRIGGER catalog_category_unchanged BEFORE UPDATE ON tenantry.catalog_category
    FOR EACH ROW WHEN (OLD.release > 0 OR NEW.release > 0) EXECUTE FUNCTION tenantry.refuse_release_change();
CREATE TRIGGER catalog_atom_kept BEFORE DELETE ON tenantry.catalog_atom
    FOR EACH ROW WHEN (OLD.release > 0) EXECUTE FUNCTION tenantry.refuse_release_change();
CREATE TRIGGER catalog_atom_unchanged BEFORE UPDATE ON tenantry.catalog_atom
    FOR EACH ROW WHEN (OLD.release > 0 OR NEW.release > 0) EXECUTE FUNCTION tenantry.refuse_release_change();
CREATE TRIGGER catalog_version_kept BEFORE DELETE ON tenantry.catalog_version
    FOR EACH ROW WHEN (OLD.release > 0) EXECUTE FUNCTION tenantry.refuse_release_change();
CREATE TRIGGER catalog_version_unchanged BEFORE UPDATE ON tenantry.catalog_version
    FOR EACH ROW WHEN (OLD.release > 0 OR NEW.release > 0) EXECUTE FUNCTION tenantry.refuse_release_change();
CREATE TRIGGER catalog_category_closed AFTER INSERT ON tenantry.catalog_category
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION tenantry.refuse_release_addition();
CREATE TRIGGER catalog_atom_closed AFTER INSERT ON tenantry.catalog_atom
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION tenantry.refuse_release_addition();
CREATE TRIGGER catalog_version_closed AFTER INSERT ON tenantry.catalog_version
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION tenantry.refuse_release_addition();

-- The content of a version: what a published one keeps for good. Whether it is active may change.
CREATE FUNCTION tenantry.version_content(release_date date, release_notes text, config_schema jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN md5((release_date - date '2000-01-01') || E'\n' || release_notes || E'\n' || config_schema::text);

-- Whoever publishes a version settles what it holds.
CREATE FUNCTION tenantry.check_published_version() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    changed record;
BEGIN
    SELECT w.slug, w.version INTO changed
    FROM written w
    JOIN tenantry.catalog_version p ON p.slug = w.slug AND p.version = w.version AND p.release > 0
    WHERE tenantry.version_content(p.release_date, p.release_notes, p.config_schema)
          <> tenantry.version_content(w.release_date, w.release_notes, w.config_schema)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'version % of % is published; its content never changes', changed.version, changed.slug
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'catalog_version_published',
                  HINT = 'Give the new content a version number of its own.';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER catalog_version_published_inserted AFTER INSERT ON tenantry.catalog_version
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION tenantry.check_published_version();
CREATE TRIGGER catalog_version_published_updated AFTER UPDATE ON tenantry.catalog_version
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION tenantry.check_published_version();

-- Where new tenants start.
CREATE TABLE tenantry.catalog_policy (
    one boolean CONSTRAINT catalog_policy_pkey PRIMARY KEY DEFAULT true CONSTRAINT catalog_policy_one_check CHECK (one),
    -- NULL stands for the newest release.
    start_release integer CONSTRAINT catalog_policy_start_release_fkey REFERENCES tenantry.catalog_release
);
INSERT INTO tenantry.catalog_policy DEFAULT VALUES;

-- The release that a tenant's copy was last brought to: the base of its next synchronisation.
CREATE TABLE tenantry.catalog_copy (
    schema_name text CONSTRAINT catalog_copy_pkey PRIMARY KEY,
    release integer NOT NULL CONSTRAINT catalog_copy_release_fkey REFERENCES tenantry.catalog_release,
    synchronised_at timestamp with time zone NOT NULL DEFAULT now(),
    -- When every row was last compared with the release.
    compared_at timestamp with time zone NOT NULL DEFAULT now()
);

-- Rows in which a copy differed from its release when it was last compared. `left_out` is what it could not be given, since
-- another of its atoms has the name; it comes as soon as there is room.
CREATE TABLE tenantry.catalog_deviation (
    schema_name text NOT NULL CONSTRAINT catalog_deviation_schema_name_fkey
        REFERENCES tenantry.catalog_copy ON UPDATE CASCADE ON DELETE CASCADE,
    part text NOT NULL CONSTRAINT catalog_deviation_part_check CHECK (part IN ('category', 'atom', 'version')),
    -- A category's name, an atom's slug.
    key text NOT NULL,
    version text NOT NULL DEFAULT '',
    deviation text NOT NULL CONSTRAINT catalog_deviation_deviation_check CHECK (deviation IN ('edited', 'removed', 'own', 'left_out')),
    -- What the tenant has there; NULL where it has none.
    content text,
    -- Whether that is a version which is switched on.
    is_active boolean NOT NULL,
    CONSTRAINT catalog_deviation_pkey PRIMARY KEY (schema_name, part, key, version)
);
CREATE INDEX catalog_deviation_key_idx ON tenantry.catalog_deviation (key, version);

-- The rows in which a release differs from those that copies are at, with what it has there. Versions are switched off where the
-- release has them no longer; nothing else is done about rows that are gone.
CREATE FUNCTION tenantry.catalog_changes(seen_from integer)
    RETURNS TABLE (base integer, part text, key text, version text, content text, is_pending boolean)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT b.release AS base, 'category' AS part, r.key, '' AS version, r.content, true AS is_pending
    FROM (SELECT DISTINCT release FROM tenantry.catalog_copy WHERE release <> seen_from) b
    CROSS JOIN LATERAL (
        SELECT n.name::text AS key, md5(ARRAY[n.description]::text) AS content
        FROM tenantry.catalog_category n
        LEFT JOIN tenantry.catalog_category o ON o.release = b.release AND o.name = n.name
        WHERE n.release = seen_from AND o.description IS DISTINCT FROM n.description
    ) r
    UNION ALL
    SELECT b.release, 'atom', r.key, '', r.content, true
    FROM (SELECT DISTINCT release FROM tenantry.catalog_copy WHERE release <> seen_from) b
    CROSS JOIN LATERAL (
        SELECT n.slug::text AS key, md5((ARRAY[n.name, n.description, n.category]::text[])::text) AS content
        FROM tenantry.catalog_atom n
        LEFT JOIN tenantry.catalog_atom o ON o.release = b.release AND o.slug = n.slug
        WHERE n.release = seen_from
          AND (o.name, o.description, o.category) IS DISTINCT FROM (n.name, n.description, n.category)
    ) r
    UNION ALL
    -- What is off already is no change, unless the tenant has switched it on.
    SELECT b.release, 'version', r.key, r.version, r.content, r.is_pending
    FROM (SELECT DISTINCT release FROM tenantry.catalog_copy WHERE release <> seen_from) b
    CROSS JOIN LATERAL (
        SELECT COALESCE(n.slug, o.slug)::text AS key, COALESCE(n.version, o.version)::text AS version,
               CASE WHEN n.slug IS NOT NULL
                    THEN md5(ARRAY[n.release_date::text, n.release_notes, n.config_schema::text, n.is_active::text]::text) END AS content,
               n.slug IS NOT NULL OR o.is_active AS is_pending
        FROM (SELECT * FROM tenantry.catalog_version WHERE release = seen_from) n
        FULL JOIN (SELECT * FROM tenantry.catalog_version WHERE release = b.release) o ON (o.slug, o.version) = (n.slug, n.version)
        WHERE (o.release_date, o.release_notes, o.config_schema, o.is_active)
              IS DISTINCT FROM (n.release_date, n.release_notes, n.config_schema, n.is_active)
    ) r;
END;

-- In what copies deviate from their releases, and whether another release has a say about it too. A version that is switched off
-- already is no matter of dispute where that release has it no longer.
CREATE FUNCTION tenantry.catalog_disputes(seen_from integer)
    RETURNS TABLE (schema_name text, part text, key text, deviation text, is_pending boolean, is_conflict boolean)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT d.schema_name, d.part, d.key, d.deviation, COALESCE(n.is_pending, false),
           d.deviation = 'left_out'
               OR n.key IS NOT NULL AND n.content IS DISTINCT FROM d.content AND (n.content IS NOT NULL OR d.is_active)
    FROM tenantry.catalog_deviation d
    JOIN tenantry.catalog_copy c ON c.schema_name = d.schema_name
    LEFT JOIN tenantry.catalog_changes(seen_from) n
        ON n.base = c.release AND n.part = d.part AND n.key = d.key AND n.version = d.version;
END;

-- What each synchronisation came to. It stays when the tenant goes.
CREATE TABLE tenantry.catalog_receipt (
    operation uuid CONSTRAINT catalog_receipt_pkey PRIMARY KEY,
    schema_name text NOT NULL,
    release_before integer,
    -- NULL where the first synchronisation was taken back.
    release integer,
    at timestamp with time zone NOT NULL DEFAULT now(),
    inserted integer NOT NULL,
    updated integer NOT NULL,
    deactivated integer NOT NULL,
    kept integer NOT NULL
);
CREATE INDEX catalog_receipt_schema_name_idx ON tenantry.catalog_receipt (schema_name, at);
