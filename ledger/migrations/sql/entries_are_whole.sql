-- entries_are_whole.sql: an entry comes with its transfers in one statement, in an open period, and moves balances.
--
-- The checks are set-based triggers, once a statement. They run as the tables' owner with pg_temp searched last, so
-- that nobody's temporary table of the same name is looked at instead (ADR 9).

-- Everything before this date is closed. Null: nothing is closed yet.
CREATE FUNCTION ledger_open_from(book uuid) RETURNS date
LANGUAGE sql STABLE RETURN (SELECT max(p.end_date) FROM ledger_period p WHERE p.book_id = book);

-- Posting holds the book's door open (shared); closing shuts it (exclusive): nobody posts while a period closes.
CREATE FUNCTION ledger_door(book uuid) RETURNS bigint
LANGUAGE sql IMMUTABLE RETURN hashtextextended(book::text, 7);

-- A plan made for one entry is wrong for a million and the other way round. So the triggers below plan few rows once and
-- keep that, and call this for many: planned anew each time, with memory to hash them. It gives what to put back
-- afterwards. (A SET clause on the triggers would do the same, and cost every single posting a tenth of its time.)
-- Only a query that mentions a variable can be planned anew, hence `is_bulk` in them; and `(array_agg(...))[1]` rather
-- than LIMIT 1, which would be planned for a row soon found, though none should be.
CREATE FUNCTION ledger_plan_for_many() RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
    before text[] := ARRAY[current_setting('plan_cache_mode'), current_setting('work_mem')];
BEGIN
    PERFORM set_config('plan_cache_mode', 'force_custom_plan', true), set_config('work_mem', '64MB', true);
    RETURN before;
END $$;

