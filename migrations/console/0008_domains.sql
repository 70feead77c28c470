-- What is known about domains beside the platform's own rows: since when they are whose, where they should lead, and what
-- the world answers about them.

-- Since when a domain is a tenant's, and who made it so. A domain that the platform's own application gave has no row, or one
-- that names another tenant. No foreign keys: the platform's tables must not depend on ours.
CREATE TABLE tenantry.assignment (
    domain text CONSTRAINT assignment_pkey PRIMARY KEY,
    -- The key of its row in the platform's table, which stays when the schema gets another name.
    tenant text NOT NULL,
    since timestamp with time zone NOT NULL DEFAULT now(),
    assigned_by text NOT NULL DEFAULT session_user
);

-- Where this platform's domains should lead, and whether one is given only after its owner has shown that it is theirs.
CREATE TABLE tenantry.domain_policy (
    one boolean CONSTRAINT domain_policy_pkey PRIMARY KEY DEFAULT true CONSTRAINT domain_policy_one_check CHECK (one),
    -- Addresses of A and AAAA records, names of CNAME records, certificate authorities by their CAA names; none: anything.
    addresses text[] NOT NULL DEFAULT '{}',
    names text[] NOT NULL DEFAULT '{}',
    authorities text[] NOT NULL DEFAULT '{}',
    https_port integer NOT NULL DEFAULT 443 CONSTRAINT domain_policy_https_port_check CHECK (https_port BETWEEN 1 AND 65535),
    proof_required boolean NOT NULL DEFAULT false,
    -- The key from which the tokens of ownership proofs are made: 244 random bits.
    secret bytea NOT NULL DEFAULT uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
);
INSERT INTO tenantry.domain_policy DEFAULT VALUES;

-- What the world answered. A look-up that failed changes neither state nor evidence: it is counted and noted beside them.
CREATE TABLE tenantry.domain_axis (
    domain text NOT NULL,
    axis text NOT NULL CONSTRAINT domain_axis_axis_check CHECK (axis IN ('ownership', 'routing', 'certificate')),
    -- Whose proof it is, as in `assignment`; empty for the other axes, which are about the name alone.
    tenant text NOT NULL DEFAULT '',
    state text NOT NULL,
    since timestamp with time zone NOT NULL DEFAULT now(),
    evidence jsonb NOT NULL,
    vantage text NOT NULL,
    -- When state and evidence were seen; a look that failed does not count.
    seen_at timestamp with time zone NOT NULL DEFAULT now(),
    checked_at timestamp with time zone NOT NULL DEFAULT now(),
    next_check timestamp with time zone,
    -- Checks in a row that found the same trouble, or could not look at all.
    troubles integer NOT NULL DEFAULT 0,
    failure text,
    CONSTRAINT domain_axis_pkey PRIMARY KEY (domain, axis, tenant)
);
CREATE INDEX domain_axis_next_check_idx ON tenantry.domain_axis (next_check) WHERE axis = 'routing';

-- Whether an operation was taken back is asked for each one that is shown, and the plans of large ones are long.
CREATE INDEX operation_undone_idx ON tenantry.operation ((plan #>> '{intent,request,operation}')) WHERE kind = 'undo';

-- A tenant that has domains has one primary among them. At most one is a unique index's affair. That there is one at all can
-- be said only when a transaction ends, since the platform clears the old one first: a deferred trigger's. Its arguments are
-- the table's own column of the tenant, and that column's type. It runs with the rights of whoever writes the table.
CREATE FUNCTION tenantry.check_primary_domain() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    tenant text;
    is_without boolean;
BEGIN
    FOREACH tenant IN ARRAY array_remove(ARRAY[
        CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) ->> TG_ARGV[0] END,
        CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) ->> TG_ARGV[0] END], NULL)
    LOOP
        -- The primary row is locked: whoever is taking it away at this moment is waited for.
        EXECUTE format('SELECT NOT EXISTS (SELECT FROM (SELECT FROM %1$s WHERE %2$I = $1::%3$s AND is_primary FOR SHARE) AS kept)
                               AND EXISTS (SELECT FROM %1$s WHERE %2$I = $1::%3$s)',
                       TG_RELID::regclass, TG_ARGV[0], TG_ARGV[1])
            INTO is_without USING tenant;
        IF is_without THEN
            RAISE EXCEPTION 'a tenant that has domains needs a primary one among them'
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'tenantry_primary_domain',
                      HINT = 'Make another of its domains primary in the same transaction.';
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;

