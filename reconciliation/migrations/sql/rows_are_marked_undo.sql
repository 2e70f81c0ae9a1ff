-- rows_are_marked_undo.sql: takes the checksums' triggers and functions away again.
DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['reconciliation_monthend', 'reconciliation_monthendevent', 'reconciliation_clustermonth',
                                'reconciliation_servicemonth', 'reconciliation_statement', 'reconciliation_certificateline',
                                'reconciliation_finding'] LOOP
        EXECUTE format('DROP TRIGGER zz_row_is_marked ON %I', kept);
        EXECUTE format('DROP FUNCTION reconciliation_checksum(%I)', kept);
    END LOOP;
END $$;
DROP FUNCTION reconciliation_mark_row;
