-- The same question as before, put better: a row with a key to its own table was its own target, and was accepted rightly;
-- columns of enums and intervals were given what no such column takes.
CREATE OR REPLACE FUNCTION tenantry.probe_foreign_keys(in_schema text)
    -- `refused` is NULL where the wrong row was refused for another reason than its key.
    RETURNS TABLE (table_name text, constraint_name text, validated boolean, refused boolean, answer text, orphans bigint)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    key record;
    refused_by text;
BEGIN
    FOR key IN
        SELECT child.relname, c.conname, c.convalidated, c.condeferrable,
               format('%I.%I', in_schema, child.relname) AS child,
               c.confrelid::regclass AS parent,
               -- On either side: without the target's triggers, its rows go and leave orphans.
               EXISTS (SELECT FROM pg_trigger t WHERE t.tgconstraint = c.oid AND t.tgenabled IN ('D', 'R')) AS silenced,
               link.given, link.matches,
               wrong.columns, wrong.row
        FROM pg_constraint c
        JOIN pg_class child ON child.oid = c.conrelid
        -- A row is an orphan if all columns of its key are given and no target matches them.
        CROSS JOIN LATERAL (
            SELECT string_agg(format('c.%I IS NOT NULL', ca.attname), ' AND ') AS given,
                   string_agg(format('c.%I = p.%I', ca.attname, pa.attname), ' AND ') AS matches
            FROM unnest(c.conkey, c.confkey) AS k (child_column, parent_column)
            JOIN pg_attribute ca ON ca.attrelid = c.conrelid AND ca.attnum = k.child_column
            JOIN pg_attribute pa ON pa.attrelid = c.confrelid AND pa.attnum = k.parent_column
        ) AS link
        -- The wrong row: every column that must be given, keys with a value that no row has, the one that is
        -- tried with yet another, others with a plain one.
        CROSS JOIN LATERAL (
            SELECT string_agg(format('%I', a.attname), ', ') AS columns,
                   string_agg(format('%L::%s', CASE
                       WHEN t.typcategory = 'N' AND a.attnum = ANY (c.conkey) THEN '-2147482'
                       WHEN t.typcategory = 'N' AND is_key.yes THEN '-2147483'
                       WHEN t.typcategory = 'N' THEN '0'
                       WHEN t.typcategory = 'B' THEN 'false'
                       WHEN t.typcategory = 'D' THEN '2000-01-01'
                       WHEN t.typname IN ('json', 'jsonb') THEN '{}'
                       WHEN t.typcategory = 'T' THEN '0'
                       WHEN t.typcategory = 'E' THEN (SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder LIMIT 1)
                       WHEN t.typname = 'uuid' AND a.attnum = ANY (c.conkey) THEN 'ffffffff-ffff-4fff-bfff-fffffffffffe'
                       WHEN t.typname = 'uuid' THEN 'ffffffff-ffff-4fff-bfff-ffffffffffff'
                       ELSE '~'
                   END, format_type(a.atttypid, a.atttypmod)), ', ') AS row
            FROM pg_attribute a
            JOIN pg_type t ON t.oid = a.atttypid
            CROSS JOIN LATERAL (
                SELECT EXISTS (SELECT FROM pg_constraint k
                               WHERE k.conrelid = a.attrelid AND k.contype IN ('f', 'p') AND a.attnum = ANY (k.conkey)) AS yes
            ) AS is_key
            WHERE a.attrelid = c.conrelid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
              AND (a.attnotnull OR a.attnum = ANY (c.conkey))
        ) AS wrong
        WHERE child.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = in_schema)
          AND c.contype = 'f' AND c.conparentid = 0
        ORDER BY child.relname, c.conname
    LOOP
        table_name := key.relname;
        constraint_name := key.conname;
        validated := key.convalidated;
        EXECUTE format('SELECT count(*) FROM %s c WHERE %s AND NOT EXISTS (SELECT FROM %s p WHERE %s)',
                       key.child, key.given, key.parent, key.matches) INTO orphans;
        BEGIN
            EXECUTE format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE VALUES (%s)', key.child, key.columns, key.row);
            IF key.condeferrable THEN
                EXECUTE format('SET CONSTRAINTS %I.%I IMMEDIATE', in_schema, key.conname);
            END IF;
            RAISE EXCEPTION USING ERRCODE = 'TY001';
        EXCEPTION
            WHEN foreign_key_violation THEN
                GET STACKED DIAGNOSTICS refused_by = CONSTRAINT_NAME;
                refused := CASE WHEN refused_by = key.conname THEN true END;
                answer := SQLERRM;
            WHEN SQLSTATE 'TY001' THEN
                refused := false;
                answer := 'a row without a target was accepted';
            WHEN OTHERS THEN
                refused := NULL;
                answer := SQLSTATE || ': ' || SQLERRM;
        END;
        IF key.silenced THEN
            refused := false;
            answer := 'a trigger of the key is switched off';
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;