CREATE FUNCTION ledger_plan_as_before(before text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('plan_cache_mode', before[1], true), set_config('work_mem', before[2], true);
END $$;

CREATE FUNCTION ledger_check_entries() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    part record;
    wrong record;
    is_bulk boolean;
    before text[];
    opens date;
    reversal text;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'Post in read committed: an older snapshot could miss that the period has closed.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_is_in_an_open_period';
    END IF;
    FOR part IN SELECT n.book_id, count(*) > 500 AS is_bulk, bool_or(n.reverses_id IS NOT NULL) AS reverses
                FROM new_entries n GROUP BY n.book_id ORDER BY n.book_id LOOP
        is_bulk := part.is_bulk;
        IF is_bulk AND before IS NULL THEN
            before := ledger_plan_for_many();
        END IF;
        PERFORM pg_advisory_xact_lock_shared(ledger_door(part.book_id));
        opens := ledger_open_from(part.book_id);
        SELECT (array_agg(n.key) FILTER (WHERE n.effective_date < opens))[1] AS late,
            (array_agg(n.key) FILTER (WHERE n.recorded_in <> pg_current_xact_id() OR n.recorded_at <> now()))[1] AS untrue,
            (array_agg(n.key) FILTER (WHERE t.entry_id IS NULL))[1] AS bare
        INTO wrong
        FROM new_entries n
        LEFT JOIN LATERAL (SELECT t.entry_id FROM ledger_transfer t WHERE t.entry_id = n.id LIMIT 1) t ON is_bulk IS NOT NULL
        WHERE n.book_id = part.book_id;
        IF wrong.late IS NOT NULL THEN
            RAISE EXCEPTION 'Entry "%" is dated in a closed period; the book is open from %.',
                wrong.late, opens
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_is_in_an_open_period';
        ELSIF wrong.untrue IS NOT NULL THEN
            RAISE EXCEPTION 'Entry "%" does not say truly when it was recorded.', wrong.untrue
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_is_recorded_now';
        ELSIF wrong.bare IS NOT NULL THEN
            RAISE EXCEPTION 'Entry "%" has no transfers; an entry and its transfers are written in one statement.', wrong.bare
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_moves_money';
        END IF;
        CONTINUE WHEN NOT part.reverses;
        SELECT (array_agg(n.key))[1] INTO reversal FROM new_entries n LEFT JOIN ledger_entry o ON o.id = n.reverses_id
        WHERE is_bulk IS NOT NULL AND n.book_id = part.book_id AND n.reverses_id IS NOT NULL AND (
            o.id IS NULL OR o.reverses_id IS NOT NULL OR o.book_id <> n.book_id OR o.kind <> n.kind
            OR n.effective_date < o.effective_date
            OR EXISTS (
                (SELECT t.source_id, t.target_id, t.amount_pence FROM ledger_transfer t WHERE t.entry_id = n.id
                 EXCEPT SELECT t.target_id, t.source_id, t.amount_pence FROM ledger_transfer t WHERE t.entry_id = o.id)
                UNION ALL
                (SELECT t.target_id, t.source_id, t.amount_pence FROM ledger_transfer t WHERE t.entry_id = o.id
                 EXCEPT SELECT t.source_id, t.target_id, t.amount_pence FROM ledger_transfer t WHERE t.entry_id = n.id)));
        IF reversal IS NOT NULL THEN
            RAISE EXCEPTION 'Entry "%" is refused: a reversal is the exact negative of an entry that was there before '
                'it and is no reversal itself.', reversal
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_reversal_is_exact';
        END IF;
    END LOOP;
    IF before IS NOT NULL THEN
        PERFORM ledger_plan_as_before(before);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_entry_is_whole AFTER INSERT ON ledger_entry
REFERENCING NEW TABLE AS new_entries FOR EACH STATEMENT EXECUTE FUNCTION ledger_check_entries();

-- Transfers are written by the very statement that writes their entry (both rows bear its transaction and command
-- number), share its date and book, go where their kind may go between accounts that are open, and move the
-- balances of guarded accounts: rows locked in id order, as FOR NO KEY UPDATE does (so does an update of no key).
CREATE FUNCTION ledger_move_balances() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    is_bulk boolean;
    before text[];
    written record;
    wrong uuid;
BEGIN
    SELECT t.xmin, t.cmin, n.is_bulk INTO written
    FROM (SELECT (array_agg(id))[1] AS id, count(*) > 500 AS is_bulk FROM new_transfers) n
    JOIN ledger_transfer t ON t.id = n.id;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    is_bulk := written.is_bulk;
    IF is_bulk THEN
        before := ledger_plan_for_many();
    END IF;
    SELECT (array_agg(n.id))[1] INTO wrong
    FROM new_transfers n
    LEFT JOIN ledger_entry e ON e.id = n.entry_id
    LEFT JOIN ledger_account s ON s.id = n.source_id
    LEFT JOIN ledger_account t ON t.id = n.target_id
    WHERE is_bulk IS NOT NULL AND NOT coalesce(
        e.xmin = written.xmin AND e.cmin = written.cmin AND e.effective_date = n.effective_date
        AND e.book_id = n.book_id AND s.book_id = n.book_id AND t.book_id = n.book_id
        AND CASE WHEN e.reverses_id IS NULL THEN ledger_may_move(e.kind, s.kind, t.kind)
                 ELSE ledger_may_move(e.kind, t.kind, s.kind) END, false);
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'Transfer % is refused: it is written in one statement with its entry, shares its date and '
            'book, and goes between accounts its kind of entry may move money between.', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_transfer_belongs_to_its_entry';
    END IF;
    -- Every row is locked, in id order, before any is changed; the update then meets the row as it was locked.
    WITH due AS MATERIALIZED (
        SELECT m.account_id, sum(m.pence)::bigint AS pence, count(*) AS moves
        FROM (SELECT n.source_id AS account_id, -n.amount_pence AS pence FROM new_transfers n
              UNION ALL SELECT n.target_id, n.amount_pence FROM new_transfers n) m
        GROUP BY m.account_id
    ),
    held AS MATERIALIZED (
        SELECT a.id, d.pence, d.moves FROM due d JOIN ledger_account a ON a.id = d.account_id
        WHERE a.balance_pence IS NOT NULL ORDER BY a.id FOR NO KEY UPDATE OF a
    ),
    locked AS MATERIALIZED (SELECT count(*) AS rows FROM held)
    UPDATE ledger_account a SET balance_pence = a.balance_pence + h.pence, move_count = a.move_count + h.moves
    FROM held h, locked
    WHERE is_bulk IS NOT NULL AND locked.rows > 0 AND a.id = h.id;
    IF before IS NOT NULL THEN
        PERFORM ledger_plan_as_before(before);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_transfer_moves_balances AFTER INSERT ON ledger_transfer
REFERENCING NEW TABLE AS new_transfers FOR EACH STATEMENT EXECUTE FUNCTION ledger_move_balances();

-- On anybody's own table these would move real balances.
REVOKE EXECUTE ON FUNCTION ledger_check_entries, ledger_move_balances FROM PUBLIC;

-- The triggers above look every reference up already, all rows at once; looking up again row by row took a third
-- of the time of a bulk posting. So these foreign keys are declared and not enforced (ADR 9).
DO $$
DECLARE
    reference record;
BEGIN
    FOR reference IN
        SELECT c.conrelid::regclass AS of_table, c.conname FROM pg_constraint c
        WHERE c.contype = 'f' AND c.conrelid IN ('ledger_transfer'::regclass, 'ledger_entry'::regclass)
    LOOP
        EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I NOT ENFORCED', reference.of_table, reference.conname);
    END LOOP;
END $$;

-- Room on each page for the next versions of its rows: a moved balance then touches no index.
ALTER TABLE ledger_account SET (fillfactor = 60);
