-- recovery_waits_for_its_notice.sql: a direct payment comes back only after notice, with no dispute open, as considered.

CREATE TRIGGER budgets_recovery_is_kept BEFORE DELETE OR TRUNCATE ON budgets_recovery
FOR EACH STATEMENT EXECUTE FUNCTION budgets_refuse_change();

-- How many days of notice a council gives on a day; 28 where nobody has said.
CREATE FUNCTION budgets_notice_days(council uuid, on_day date) RETURNS integer LANGUAGE sql STABLE RETURN coalesce((
    SELECT v.value FROM people_policyvalue v
    WHERE v.code = 'dp_recovery_notice_days' AND v.withdrawn_at IS NULL AND (v.council_id = council OR v.council_id IS NULL)
        AND v.effective_date <= on_day AND (v.until_date IS NULL OR v.until_date > on_day)
    ORDER BY v.council_id NULLS LAST, v.effective_date DESC LIMIT 1), 28)::integer;

CREATE FUNCTION budgets_check_recovery() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    steps text[] := ARRAY['state', 'earliest_date', 'afford', 'afford_words', 'dispute_words', 'answer_words',
        'answered_by_id', 'considered', 'taken_pence', 'taken_date', 'taken_by_id', 'entry_id'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'noticed' OR NOT EXISTS (
            SELECT FROM budgets_budget b JOIN people_person p ON p.id = b.person_id
            JOIN budgets_fundingstream s ON s.id = NEW.stream_id AND s.council_id = p.council_id
            WHERE b.id = NEW.budget_id AND p.id = NEW.person_id
                AND NEW.earliest_date >= NEW.noticed_date + budgets_notice_days(p.council_id, NEW.noticed_date)
        ) THEN
            RAISE EXCEPTION 'Money is asked back with notice, into a budget of the same person.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'budgets_recovery_begins_with_notice';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state IN ('withdrawn', 'taken') OR NEW.earliest_date < OLD.earliest_date
        OR to_jsonb(OLD) - steps IS DISTINCT FROM to_jsonb(NEW) - steps
        OR (OLD.dispute_words <> '' AND NEW.dispute_words <> OLD.dispute_words)
        OR (OLD.state = 'disputed' AND NEW.state = 'noticed' AND NEW.answer_words = '')
        OR (OLD.state = 'disputed' AND NEW.state = 'taken') THEN
        RAISE EXCEPTION 'Recovery % goes on step by step, and what was said of it stays.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'budgets_recovery_goes_step_by_step';
    END IF;
    IF NEW.state = 'taken' AND NOT EXISTS (
        SELECT FROM ledger_entry e JOIN ledger_transfer t ON t.entry_id = e.id
        WHERE e.id = NEW.entry_id AND e.key = 'recover:' || NEW.id AND e.kind = 'direct_payment'
            AND t.amount_pence = NEW.taken_pence AND coalesce(e.concerned_date, e.effective_date) = NEW.taken_date
    ) THEN
        RAISE EXCEPTION 'Recovery % does not say what its entry moved.', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budgets_recovery_is_in_the_books';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER budgets_recovery_goes_step_by_step BEFORE INSERT OR UPDATE ON budgets_recovery
FOR EACH ROW EXECUTE FUNCTION budgets_check_recovery();

CREATE OR REPLACE FUNCTION budgets_check_direct_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.reverses_id IS NOT NULL OR EXISTS (
        SELECT FROM ledger_transfer t JOIN ledger_account a ON a.id = t.source_id AND a.kind = 'direct_payment'
        WHERE t.entry_id = NEW.id AND NOT EXISTS (
            SELECT FROM budgets_recovery r
            JOIN budgets_fundingstream s ON s.id = r.stream_id
            WHERE NEW.key = 'recover:' || r.id AND r.state = 'noticed' AND r.considered <> ''
                AND coalesce(NEW.concerned_date, NEW.effective_date) >= r.earliest_date
                AND t.amount_pence <= r.amount_pence
                AND t.source_id = ledger_account_id(NEW.book_id, 'direct_payment', r.person_id, NULL, s.code)
                AND t.target_id = ledger_account_id(NEW.book_id, 'budget', r.budget_id, NULL, s.code))
    ) THEN
        RAISE EXCEPTION 'Entry "%" would take a direct payment back without notice.', NEW.key
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'budgets_direct_payment_comes_back_after_notice';
    END IF;
    RETURN NULL;
END $$;