-- The platform's domain table, and its column that refers to the tenant.
CREATE FUNCTION tenantry.domain_table(OUT relation regclass, OUT index_name text, OUT tenant_column name, OUT tenant_type text)
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT d.oid::regclass, format('%I.tenantry_primary_domain', dm.table_schema), a.attname, format_type(a.atttypid, a.atttypmod)
    FROM tenantry.mapping dm
    JOIN tenantry.mapping tm ON tm.part = 'tenant'
    JOIN pg_class d ON d.relname = dm.table_name AND d.relnamespace = to_regnamespace(quote_ident(dm.table_schema))
    JOIN pg_class t ON t.relname = tm.table_name AND t.relnamespace = to_regnamespace(quote_ident(tm.table_schema))
    JOIN pg_constraint c ON c.contype = 'f' AND c.conrelid = d.oid AND c.confrelid = t.oid AND cardinality(c.conkey) = 1
    JOIN pg_attribute a ON a.attrelid = d.oid AND a.attnum = c.conkey[1]
    WHERE dm.part = 'domain'
    ORDER BY c.oid
    LIMIT 1;
END;

-- Takes both guards of the primary domain off the platform's table.
CREATE FUNCTION tenantry.release_primary_domain() RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    guarded record;
BEGIN
    FOR guarded IN SELECT i.indexrelid::regclass AS index FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                   WHERE c.relname = 'tenantry_primary_domain' LOOP
        EXECUTE format('DROP INDEX %s', guarded.index);
    END LOOP;
    FOR guarded IN SELECT g.tgrelid::regclass AS relation, g.tgname AS name FROM pg_trigger g
                   WHERE g.tgfoid = 'tenantry.check_primary_domain()'::regprocedure LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', guarded.name, guarded.relation);
    END LOOP;
END
$$;

-- Has the database keep to one primary domain a tenant. Answers why it cannot, where it cannot: then nothing is changed.
CREATE FUNCTION tenantry.guard_primary_domain() RETURNS text
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    target record;
    several boolean;
BEGIN
    SELECT * INTO target FROM tenantry.domain_table();
    IF target.relation IS NULL THEN
        RETURN 'unmapped';
    ELSIF NOT pg_has_role((SELECT relowner FROM pg_class WHERE oid = target.relation), 'USAGE') THEN
        RETURN 'not_owner';
    ELSIF (SELECT relkind FROM pg_class WHERE oid = target.relation) <> 'r' THEN
        RETURN 'partitioned';
    ELSIF NOT has_schema_privilege((SELECT relnamespace FROM pg_class WHERE oid = target.relation), 'CREATE') THEN
        RETURN 'no_right';
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE is_primary GROUP BY %I HAVING count(*) > 1)', target.relation, target.tenant_column)
        INTO several;
    IF several THEN
        RETURN 'several';
    END IF;
    PERFORM tenantry.release_primary_domain();
    EXECUTE format('CREATE UNIQUE INDEX tenantry_primary_domain ON %s (%I) WHERE is_primary', target.relation, target.tenant_column);
    EXECUTE format('CREATE CONSTRAINT TRIGGER tenantry_primary_domain_given AFTER INSERT ON %s DEFERRABLE INITIALLY DEFERRED '
                   'FOR EACH ROW WHEN (NOT NEW.is_primary) EXECUTE FUNCTION tenantry.check_primary_domain(%L, %L)',
                   target.relation, target.tenant_column, target.tenant_type);
    EXECUTE format('CREATE CONSTRAINT TRIGGER tenantry_primary_domain_changed AFTER UPDATE ON %1$s DEFERRABLE INITIALLY DEFERRED '
                   'FOR EACH ROW WHEN (OLD.is_primary AND NOT NEW.is_primary OR OLD.%2$I IS DISTINCT FROM NEW.%2$I) '
                   'EXECUTE FUNCTION tenantry.check_primary_domain(%3$L, %4$L)',
                   target.relation, target.tenant_column, target.tenant_column, target.tenant_type);
    EXECUTE format('CREATE CONSTRAINT TRIGGER tenantry_primary_domain_taken AFTER DELETE ON %s DEFERRABLE INITIALLY DEFERRED '
                   'FOR EACH ROW WHEN (OLD.is_primary) EXECUTE FUNCTION tenantry.check_primary_domain(%L, %L)',
                   target.relation, target.tenant_column, target.tenant_type);
    RETURN NULL;
END
$$;

SELECT tenantry.guard_primary_domain();
