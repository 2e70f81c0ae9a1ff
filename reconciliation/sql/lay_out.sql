-- lay_out.sql: lays out a chunk of clusters: members, what they had pledged by when, services, lines of the month.
-- Values: chunk (cluster ids), council, book, start, end (exclusive).

CREATE TEMP TABLE month_member ON COMMIT DROP AS
SELECT m.id AS membership_id, m.cluster_id, m.person_id, m.ref, m.joined_date, m.left_date
FROM clusters_membership m WHERE m.cluster_id = ANY(%(chunk)s);
ANALYZE month_member;

-- What a member had pledged, from one day up to another: in all, and from each stream in order of its code.
CREATE TEMP TABLE month_pledged ON COMMIT DROP AS
WITH pledge AS (
    SELECT m.membership_id, s.code AS stream, p.effective_date, sum(p.amount_pence)::bigint AS pence
    FROM month_member m
    JOIN clusters_pledge p ON p.membership_id = m.membership_id
    JOIN budgets_fundingstream s ON s.id = p.stream_id
    GROUP BY m.membership_id, s.code, p.effective_date
),
turn AS (
    SELECT membership_id, effective_date AS from_date,
        coalesce(lead(effective_date) OVER (PARTITION BY membership_id ORDER BY effective_date), 'infinity') AS until_date
    FROM (SELECT DISTINCT membership_id, effective_date FROM pledge) d
),
standing AS (
    SELECT t.membership_id, t.from_date, t.until_date, p.stream, sum(p.pence)::bigint AS pence
    FROM turn t JOIN pledge p ON p.membership_id = t.membership_id AND p.effective_date <= t.from_date
    GROUP BY t.membership_id, t.from_date, t.until_date, p.stream
)
SELECT membership_id, from_date, until_date, sum(pence)::bigint AS total_pence, count(*)::int AS streams,
    (array_agg(stream ORDER BY stream COLLATE "C"))[1] AS first_stream,
    (array_agg(stream ORDER BY stream COLLATE "C"))[2] AS second_stream,
    (array_agg(pence ORDER BY stream COLLATE "C"))[1] AS first_pence,
    array_agg(stream ORDER BY stream COLLATE "C") AS all_streams, array_agg(pence ORDER BY stream COLLATE "C") AS all_pences
FROM standing GROUP BY membership_id, from_date, until_date;
ANALYZE month_pledged;

CREATE TEMP TABLE month_service ON COMMIT DROP AS
SELECT s.id AS service_id, s.sharing_rule AS rule, c.cluster_id, c.provider_id
FROM commissioning_contract c JOIN commissioning_contractservice s ON s.contract_id = c.id
WHERE c.cluster_id = ANY(%(chunk)s);
ANALYZE month_service;

-- Accepted lines whose day lies in the month (it is open, so none of them came late), and lines of closed months that
-- came in so late that they were dated in this one.
CREATE TEMP TABLE month_line ON COMMIT DROP AS
SELECT l.id, l.entry_id, l.invoice_id, l.line_number, l.service_id, s.cluster_id, s.rule, l.service_date, l.units,
    l.amount_pence, l.membership_id, l.corrected_line_id, false AS is_late
FROM month_service s JOIN invoices_invoiceline l ON l.service_id = s.service_id
WHERE l.service_date >= %(start)s AND l.service_date < %(end)s AND l.state = 'accepted'
UNION ALL
SELECT l.id, l.entry_id, l.invoice_id, l.line_number, l.service_id, s.cluster_id, s.rule, l.service_date, l.units,
    l.amount_pence, l.membership_id, l.corrected_line_id, true
FROM ledger_entry e
JOIN invoices_invoiceline l ON l.entry_id = e.id
JOIN month_service s ON s.service_id = l.service_id
WHERE e.book_id = %(book)s AND e.concerned_date IS NOT NULL AND l.state = 'accepted'
    AND e.effective_date >= %(start)s AND e.effective_date < %(end)s;
ANALYZE month_line;

-- A credit is split as the line it corrects: that line's member, and its number for the odd pennies.
UPDATE month_line l
SET membership_id = c.membership_id, invoice_id = c.invoice_id, line_number = c.line_number
FROM invoices_invoiceline c WHERE c.id = l.corrected_line_id;
