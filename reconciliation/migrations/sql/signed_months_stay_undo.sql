-- signed_months_stay_undo.sql: takes the guards away again.
DROP TRIGGER reconciliation_event_stays ON reconciliation_monthendevent;
DROP TRIGGER reconciliation_month_end_is_kept ON reconciliation_monthend;
DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['reconciliation_clustermonth', 'reconciliation_certificateline', 'reconciliation_finding',
                                'reconciliation_servicemonth', 'reconciliation_statement'] LOOP
        EXECUTE format('DROP TRIGGER %I ON %I', kept || '_is_written_before_signing', kept);
        EXECUTE format('DROP TRIGGER %I ON %I', kept || '_does_not_move_in', kept);
        EXECUTE format('DROP TRIGGER %I ON %I', kept || '_stays', kept);
        EXECUTE format('DROP TRIGGER %I ON %I', kept || '_is_kept', kept);
    END LOOP;
END $$;
DROP FUNCTION reconciliation_check_unsigned_cluster, reconciliation_check_unsigned, reconciliation_refuse_change;
DROP TRIGGER reconciliation_month_goes_its_way ON reconciliation_monthend;
DROP FUNCTION reconciliation_check_month;
ALTER TABLE reconciliation_monthend DROP CONSTRAINT reconciliation_month_end_is_a_whole_month;
DROP INDEX ledger_entry_late;
