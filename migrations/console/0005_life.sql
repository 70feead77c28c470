-- The life of tenants after their creation: where new structure comes from, what was deleted and can come back, and work
-- on many tenants that outlives the program which began it.

-- What a new tenant's schema is made from: another schema, or, where there is none, the files of migrations/tenant.
CREATE TABLE tenantry.blueprint (
    one boolean CONSTRAINT blueprint_pkey PRIMARY KEY DEFAULT true CONSTRAINT blueprint_one_check CHECK (one),
    template text,
    -- The template's rows that a clone gets too, a table each: [{"table": …, "keys": [primary keys] or null for all}].
    reference jsonb NOT NULL DEFAULT '[]'
);
INSERT INTO tenantry.blueprint DEFAULT VALUES;

-- Deleted tenants. Row and schema are still there under another name; only the domains are kept here.
CREATE TABLE tenantry.trash (
    schema_name text CONSTRAINT trash_pkey PRIMARY KEY,
    former_schema text NOT NULL,
    -- The values that the row had in the columns that deleting changed.
    former_row jsonb NOT NULL,
    domains jsonb NOT NULL DEFAULT '[]',
    tables text[] NOT NULL,
    deleted_at timestamp with time zone NOT NULL DEFAULT now(),
    deleted_by text NOT NULL DEFAULT session_user,
    -- Foreign keys to shared tables are being dropped: from here on there is no way back.
    purging boolean NOT NULL DEFAULT false
);
CREATE INDEX trash_former_schema_idx ON tenantry.trash (former_schema);

-- A job is one kind of operation on many tenants, an item each. An item is claimed by locking its row, and marked in
-- the transaction that does its work, so it is done exactly once, by whichever console comes first.
CREATE TABLE tenantry.job (
    id uuid CONSTRAINT job_pkey PRIMARY KEY,
    kind text NOT NULL,
    state text NOT NULL DEFAULT 'running' CONSTRAINT job_state_check CHECK (state IN ('running', 'paused', 'cancelled', 'finished')),
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    created_by text NOT NULL DEFAULT session_user,
    origin text NOT NULL
);
CREATE INDEX job_running_idx ON tenantry.job (created_at) WHERE state = 'running';

CREATE TABLE tenantry.job_item (
    job uuid NOT NULL CONSTRAINT job_item_job_fkey REFERENCES tenantry.job ON DELETE CASCADE,
    position integer NOT NULL,
    subject text NOT NULL,
    intent jsonb NOT NULL,
    -- The hash of the plan that was shown. Where the platform has changed so much that another plan results, the item
    -- fails instead. NULL: nobody has seen a plan yet.
    plan_hash text,
    state text NOT NULL DEFAULT 'waiting' CONSTRAINT job_item_state_check CHECK (state IN ('waiting', 'done', 'failed')),
    -- NULL where there was nothing to do.
    operation uuid,
    failure text,
    attempts integer NOT NULL DEFAULT 0,
    milliseconds integer,
    finished_at timestamp with time zone,
    CONSTRAINT job_item_pkey PRIMARY KEY (job, position)
);
CREATE INDEX job_item_waiting_idx ON tenantry.job_item (job, position) WHERE state = 'waiting';
