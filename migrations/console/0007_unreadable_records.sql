-- Which of some rows of the tenant table, JSON as text, cannot be read as its columns' types: those with text that is no
-- integer, or too long, say. By their places, counted from 0. Each has a block of its own, since an error would else end
-- the transaction.
CREATE FUNCTION tenantry.unreadable_records(records text[]) RETURNS integer[]
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    bad integer[] := '{}';
BEGIN
    FOR place IN 1 .. cardinality(records) LOOP
        BEGIN
            PERFORM jsonb_populate_record(NULL::tenantry.tenant, records[place]::jsonb);
        EXCEPTION WHEN data_exception THEN
            bad := bad || (place - 1);
        END;
    END LOOP;
    RETURN bad;
END
$$;
