-- what_ended_stays.sql: what an ended budget gave back is what its entry moved, and stays.

CREATE FUNCTION budgets_check_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM budgets_allocation a
    JOIN budgets_fundingstream s ON s.id = a.stream_id
    JOIN people_council c ON c.id = s.council_id
    JOIN ledger_entry e ON e.id = NEW.entry_id AND e.book_id = c.book_id AND e.kind = 'allocate'
        AND coalesce(e.concerned_date, e.effective_date) = NEW.effective_date
    JOIN ledger_transfer t ON t.entry_id = e.id AND t.amount_pence = NEW.returned_pence
        AND t.source_id = ledger_account_id(c.book_id, 'budget', a.budget_id, NULL, s.code)
        AND t.target_id = ledger_account_id(c.book_id, 'funding', c.id, NULL, s.code)
    WHERE a.id = NEW.allocation_id AND (SELECT count(*) FROM ledger_transfer o WHERE o.entry_id = e.id) = 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'What % gave back is not what its entry moved.', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budgets_ended_is_in_the_books';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER budgets_ended_is_in_the_books BEFORE INSERT ON budgets_endedpart
FOR EACH ROW EXECUTE FUNCTION budgets_check_ended();
CREATE TRIGGER budgets_ended_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON budgets_endedpart
FOR EACH STATEMENT EXECUTE FUNCTION budgets_refuse_change();
