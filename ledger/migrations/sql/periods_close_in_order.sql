-- periods_close_in_order.sql: a book closes forward, span after span, and never opens again. PostgreSQL itself counts,
-- seals and writes down the balances, so that nobody can close on figures of their own.

-- What each account holds at the end of a span: its last closing balance and what moved since, from the transfers
-- and not from guarded balances. Accounts that hold nothing are left out.
CREATE FUNCTION ledger_closing(book uuid, starts date, ends date)
RETURNS TABLE (account_id uuid, balance_pence bigint) LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH moved AS (
        SELECT t.source_id, t.target_id, t.amount_pence
        FROM ledger_entry e JOIN ledger_transfer t ON t.entry_id = e.id
        WHERE e.book_id = book AND e.effective_date >= starts AND e.effective_date < ends
    )
    SELECT p.account_id, sum(p.pence)::bigint
    FROM (
        SELECT c.account_id, c.balance_pence AS pence
        FROM ledger_closingbalance c JOIN ledger_period p ON p.id = c.period_id
        WHERE p.book_id = book AND p.end_date = starts
        UNION ALL SELECT m.source_id, -m.amount_pence FROM moved m
        UNION ALL SELECT m.target_id, m.amount_pence FROM moved m
    ) p
    GROUP BY p.account_id HAVING sum(p.pence) <> 0
$$;

-- How many entries a span has, and one hash over them: day by day, each day in order of key.
CREATE FUNCTION ledger_entries_hash(book uuid, starts date, ends date, OUT entry_count bigint, OUT hash bytea)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT coalesce(sum(d.entries), 0)::bigint,
        sha256(coalesce(string_agg(date_send(d.effective_date) || d.hash, '' ORDER BY d.effective_date), ''))
    FROM (
        SELECT e.effective_date, count(*) AS entries, sha256(string_agg(e.digest, '' ORDER BY e.key)) AS hash
        FROM ledger_entry e
        WHERE e.book_id = book AND e.effective_date >= starts AND e.effective_date < ends
        GROUP BY e.effective_date
    ) d
$$;

CREATE FUNCTION ledger_seal_period() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    last record;
    balances bytea;
    entries bytea;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'Close in read committed: an older snapshot could miss what was posted meanwhile.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_period_follows_the_last';
    END IF;
    PERFORM pg_advisory_xact_lock(ledger_door(NEW.book_id));
    SELECT p.end_date, p.seal INTO last FROM ledger_period p
    WHERE p.book_id = NEW.book_id ORDER BY p.end_date DESC LIMIT 1;
    IF FOUND AND NEW.start_date <> last.end_date THEN
        RAISE EXCEPTION 'The book is closed up to %; the next period starts there.', last.end_date
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_period_follows_the_last';
    ELSIF NOT FOUND AND EXISTS (
            SELECT FROM ledger_entry e WHERE e.book_id = NEW.book_id AND e.effective_date < NEW.start_date) THEN
        RAISE EXCEPTION 'The first period starts at or before the first entry.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_period_follows_the_last';
    END IF;
    NEW.previous_seal := last.seal;
    NEW.recorded_in := pg_current_xact_id();
    SELECT h.entry_count, h.hash INTO NEW.entry_count, entries
    FROM ledger_entries_hash(NEW.book_id, NEW.start_date, NEW.end_date) h;
    SELECT sha256(coalesce(string_agg(uuid_send(c.account_id) || int8send(c.balance_pence), '' ORDER BY c.account_id), ''))
    INTO balances FROM ledger_closing(NEW.book_id, NEW.start_date, NEW.end_date) c;
    NEW.seal := ledger_seal(NEW.previous_seal, NEW.id, NEW.book_id, NEW.start_date, NEW.end_date, NEW.entry_count,
        entries, balances, NEW.closed_at, NEW.closed_by, NEW.recorded_in);
    RETURN NEW;
END $$;

CREATE TRIGGER ledger_period_is_sealed BEFORE INSERT ON ledger_period
FOR EACH ROW EXECUTE FUNCTION ledger_seal_period();

CREATE FUNCTION ledger_write_closing_balances() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO ledger_closingbalance (id, period_id, account_id, balance_pence)
    SELECT ledger_closing_balance_id(NEW.id, c.account_id), NEW.id, c.account_id, c.balance_pence
    FROM ledger_closing(NEW.book_id, NEW.start_date, NEW.end_date) c;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_period_writes_its_balances AFTER INSERT ON ledger_period
FOR EACH ROW EXECUTE FUNCTION ledger_write_closing_balances();

REVOKE EXECUTE ON FUNCTION ledger_seal_period, ledger_write_closing_balances FROM PUBLIC;
