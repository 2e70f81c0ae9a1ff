CREATE OR REPLACE FUNCTION budgets_check_direct_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.reverses_id IS NOT NULL OR EXISTS (
        SELECT FROM ledger_transfer t JOIN ledger_account a ON a.id = t.source_id
        WHERE t.entry_id = NEW.id AND a.kind = 'direct_payment'
    ) THEN
        RAISE EXCEPTION 'Entry "%" would take a direct payment back without notice.', NEW.key
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'budgets_direct_payment_comes_back_after_notice';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER budgets_recovery_goes_step_by_step ON budgets_recovery;
DROP TRIGGER budgets_recovery_is_kept ON budgets_recovery;
DROP FUNCTION budgets_check_recovery, budgets_notice_days;
