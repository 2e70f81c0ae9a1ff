-- fewer_steps_for_one.sql: one posting is mostly PostgreSQL getting ready to run; so each step that guards nothing goes.

-- Why an entry is reversed, in a function that is read once a session (as kinds_are_known.sql says).
CREATE FUNCTION ledger_reversal_is_said(is_reversal boolean, reason text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN CASE WHEN is_reversal
        THEN reason IN ('refund', 'reject', 'edit', 'duplicate', 'dispute')
        ELSE reason = ''
    END;
END $$;

-- As in entries_are_whole.sql, but that no account waits to be changed until all of them are locked.
CREATE OR REPLACE FUNCTION ledger_move_balances() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
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
    -- Rows are locked in id order, and changed as they were locked.
    WITH held AS MATERIALIZED (
        SELECT a.id, d.pence, d.moves
        FROM (
            SELECT m.account_id, sum(m.pence)::bigint AS pence, count(*) AS moves
            FROM (SELECT n.source_id AS account_id, -n.amount_pence AS pence FROM new_transfers n
                  UNION ALL SELECT n.target_id, n.amount_pence FROM new_transfers n) m
            GROUP BY m.account_id
        ) d
        JOIN ledger_account a ON a.id = d.account_id
        WHERE a.balance_pence IS NOT NULL ORDER BY a.id FOR NO KEY UPDATE OF a
    )
    UPDATE ledger_account a SET balance_pence = a.balance_pence + h.pence, move_count = a.move_count + h.moves
    FROM held h
    WHERE is_bulk IS NOT NULL AND a.id = h.id;
    IF before IS NOT NULL THEN
        PERFORM ledger_plan_as_before(before);
    END IF;
    RETURN NULL;
END $$;
