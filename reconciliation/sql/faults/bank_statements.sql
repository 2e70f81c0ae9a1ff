-- bank_statements.sql: a statement closes at what it opens at and its lines, and opens at what the one before closed at; a
-- line is what the payments came to that it paid or brought back.
WITH line AS (
    SELECT statement_id, sum(amount_pence) AS pence FROM invoices_bankline GROUP BY statement_id
),
judged AS (
    SELECT s.id, CASE
        WHEN s.closing_pence <> s.opening_pence + coalesce(l.pence, 0)
        THEN ARRAY['does not close at what it opens at and its lines, in pence', (s.opening_pence + coalesce(l.pence, 0))::text,
                   s.closing_pence::text]
        WHEN s.opening_pence <> s.before_pence
        THEN ARRAY['does not open at what the one before closed at, in pence', s.before_pence::text, s.opening_pence::text]
        END AS fault
    FROM (
        SELECT *, lag(closing_pence) OVER (PARTITION BY council_id, sort_code, account_number ORDER BY place) AS before_pence
        FROM invoices_bankstatement
    ) s
    LEFT JOIN line l ON l.statement_id = s.id
    WHERE %(council)s::uuid IS NULL OR s.council_id = %(council)s
),
-- A line that paid a whole run paid whatever of it no line of its own tells of.
paid AS (
    SELECT b.id, sum(p.amount_pence) AS pence
    FROM invoices_bankline b
    JOIN invoices_payment p ON p.id = b.payment_id OR (
        p.run_id = b.run_id AND p.state IN ('paid', 'returned')
        AND NOT EXISTS (SELECT FROM invoices_bankline o WHERE o.payment_id = p.id AND o.state = 'paid'))
    WHERE b.state IN ('paid', 'returned')
    GROUP BY b.id
),
judged_lines AS (
    SELECT b.id, CASE
        WHEN s.id IS NULL THEN ARRAY['belongs to a statement that is not there', b.statement_id::text, 'nothing']
        WHEN b.state IN ('paid', 'returned') AND abs(b.amount_pence) <> coalesce(d.pence, 0)
        THEN ARRAY['is not what it paid or brought back, in pence', coalesce(d.pence, 0)::text, abs(b.amount_pence)::text]
        WHEN CASE b.state WHEN 'paid' THEN p.paid_date WHEN 'returned' THEN p.back_date END <> b.booking_date
        THEN ARRAY['is dated otherwise than its payment', CASE b.state WHEN 'paid' THEN p.paid_date ELSE p.back_date END::text,
                   b.booking_date::text]
        END AS fault
    FROM invoices_bankline b
    LEFT JOIN invoices_bankstatement s ON s.id = b.statement_id
    LEFT JOIN invoices_payment p ON p.id = b.payment_id
    LEFT JOIN paid d ON d.id = b.id
    WHERE %(council)s::uuid IS NULL OR s.id IS NULL OR s.council_id = %(council)s
)
SELECT 'invoices_bankstatement', id, fault[1], fault[2], fault[3] FROM judged WHERE fault IS NOT NULL
UNION ALL
SELECT 'invoices_bankline', id, fault[1], fault[2], fault[3] FROM judged_lines WHERE fault IS NOT NULL
