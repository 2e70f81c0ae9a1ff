-- periods_close_in_order.sql: a book closes forward, span after span, with its balances, and never opens again.

CREATE FUNCTION ledger_check_period() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_end date;
    last_seal bytea;
BEGIN
    PERFORM pg_advisory_xact_lock(ledger_door(NEW.book_id));
    SELECT p.end_date, p.seal INTO last_end, last_seal FROM ledger_period p
    WHERE p.book_id = NEW.book_id ORDER BY p.end_date DESC LIMIT 1;
    IF FOUND AND (NEW.start_date <> last_end OR NEW.previous_seal IS DISTINCT FROM last_seal) THEN
        RAISE EXCEPTION 'The book is closed up to %; the next period starts there and carries its seal.', last_end
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_period_follows_the_last';
    ELSIF NOT FOUND AND (NEW.previous_seal IS NOT NULL OR EXISTS (
            SELECT FROM ledger_entry e WHERE e.book_id = NEW.book_id AND e.effective_date < NEW.start_date)) THEN
        RAISE EXCEPTION 'The first period starts at or before the first entry and follows no seal.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_period_follows_the_last';
    END IF;
    IF NEW.recorded_in <> pg_current_xact_id() THEN
        RAISE EXCEPTION 'A period says truly when it was closed.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_period_is_recorded_now';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER ledger_period_follows_the_last BEFORE INSERT ON ledger_period
FOR EACH ROW EXECUTE FUNCTION ledger_check_period();

CREATE FUNCTION ledger_check_closing_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM new_balances n
        JOIN ledger_period p ON p.id = n.period_id JOIN ledger_account a ON a.id = n.account_id
        WHERE p.recorded_in <> pg_current_xact_id() OR a.book_id <> p.book_id
    ) THEN
        RAISE EXCEPTION 'Closing balances are written with their period, in its own book.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_closing_balance_comes_with_its_period';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_closing_balance_comes_with_its_period AFTER INSERT ON ledger_closingbalance
REFERENCING NEW TABLE AS new_balances FOR EACH STATEMENT EXECUTE FUNCTION ledger_check_closing_balances();
