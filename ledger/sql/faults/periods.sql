-- periods.sql: each closed period follows the one before, and its seal is the one its rows give.
WITH judged AS (
    SELECT p.id, CASE
        WHEN b.id IS NULL THEN ARRAY['belongs to a book that is not there', p.book_id::text, 'nothing']
        WHEN p.start_date <> p.last_end
        THEN ARRAY['does not start where the period before it ended', p.last_end::text, p.start_date::text]
        WHEN p.previous_seal IS DISTINCT FROM p.last_seal
        THEN ARRAY['does not carry the seal of the period before it', coalesce(encode(p.last_seal, 'hex'), 'none'),
                   coalesce(encode(p.previous_seal, 'hex'), 'none')]
        WHEN p.last_end IS NULL AND EXISTS (
            SELECT FROM ledger_entry e WHERE e.book_id = p.book_id AND e.effective_date < p.start_date)
        THEN ARRAY['leaves out entries before it', 'none', 'some']
        WHEN p.entry_count <> h.entry_count
        THEN ARRAY['was closed over another number of entries', h.entry_count::text, p.entry_count::text]
        WHEN p.seal <> s.seal THEN ARRAY['is not what was sealed', encode(s.seal, 'hex'), encode(p.seal, 'hex')]
        END AS fault
    FROM (
        SELECT *, lag(end_date) OVER w AS last_end, lag(seal) OVER w AS last_seal
        FROM ledger_period WHERE %(book)s::uuid IS NULL OR book_id = %(book)s
        WINDOW w AS (PARTITION BY book_id ORDER BY end_date)
    ) p
    LEFT JOIN ledger_book b ON b.id = p.book_id
    CROSS JOIN LATERAL ledger_entries_hash(p.book_id, p.start_date, p.end_date) h
    CROSS JOIN LATERAL (
        SELECT sha256(coalesce(string_agg(uuid_send(c.account_id) || int8send(c.balance_pence), '' ORDER BY c.account_id), ''))
            AS balances
        FROM ledger_closingbalance c WHERE c.period_id = p.id
    ) c
    CROSS JOIN LATERAL ledger_seal(p.previous_seal, p.id, p.book_id, p.start_date, p.end_date, p.entry_count, h.hash,
                                   c.balances, p.closed_at, p.closed_by, p.recorded_in) s(seal)
)
SELECT 'ledger_period', id, fault[1], fault[2], fault[3] FROM judged WHERE fault IS NOT NULL
