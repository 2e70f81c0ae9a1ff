-- entries_are_whole.sql: an entry comes with its transfers in one statement, in an open period, and moves balances.

-- Everything before this date is closed. Null: nothing is closed yet.
CREATE FUNCTION ledger_open_from(book uuid) RETURNS date
LANGUAGE sql STABLE RETURN (SELECT max(p.end_date) FROM ledger_period p WHERE p.book_id = book);

-- Posting holds the book's door open (shared); closing shuts it (exclusive): nobody posts while a period closes.
CREATE FUNCTION ledger_door(book uuid) RETURNS bigint
LANGUAGE sql IMMUTABLE RETURN hashtextextended(book::text, 7);

CREATE FUNCTION ledger_check_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong text;
    book uuid;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'Post in read committed: an older snapshot could miss that the period has closed.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_is_in_an_open_period';
    END IF;
    FOR book IN SELECT DISTINCT n.book_id FROM new_entries n ORDER BY n.book_id LOOP
        PERFORM pg_advisory_xact_lock_shared(ledger_door(book));
        SELECT n.key INTO wrong FROM new_entries n
        WHERE n.book_id = book AND n.effective_date < ledger_open_from(book) LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'Entry "%" is dated in a closed period; the book is open from %.', wrong, ledger_open_from(book)
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_is_in_an_open_period';
        END IF;
    END LOOP;
    SELECT n.key INTO wrong FROM new_entries n
    WHERE NOT EXISTS (SELECT FROM ledger_transfer t WHERE t.entry_id = n.id) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Entry "%" has no transfers; an entry and its transfers are written in one statement.', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_moves_money';
    END IF;
    SELECT n.key INTO wrong FROM new_entries n WHERE n.recorded_in <> pg_current_xact_id() OR n.recorded_at <> now() LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Entry "%" does not say truly when it was recorded.', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_is_recorded_now';
    END IF;
    SELECT n.key INTO wrong FROM new_entries n JOIN ledger_entry o ON o.id = n.reverses_id
    WHERE o.reverses_id IS NOT NULL OR o.book_id <> n.book_id OR o.kind <> n.kind OR EXISTS (
        (SELECT t.source_id, t.target_id, t.amount_pence FROM ledger_transfer t WHERE t.entry_id = n.id
         EXCEPT SELECT t.target_id, t.source_id, t.amount_pence FROM ledger_transfer t WHERE t.entry_id = o.id)
        UNION ALL
        (SELECT t.target_id, t.source_id, t.amount_pence FROM ledger_transfer t WHERE t.entry_id = o.id
         EXCEPT SELECT t.source_id, t.target_id, t.amount_pence FROM ledger_transfer t WHERE t.entry_id = n.id)) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Entry "%" is not the exact negative of the entry it reverses.', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_reversal_is_exact';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_entry_is_whole AFTER INSERT ON ledger_entry
REFERENCING NEW TABLE AS new_entries FOR EACH STATEMENT EXECUTE FUNCTION ledger_check_entries();

-- Transfers belong to an entry of this very transaction, share its date and book, go where their kind may go,
-- and move the balances of guarded accounts: rows locked in id order, FOR NO KEY UPDATE.
CREATE FUNCTION ledger_move_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong uuid;
BEGIN
    SELECT n.id INTO wrong
    FROM new_transfers n
    JOIN ledger_entry e ON e.id = n.entry_id
    JOIN ledger_account s ON s.id = n.source_id
    JOIN ledger_account t ON t.id = n.target_id
    WHERE e.recorded_in <> pg_current_xact_id() OR e.effective_date <> n.effective_date
        OR e.book_id <> n.book_id OR s.book_id <> n.book_id OR t.book_id <> n.book_id
        OR NOT CASE WHEN e.reverses_id IS NULL THEN ledger_may_move(e.kind, s.kind, t.kind)
                    ELSE ledger_may_move(e.kind, t.kind, s.kind) END
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Transfer % is refused: it must be written with its entry, share its date and book, and go '
            'between accounts its kind of entry may move money between.', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_transfer_belongs_to_its_entry';
    END IF;
    PERFORM FROM ledger_account a
    WHERE a.balance_pence IS NOT NULL
        AND a.id IN (SELECT n.source_id FROM new_transfers n UNION SELECT n.target_id FROM new_transfers n)
    ORDER BY a.id FOR NO KEY UPDATE;
    UPDATE ledger_account a
    SET balance_pence = a.balance_pence + d.pence, move_count = a.move_count + d.moves
    FROM (
        SELECT m.account_id, sum(m.pence)::bigint AS pence, count(*) AS moves
        FROM (SELECT n.source_id AS account_id, -n.amount_pence AS pence FROM new_transfers n
              UNION ALL SELECT n.target_id, n.amount_pence FROM new_transfers n) m
        GROUP BY m.account_id
    ) d
    WHERE a.id = d.account_id AND a.balance_pence IS NOT NULL;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_transfer_moves_balances AFTER INSERT ON ledger_transfer
REFERENCING NEW TABLE AS new_transfers FOR EACH STATEMENT EXECUTE FUNCTION ledger_move_balances();
