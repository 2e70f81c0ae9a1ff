-- counts_refer_to_what_is_there_undo.sql: lets foreign keys look up row by row again.
DROP TRIGGER reconciliation_clustermonth_keeps_its_name ON reconciliation_clustermonth;
DROP TRIGGER reconciliation_cluster_keeps_its_name ON clusters_cluster;
DO $$
DECLARE
    kept text;
    reference record;
BEGIN
    FOREACH kept IN ARRAY ARRAY['reconciliation_clustermonth', 'reconciliation_servicemonth', 'reconciliation_statement',
                                'reconciliation_finding'] LOOP
        EXECUTE format('DROP TRIGGER %I ON %I', kept || '_refers', kept);
        EXECUTE format('DROP TRIGGER %I ON %I', kept || '_still_refers', kept);
        FOR reference IN
            SELECT c.conname FROM pg_constraint c WHERE c.contype = 'f' AND c.conrelid = kept::regclass AND NOT c.conenforced
        LOOP
            EXECUTE format('ALTER TABLE %I ALTER CONSTRAINT %I ENFORCED', kept, reference.conname);
        END LOOP;
    END LOOP;
END $$;
DROP FUNCTION reconciliation_check_references;
