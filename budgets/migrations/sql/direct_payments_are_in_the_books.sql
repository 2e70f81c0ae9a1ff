-- direct_payments_are_in_the_books.sql: arrangements are only ended, and every instalment is what its entry moved.

CREATE TRIGGER budgets_arrangement_is_kept BEFORE DELETE OR TRUNCATE ON budgets_paymentarrangement
FOR EACH STATEMENT EXECUTE FUNCTION budgets_refuse_change();
CREATE TRIGGER budgets_instalment_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON budgets_instalment
FOR EACH STATEMENT EXECUTE FUNCTION budgets_refuse_change();

CREATE FUNCTION budgets_check_arrangement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.end_date IS NOT NULL OR NEW.end_date IS NULL
            OR to_jsonb(OLD) - ARRAY['end_date', 'ended_by_id']
                IS DISTINCT FROM to_jsonb(NEW) - ARRAY['end_date', 'ended_by_id'] THEN
            RAISE EXCEPTION 'Arrangement % can only be ended, once.', OLD.id
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'budgets_arrangement_is_only_ended';
        END IF;
        RETURN NEW;
    END IF;
    PERFORM FROM budgets_allocation a JOIN budgets_budget b ON b.id = a.budget_id
    WHERE a.id = NEW.allocation_id AND NEW.start_date >= b.start_date AND NEW.start_date < b.end_date
        AND CASE a.delivery WHEN 'direct_payment' THEN NEW.weekly_pence IS NULL
                            WHEN 'mixed' THEN NEW.weekly_pence IS NOT NULL ELSE false END;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'An arrangement pays out money that is held as a direct payment, or the part of a mixed one.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budgets_arrangement_is_of_a_direct_payment';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER budgets_arrangement_is_only_ended BEFORE INSERT OR UPDATE ON budgets_paymentarrangement
FOR EACH ROW EXECUTE FUNCTION budgets_check_arrangement();

CREATE FUNCTION budgets_check_instalment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM budgets_paymentarrangement r
    JOIN budgets_allocation a ON a.id = r.allocation_id
    JOIN budgets_budget b ON b.id = a.budget_id
    JOIN budgets_fundingstream s ON s.id = a.stream_id
    JOIN people_council c ON c.id = s.council_id
    JOIN ledger_entry e ON e.id = NEW.entry_id AND e.book_id = c.book_id AND e.kind = 'direct_payment'
        AND coalesce(e.concerned_date, e.effective_date) = NEW.paid_date
        AND starts_with(e.key, 'direct_payment:' || r.id || ':')
    JOIN ledger_transfer t ON t.entry_id = e.id AND t.amount_pence = NEW.amount_pence
        AND t.source_id = ledger_account_id(c.book_id, 'budget', b.id, NULL, s.code)
        AND t.target_id = ledger_account_id(c.book_id, 'direct_payment', b.person_id, NULL, s.code)
    WHERE r.id = NEW.arrangement_id AND NEW.first_date >= r.start_date AND NEW.last_date < b.end_date
        AND (SELECT count(*) FROM ledger_transfer o WHERE o.entry_id = e.id) = 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Instalment % does not say what its entry moved, or is for days of another arrangement.', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budgets_instalment_is_in_the_books';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER budgets_instalment_is_in_the_books BEFORE INSERT ON budgets_instalment
FOR EACH ROW EXECUTE FUNCTION budgets_check_instalment();

-- What somebody was paid is not simply taken back: not by undoing the entry either.
CREATE FUNCTION budgets_check_direct_entry() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE TRIGGER budgets_direct_payment_comes_back_after_notice AFTER INSERT ON ledger_entry
FOR EACH ROW WHEN (NEW.kind = 'direct_payment') EXECUTE FUNCTION budgets_check_direct_entry();
