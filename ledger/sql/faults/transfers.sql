-- transfers.sql: a transfer is what it was when it was written, and belongs to its entry, date, book and accounts.
WITH judged AS (
    SELECT t.id, CASE
        WHEN t.checksum <> ledger_transfer_checksum(
            t.id, t.book_id, t.entry_id, t.source_id, t.target_id, t.amount_pence, t.effective_date)
        THEN ARRAY['was changed by hand', ledger_transfer_checksum(
            t.id, t.book_id, t.entry_id, t.source_id, t.target_id, t.amount_pence, t.effective_date)::text, t.checksum::text]
        WHEN e.id IS NULL THEN ARRAY['belongs to an entry that is not there', t.entry_id::text, 'nothing']
        WHEN s.id IS NULL THEN ARRAY['comes from an account that is not there', t.source_id::text, 'nothing']
        WHEN g.id IS NULL THEN ARRAY['goes to an account that is not there', t.target_id::text, 'nothing']
        WHEN t.effective_date <> e.effective_date
        THEN ARRAY['is dated otherwise than its entry', e.effective_date::text, t.effective_date::text]
        WHEN t.book_id <> e.book_id OR s.book_id <> e.book_id OR g.book_id <> e.book_id
        THEN ARRAY['reaches into another book', e.book_id::text, t.book_id::text]
        WHEN NOT CASE WHEN e.reverses_id IS NULL THEN ledger_may_move(e.kind, s.kind, g.kind)
                      ELSE ledger_may_move(e.kind, g.kind, s.kind) END
        THEN ARRAY['goes where its kind of entry may not', e.kind, s.kind || ' to ' || g.kind]
        END AS fault
    FROM ledger_transfer t
    LEFT JOIN ledger_entry e ON e.id = t.entry_id
    LEFT JOIN ledger_account s ON s.id = t.source_id
    LEFT JOIN ledger_account g ON g.id = t.target_id
    WHERE %(book)s::uuid IS NULL OR %(book)s IN (t.book_id, e.book_id)
)
SELECT 'ledger_transfer', id, fault[1], fault[2], fault[3] FROM judged WHERE fault IS NOT NULL
