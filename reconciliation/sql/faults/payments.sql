-- payments.sql: a payment is what its lines add up to and what its entry moved to the bank; what came back was moved back.
WITH moved AS (
    SELECT t.entry_id, a.owner_id AS provider_id,
        sum(CASE WHEN t.source_id = a.id THEN t.amount_pence ELSE -t.amount_pence END) AS pence
    FROM ledger_entry e
    JOIN ledger_transfer t ON t.entry_id = e.id
    JOIN ledger_account a ON a.id IN (t.source_id, t.target_id) AND a.kind = 'payable'
    WHERE e.kind = 'pay' AND e.reverses_id IS NULL AND (%(book)s::uuid IS NULL OR e.book_id = %(book)s)
    GROUP BY t.entry_id, a.owner_id
),
item AS (
    SELECT payment_id, sum(amount_pence) AS pence FROM invoices_paymentitem GROUP BY payment_id
),
judged AS (
    SELECT p.id, CASE
        WHEN r.id IS NULL THEN ARRAY['belongs to a payment run that is not there', p.run_id::text, 'nothing']
        WHEN p.amount_pence <> coalesce(i.pence, 0)
        THEN ARRAY['is not what its lines add up to, in pence', coalesce(i.pence, 0)::text, p.amount_pence::text]
        WHEN p.state IN ('paid', 'returned') AND (out.key = 'pay:' || p.id) IS NOT TRUE
        THEN ARRAY['points at another entry', 'pay:' || p.id, coalesce(out.key, 'nothing')]
        WHEN p.state = 'returned' AND (back.key = 'pay-back:' || p.id) IS NOT TRUE
        THEN ARRAY['points at another entry', 'pay-back:' || p.id, coalesce(back.key, 'nothing')]
        WHEN coalesce(out.concerned_date, out.effective_date) <> p.paid_date
        THEN ARRAY['is dated otherwise than its entry', coalesce(out.concerned_date, out.effective_date)::text, p.paid_date::text]
        WHEN coalesce(back.concerned_date, back.effective_date) <> p.back_date
        THEN ARRAY['is dated otherwise than its entry', coalesce(back.concerned_date, back.effective_date)::text, p.back_date::text]
        WHEN out.id IS NOT NULL AND coalesce(m.pence, 0) <> p.amount_pence
        THEN ARRAY['is not what its entry moved to the bank, in pence', coalesce(m.pence, 0)::text, p.amount_pence::text]
        WHEN back.id IS NOT NULL AND coalesce(b.pence, 0) <> -p.amount_pence
        THEN ARRAY['is not what its entry moved back from the bank, in pence', coalesce(-b.pence, 0)::text, p.amount_pence::text]
        END AS fault
    FROM invoices_payment p
    LEFT JOIN invoices_paymentrun r ON r.id = p.run_id
    LEFT JOIN item i ON i.payment_id = p.id
    LEFT JOIN ledger_entry out ON out.id = p.entry_id
    LEFT JOIN ledger_entry back ON back.id = p.back_entry_id
    LEFT JOIN moved m ON m.entry_id = out.id AND m.provider_id = p.provider_id
    LEFT JOIN moved b ON b.entry_id = back.id AND b.provider_id = p.provider_id
    LEFT JOIN providers_provider v ON v.id = p.provider_id
    WHERE %(council)s::uuid IS NULL OR %(council)s IN (r.council_id, v.council_id)
),
judged_items AS (
    SELECT n.id, CASE
        WHEN p.id IS NULL THEN ARRAY['belongs to a payment that is not there', n.payment_id::text, 'nothing']
        WHEN l.id IS NULL THEN ARRAY['pays a line that is not there', n.line_id::text, 'nothing']
        WHEN i.provider_id IS DISTINCT FROM p.provider_id
        THEN ARRAY['pays another provider than its line is of', coalesce(i.provider_id::text, 'nobody'), p.provider_id::text]
        WHEN n.amount_pence <> l.amount_pence
        THEN ARRAY['is not what its line came to, in pence', l.amount_pence::text, n.amount_pence::text]
        WHEN n.is_live <> (p.state IN ('planned', 'paid'))
        THEN ARRAY['counts otherwise than its payment', p.state, CASE WHEN n.is_live THEN 'counts' ELSE 'does not count' END]
        END AS fault
    FROM invoices_paymentitem n
    LEFT JOIN invoices_payment p ON p.id = n.payment_id
    LEFT JOIN invoices_paymentrun r ON r.id = p.run_id
    LEFT JOIN invoices_invoiceline l ON l.id = n.line_id
    LEFT JOIN invoices_invoice i ON i.id = l.invoice_id
    WHERE %(council)s::uuid IS NULL OR %(council)s IN (r.council_id, i.council_id)
)
SELECT 'invoices_payment', id, fault[1], fault[2], fault[3] FROM judged WHERE fault IS NOT NULL
UNION ALL
SELECT 'invoices_paymentitem', id, fault[1], fault[2], fault[3] FROM judged_items WHERE fault IS NOT NULL
