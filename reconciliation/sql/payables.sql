-- payables.sql: what was put to providers' credit in a month, credits taken off; payments do not count, either way.
-- Values: book, start, end (exclusive).
SELECT coalesce((
        SELECT sum(t.amount_pence) FROM ledger_account a
        JOIN ledger_transfer t ON t.target_id = a.id AND t.effective_date >= %(start)s AND t.effective_date < %(end)s
        WHERE a.book_id = %(book)s AND a.kind = 'payable'), 0)
    - coalesce((
        SELECT sum(t.amount_pence) FROM ledger_account a
        JOIN ledger_transfer t ON t.source_id = a.id AND t.effective_date >= %(start)s AND t.effective_date < %(end)s
        JOIN ledger_account o ON o.id = t.target_id AND o.kind <> 'bank'
        WHERE a.book_id = %(book)s AND a.kind = 'payable'), 0)
    - coalesce((
        SELECT sum(t.amount_pence) FROM ledger_account a
        JOIN ledger_transfer t ON t.source_id = a.id AND t.effective_date >= %(start)s AND t.effective_date < %(end)s
        WHERE a.book_id = %(book)s AND a.kind = 'bank'), 0)
