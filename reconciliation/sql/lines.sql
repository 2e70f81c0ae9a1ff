-- lines.sql: the accepted lines of the month. A visit paid by who had it is added up at once (month_used), by member,
-- service and the pledges that counted; every other line is laid out by itself (month_line), to be shared by shares.sql.
-- `mark` is a number of the entry's, here a sum of it times the pence: see spent.sql. Values: book, start, end (exclusive).
--
-- Of two streams the second pays what the first leaves. Not plain, and so laid out below instead: a credit, and a visit
-- of somebody with more streams. A visit of nobody who was a member that day counts as billed, and nobody pays it.
SET LOCAL enable_indexscan = off;
CREATE TEMP TABLE month_used ON COMMIT DROP AS
SELECT service_no, member_no, pledged_no, is_plain, count(*) AS lines, sum(units) AS units,
    sum(units) - coalesce(sum(units) FILTER (WHERE pence = 0), 0) AS shared_units, sum(pence)::bigint AS pence,
    sum(mark * pence) AS mark, sum(second_part)::bigint AS second_pence, sum(mark * second_part) AS second_mark
FROM (
    SELECT s.no AS service_no, m.no AS member_no, p.no AS pledged_no, l.units, l.amount_pence AS pence,
        (uuid_hash(l.entry_id) & 1073741823)::bigint AS mark,
        l.corrected_line_id IS NULL AND l.amount_pence >= 0 AND coalesce(p.stream_count, 0) <= 2 AS is_plain,
        CASE WHEN p.stream_count = 2
             THEN l.amount_pence - (2 * l.amount_pence * p.first_pence + p.total_pence) / (2 * p.total_pence) END AS second_part
    FROM invoices_invoiceline l
    JOIN month_service s ON s.service_id = l.service_id
    LEFT JOIN month_member m ON m.membership_id = l.membership_id AND m.joined_date <= l.service_date
        AND (m.left_date IS NULL OR l.service_date < m.left_date)
    LEFT JOIN month_pledged p ON p.member_no = m.no AND l.service_date >= p.from_date AND l.service_date < p.until_date
    WHERE l.service_id = ANY(ARRAY(SELECT service_id FROM month_service WHERE rule = 'by_use'))
        AND l.service_date >= %(start)s AND l.service_date < %(end)s AND l.state = 'accepted'
) visit
GROUP BY service_no, member_no, pledged_no, is_plain;
SET LOCAL enable_indexscan = on;

CREATE TEMP TABLE month_line ON COMMIT DROP AS
SELECT row_number() OVER ()::int AS no, l.id, l.entry_id, (uuid_hash(l.entry_id) & 1073741823)::bigint AS mark, l.invoice_id,
    l.line_number, s.no AS service_no, s.cluster_id, s.rule, l.service_date, l.units, l.amount_pence, l.membership_id,
    l.corrected_line_id
FROM month_service s
CROSS JOIN LATERAL (
    SELECT * FROM invoices_invoiceline l
    WHERE l.service_id = s.service_id AND l.service_date >= %(start)s AND l.service_date < %(end)s AND l.state = 'accepted'
    OFFSET 0) l
WHERE s.rule <> 'by_use';

INSERT INTO month_line
SELECT (SELECT count(*) FROM month_line) + row_number() OVER (), l.id, l.entry_id, (uuid_hash(l.entry_id) & 1073741823)::bigint,
    l.invoice_id, l.line_number, s.no, s.cluster_id, s.rule, l.service_date, l.units, l.amount_pence, l.membership_id,
    l.corrected_line_id
FROM (SELECT * FROM month_service WHERE no IN (SELECT service_no FROM month_used WHERE NOT is_plain) OFFSET 0) s
CROSS JOIN LATERAL (
    SELECT * FROM invoices_invoiceline l
    WHERE l.service_id = s.service_id AND l.service_date >= %(start)s AND l.service_date < %(end)s AND l.state = 'accepted'
    OFFSET 0) l
LEFT JOIN month_member m ON m.membership_id = l.membership_id AND m.joined_date <= l.service_date
    AND (m.left_date IS NULL OR l.service_date < m.left_date)
LEFT JOIN month_pledged p ON p.member_no = m.no AND l.service_date >= p.from_date AND l.service_date < p.until_date
WHERE l.corrected_line_id IS NOT NULL OR l.amount_pence < 0 OR p.stream_count > 2;

-- Lines of closed months that came in so late that they were dated in this one.
INSERT INTO month_line
SELECT (SELECT count(*) FROM month_line) + row_number() OVER (), l.id, l.entry_id, (uuid_hash(l.entry_id) & 1073741823)::bigint,
    l.invoice_id, l.line_number, s.no, s.cluster_id, s.rule, l.service_date, l.units, l.amount_pence, l.membership_id,
    l.corrected_line_id
FROM ledger_entry e
CROSS JOIN LATERAL (SELECT * FROM invoices_invoiceline l WHERE l.entry_id = e.id AND l.state = 'accepted' OFFSET 0) l
JOIN month_service s ON s.service_id = l.service_id
WHERE e.book_id = %(book)s AND e.concerned_date IS NOT NULL AND e.effective_date >= %(start)s AND e.effective_date < %(end)s;

-- A credit is split as the line it corrects: that line's member, and its number for the odd pennies.
UPDATE month_line l
SET (membership_id, invoice_id, line_number) = (
    SELECT c.membership_id, c.invoice_id, c.line_number FROM invoices_invoiceline c WHERE c.id = l.corrected_line_id)
WHERE l.corrected_line_id IS NOT NULL;
ANALYZE month_line (no, rule, service_date, service_no, cluster_id, membership_id);
