-- entries.sql: an entry says what it said when it was written, has its transfers, and reverses exactly.
WITH moves AS (
    SELECT entry_id, string_agg(source_id || '>' || target_id || ':' || amount_pence, ',' ORDER BY source_id, target_id) AS moves
    FROM ledger_transfer GROUP BY entry_id
),
judged AS (
    SELECT e.id, CASE
        WHEN b.id IS NULL THEN ARRAY['belongs to a book that is not there', e.book_id::text, 'nothing']
        WHEN m.moves IS NULL THEN ARRAY['has no transfers', 'at least one', 'none']
        WHEN e.digest <> ledger_entry_digest(e.body_hash, e.id, e.book_id, e.recorded_at, e.recorded_by, e.recorded_in)
        THEN ARRAY['was changed by hand', encode(ledger_entry_digest(
            e.body_hash, e.id, e.book_id, e.recorded_at, e.recorded_by, e.recorded_in), 'hex'), encode(e.digest, 'hex')]
        WHEN e.body_hash <> ledger_body_hash(e.key, e.kind, e.effective_date, e.concerned_date, e.reason, e.basis,
                                             e.reverses_id, e.reversal_reason, m.moves)
        THEN ARRAY['says or moves something else than when it was written', encode(ledger_body_hash(
            e.key, e.kind, e.effective_date, e.concerned_date, e.reason, e.basis, e.reverses_id, e.reversal_reason, m.moves),
            'hex'), encode(e.body_hash, 'hex')]
        WHEN e.reverses_id IS NOT NULL AND (o.id IS NULL OR o.reverses_id IS NOT NULL OR o.book_id <> e.book_id
            OR o.kind <> e.kind OR m.moves IS DISTINCT FROM (
                SELECT string_agg(t.target_id || '>' || t.source_id || ':' || t.amount_pence, ',' ORDER BY t.target_id, t.source_id)
                FROM ledger_transfer t WHERE t.entry_id = o.id))
        THEN ARRAY['does not reverse its entry exactly', e.reverses_id::text, coalesce(o.key, 'nothing')]
        END AS fault
    FROM ledger_entry e
    LEFT JOIN ledger_book b ON b.id = e.book_id
    LEFT JOIN moves m ON m.entry_id = e.id
    LEFT JOIN ledger_entry o ON o.id = e.reverses_id
    WHERE %(book)s::uuid IS NULL OR e.book_id = %(book)s
)
SELECT 'ledger_entry', id, fault[1], fault[2], fault[3] FROM judged WHERE fault IS NOT NULL
