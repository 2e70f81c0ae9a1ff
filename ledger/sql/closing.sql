-- closing.sql: what each account holds at the end of a span: its last closing balance and what moved since.
-- Accounts that hold nothing and did not move are left out.
SELECT account_id, sum(pence)::bigint AS balance_pence
FROM (
    SELECT c.account_id, c.balance_pence AS pence
    FROM ledger_closingbalance c JOIN ledger_period p ON p.id = c.period_id
    WHERE p.book_id = %(book)s AND p.end_date = %(start)s
    UNION ALL
    SELECT t.source_id, -t.amount_pence FROM ledger_transfer t JOIN ledger_entry e ON e.id = t.entry_id
    WHERE e.book_id = %(book)s AND e.effective_date >= %(start)s AND e.effective_date < %(end)s
    UNION ALL
    SELECT t.target_id, t.amount_pence FROM ledger_transfer t JOIN ledger_entry e ON e.id = t.entry_id
    WHERE e.book_id = %(book)s AND e.effective_date >= %(start)s AND e.effective_date < %(end)s
) moved
GROUP BY account_id
HAVING sum(pence) <> 0
