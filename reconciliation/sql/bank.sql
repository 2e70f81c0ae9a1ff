-- bank.sql: what providers were paid in a month, what came back taken off: as bank statements say, and as the books say.
-- A payment that no line of a statement tells of counts for the books only, and so shows. Values: council, book, start,
-- end (exclusive).
SELECT
    coalesce((
        SELECT sum(p.amount_pence) FROM invoices_paymentrun r
        JOIN invoices_payment p ON p.run_id = r.id JOIN ledger_entry e ON e.id = p.entry_id
        WHERE r.council_id = %(council)s AND e.effective_date >= %(start)s AND e.effective_date < %(end)s AND EXISTS (
            SELECT FROM invoices_bankline l WHERE l.state = 'paid' AND (l.payment_id = p.id OR l.run_id = r.id))), 0)
    - coalesce((
        SELECT sum(p.amount_pence) FROM invoices_paymentrun r
        JOIN invoices_payment p ON p.run_id = r.id JOIN ledger_entry e ON e.id = p.back_entry_id
        WHERE r.council_id = %(council)s AND e.effective_date >= %(start)s AND e.effective_date < %(end)s AND EXISTS (
            SELECT FROM invoices_bankline l WHERE l.state = 'returned' AND l.payment_id = p.id)), 0) AS stated,
    coalesce((
        SELECT sum(CASE WHEN t.target_id = a.id THEN t.amount_pence ELSE -t.amount_pence END) FROM ledger_account a
        JOIN ledger_transfer t ON a.id IN (t.source_id, t.target_id)
            AND t.effective_date >= %(start)s AND t.effective_date < %(end)s
        WHERE a.book_id = %(book)s AND a.kind = 'bank'), 0) AS booked
