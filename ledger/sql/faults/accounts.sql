-- accounts.sql: an account is called what it is, and a guarded one holds what its transfers add up to.
WITH moved AS (
    SELECT m.account_id, sum(m.pence) AS pence, count(*) AS moves
    FROM (SELECT source_id AS account_id, -amount_pence AS pence FROM ledger_transfer
          UNION ALL SELECT target_id, amount_pence FROM ledger_transfer) m
    GROUP BY m.account_id
),
judged AS (
    SELECT a.id, CASE
        WHEN a.id <> ledger_account_id(a.book_id, a.kind, a.owner_id, a.earmark_id, a.stream)
        THEN ARRAY['is not what its id says it is',
                   ledger_account_id(a.book_id, a.kind, a.owner_id, a.earmark_id, a.stream)::text, a.id::text]
        WHEN b.id IS NULL THEN ARRAY['belongs to a book that is not there', a.book_id::text, 'nothing']
        WHEN a.balance_pence <> coalesce(m.pence, 0)
        THEN ARRAY['holds another balance in pence than its transfers add up to', coalesce(m.pence, 0)::text, a.balance_pence::text]
        WHEN a.move_count <> CASE WHEN a.balance_pence IS NULL THEN 0 ELSE coalesce(m.moves, 0) END
        THEN ARRAY['counts other transfers than it has', (CASE WHEN a.balance_pence IS NULL THEN 0 ELSE coalesce(m.moves, 0) END)::text,
                   a.move_count::text]
        END AS fault
    FROM ledger_account a LEFT JOIN ledger_book b ON b.id = a.book_id LEFT JOIN moved m ON m.account_id = a.id
    WHERE %(book)s::uuid IS NULL OR a.book_id = %(book)s
)
SELECT 'ledger_account', id, fault[1], fault[2], fault[3] FROM judged WHERE fault IS NOT NULL
