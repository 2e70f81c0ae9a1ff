-- closing_balances.sql: what was written down when a period closed is what the transfers up to then add up to,
-- from the first one on, and not from the guarded balances or the closing balances before.
WITH period AS (
    SELECT id, book_id, start_date, end_date FROM ledger_period WHERE %(book)s::uuid IS NULL OR book_id = %(book)s
),
day AS (
    SELECT p.book_id, p.end_date, d.on_date::date FROM period p
    CROSS JOIN LATERAL generate_series(p.start_date, p.end_date - 1, interval '1 day') d(on_date)
),
moved AS (
    SELECT m.account_id, m.book_id, d.end_date, sum(m.pence) AS pence
    FROM (SELECT source_id AS account_id, book_id, effective_date, -amount_pence AS pence FROM ledger_transfer
          UNION ALL SELECT target_id, book_id, effective_date, amount_pence FROM ledger_transfer) m
    JOIN day d ON d.book_id = m.book_id AND d.on_date = m.effective_date
    GROUP BY m.account_id, m.book_id, d.end_date
),
due AS (
    SELECT p.id AS period_id, a.account_id,
        sum(coalesce(m.pence, 0)) OVER (PARTITION BY a.account_id, a.book_id ORDER BY p.end_date) AS pence
    FROM (SELECT DISTINCT account_id, book_id FROM moved) a
    JOIN period p ON p.book_id = a.book_id
    LEFT JOIN moved m ON m.account_id = a.account_id AND m.book_id = a.book_id AND m.end_date = p.end_date
),
written AS (
    SELECT c.id, c.period_id, c.account_id, c.balance_pence, p.id AS period_there, a.id AS account_there
    FROM ledger_closingbalance c
    LEFT JOIN ledger_period p ON p.id = c.period_id
    LEFT JOIN ledger_account a ON a.id = c.account_id
    WHERE %(book)s::uuid IS NULL OR %(book)s IN (p.book_id, a.book_id)
),
judged AS (
    SELECT coalesce(w.id, ledger_closing_balance_id(d.period_id, d.account_id)) AS id, CASE
        WHEN w.id IS NULL THEN ARRAY['is missing', d.pence::text || 'p', 'nothing']
        WHEN w.id <> ledger_closing_balance_id(w.period_id, w.account_id)
        THEN ARRAY['is not what its id says it is', ledger_closing_balance_id(w.period_id, w.account_id)::text, w.id::text]
        WHEN w.period_there IS NULL THEN ARRAY['belongs to a period that is not there', w.period_id::text, 'nothing']
        WHEN w.account_there IS NULL THEN ARRAY['is of an account that is not there', w.account_id::text, 'nothing']
        WHEN w.balance_pence <> coalesce(d.pence, 0)
        THEN ARRAY['is not what the transfers up to then add up to', coalesce(d.pence, 0)::text || 'p', w.balance_pence::text || 'p']
        END AS fault
    FROM (SELECT * FROM due WHERE pence <> 0) d
    FULL JOIN written w ON w.period_id = d.period_id AND w.account_id = d.account_id
)
SELECT 'ledger_closingbalance', id, fault[1], fault[2], fault[3] FROM judged WHERE fault IS NOT NULL
