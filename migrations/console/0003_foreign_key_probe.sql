-- Asks every foreign key of one schema whether it holds and whether it is enforced. A definition in the catalog proves
-- neither: triggers can be off, and rows can have come in while they were. So each key is tried with a wrong row, in a
-- sub-transaction that is always rolled back.
CREATE FUNCTION tenantry.probe_foreign_keys(in_schema text)
    RETURNS TABLE (table_name text, constraint_name text, validated boolean, refused boolean, answer text, orphans bigint)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    key record;
    deferred text;
BEGIN
    FOR key IN
        SELECT c.oid, c.conname, c.convalidated, c.condeferrable, t.oid AS child, t.relname,
               format('%I.%I', n.nspname, t.relname) AS child_name,
               format('%I.%I', pn.nspname, p.relname) AS parent_name,
               (SELECT string_agg(format('c.%I = p.%I', ca.attname, pa.attname), ' AND ')
                FROM unnest(c.conkey, c.confkey) AS k (child_column, parent_column)
                JOIN pg_attribute ca ON ca.attrelid = c.conrelid AND ca.attnum = k.child_column
                JOIN pg_attribute pa ON pa.attrelid = c.confrelid AND pa.attnum = k.parent_column) AS matches,
               (SELECT string_agg(format('c.%I IS NOT NULL', ca.attname), ' AND ')
                FROM unnest(c.conkey) AS k (child_column)
                JOIN pg_attribute ca ON ca.attrelid = c.conrelid AND ca.attnum = k.child_column) AS given,
               (SELECT string_agg(format('%I', a.attname), ', ' ORDER BY a.attnum)
                FROM pg_attribute a
                WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                  AND (a.attnotnull OR a.attnum = ANY (c.conkey))) AS columns,
               -- A value of each column's type that no row refers to by chance.
               (SELECT string_agg(CASE ty.typcategory
                                      WHEN 'N' THEN CASE WHEN a.attnum = ANY (pos.plain) THEN '0' ELSE '-2147483' END
                                      WHEN 'B' THEN 'false'
                                      WHEN 'D' THEN '''2000-01-01'''
                                      ELSE CASE WHEN ty.typname IN ('jsonb', 'json') THEN '''{}'''
                                                WHEN ty.typname = 'uuid' THEN '''ffffffff-ffff-4fff-bfff-ffffffffffff'''
                                                ELSE '''~''' END
                                  END || '::' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum)
                FROM pg_attribute a
                JOIN pg_type ty ON ty.oid = a.atttypid
                CROSS JOIN (SELECT array(SELECT x.attnum FROM pg_attribute x
                                         WHERE x.attrelid = t.oid AND x.attnum > 0
                                           AND NOT x.attnum = ANY (SELECT unnest(k.conkey) FROM pg_constraint k
                                                                   WHERE k.conrelid = t.oid AND k.contype IN ('f', 'p', 'u'))) AS plain) pos
                WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                  AND (a.attnotnull OR a.attnum = ANY (c.conkey))) AS wrong_row
        FROM pg_constraint c
        JOIN pg_class t ON t.oid = c.conrelid
        JOIN pg_namespace n ON n.oid = t.relnamespace
        JOIN pg_class p ON p.oid = c.confrelid
        JOIN pg_namespace pn ON pn.oid = p.relnamespace
        WHERE n.nspname = in_schema AND c.contype = 'f' AND c.conparentid = 0
        ORDER BY t.relname, c.conname
    LOOP
        table_name := key.relname;
        constraint_name := key.conname;
        validated := key.convalidated;
        EXECUTE format('SELECT count(*) FROM %s c WHERE %s AND NOT EXISTS (SELECT FROM %s p WHERE %s)',
                       key.child_name, key.given, key.parent_name, key.matches) INTO orphans;
        deferred := format('SET CONSTRAINTS %I.%I IMMEDIATE', in_schema, key.conname);
        BEGIN
            EXECUTE format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE VALUES (%s)', key.child_name, key.columns, key.wrong_row);
            IF key.condeferrable THEN
                EXECUTE deferred;
            END IF;
            RAISE EXCEPTION USING ERRCODE = 'TY001', MESSAGE = 'accepted';
        EXCEPTION
            WHEN foreign_key_violation THEN
                GET STACKED DIAGNOSTICS answer = CONSTRAINT_NAME;
                refused := answer = key.conname OR NOT key.condeferrable;
                answer := SQLERRM;
            WHEN SQLSTATE 'TY001' THEN
                refused := false;
                answer := 'a row without a target was accepted';
            WHEN OTHERS THEN
                refused := NULL;
                answer := SQLSTATE || ': ' || SQLERRM;
        END;
        RETURN NEXT;
    END LOOP;
END $$;
