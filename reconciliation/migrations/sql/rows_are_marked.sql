-- rows_are_marked.sql: every row of a count carries a checksum over all its columns, so that check_books can name the very
-- row that was changed by hand. A migration that adds a column here has to mark the rows anew.
CREATE FUNCTION reconciliation_mark_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.checksum := 0;
    NEW.checksum := hash_record_extended(NEW, 0);
    RETURN NEW;
END $$;

DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['reconciliation_monthend', 'reconciliation_monthendevent', 'reconciliation_clustermonth',
                                'reconciliation_servicemonth', 'reconciliation_statement', 'reconciliation_certificateline',
                                'reconciliation_finding'] LOOP
        EXECUTE format('CREATE FUNCTION reconciliation_checksum(kept %I) RETURNS bigint LANGUAGE plpgsql STABLE PARALLEL SAFE '
            'AS $f$ BEGIN kept.checksum := 0; RETURN hash_record_extended(kept, 0); END $f$', kept);
        EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', kept);  -- signed months too get their marks
        EXECUTE format('UPDATE %I k SET checksum = reconciliation_checksum(k)', kept);
        EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', kept);
        -- Triggers of one kind fire in the order of their names: this one last, when the row is as it will be kept.
        EXECUTE format('CREATE TRIGGER zz_row_is_marked BEFORE INSERT OR UPDATE ON %I '
            'FOR EACH ROW EXECUTE FUNCTION reconciliation_mark_row()', kept);
    END LOOP;
END $$;
