-- entries_are_whole_undo.sql
DO $$
DECLARE
    reference record;
BEGIN
    FOR reference IN
        SELECT c.conrelid::regclass AS of_table, c.conname FROM pg_constraint c
        WHERE c.contype = 'f' AND c.conrelid IN ('ledger_transfer'::regclass, 'ledger_entry'::regclass)
    LOOP
        EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I ENFORCED', reference.of_table, reference.conname);
    END LOOP;
END $$;
DROP FUNCTION ledger_move_balances, ledger_check_entries CASCADE;
DROP FUNCTION ledger_plan_as_before, ledger_plan_for_many, ledger_door, ledger_open_from;
ALTER TABLE ledger_account RESET (fillfactor);
