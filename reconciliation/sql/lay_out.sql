-- lay_out.sql: lays out a chunk of clusters: members, what they had pledged by when, services, lines of the month.
-- Everything gets a number of its own (`no`), which is cheaper to join and to sort by than an id. What is looked up in a
-- large table is looked up row by row (LATERAL), so that no chunk reads all of it.
-- Values: chunk (cluster ids), council, book, start, end (exclusive).
SET LOCAL default_statistics_target = 10;
SET LOCAL work_mem = '32MB';

CREATE TEMP TABLE month_member ON COMMIT DROP AS
SELECT row_number() OVER ()::int AS no, m.id AS membership_id, m.cluster_id, m.person_id, m.ref, m.joined_date, m.left_date
FROM clusters_membership m WHERE m.cluster_id = ANY(%(chunk)s);
ANALYZE month_member;

-- What went back to a budget is a pledge below zero; it counts from the next day on: the day itself may be shared already.
CREATE TEMP TABLE month_pledge ON COMMIT DROP AS
SELECT m.no AS member_no, m.cluster_id, p.id, p.amount_pence, p.effective_date, p.stream_id, p.budget_id, s.code AS stream
FROM month_member m
CROSS JOIN LATERAL (
    SELECT p.id, p.amount_pence, p.effective_date, p.stream_id, p.budget_id
    FROM clusters_pledge p WHERE p.membership_id = m.membership_id
    UNION ALL
    SELECT r.id, -r.amount_pence, r.effective_date + 1, r.stream_id, r.budget_id
    FROM clusters_pledgereturn r WHERE r.membership_id = m.membership_id OFFSET 0) p
JOIN budgets_fundingstream s ON s.id = p.stream_id;
ANALYZE month_pledge;

-- What a member had pledged and not taken back, from one day up to another: in all, and from each stream in order of its
-- code.
CREATE TEMP TABLE month_pledged ON COMMIT DROP AS
WITH turn AS (
    SELECT member_no, effective_date AS from_date,
        coalesce(lead(effective_date) OVER (PARTITION BY member_no ORDER BY effective_date), 'infinity') AS until_date
    FROM (SELECT DISTINCT member_no, effective_date FROM month_pledge) d
),
standing AS (
    SELECT t.member_no, t.from_date, t.until_date, p.stream, sum(p.amount_pence)::bigint AS pence
    FROM turn t JOIN month_pledge p ON p.member_no = t.member_no AND p.effective_date <= t.from_date
    GROUP BY t.member_no, t.from_date, t.until_date, p.stream HAVING sum(p.amount_pence) > 0
),
listed AS (
    SELECT member_no, from_date, until_date, sum(pence)::bigint AS total_pence,
        array_agg(stream ORDER BY stream COLLATE "C") AS streams, array_agg(pence ORDER BY stream COLLATE "C") AS pences
    FROM standing GROUP BY member_no, from_date, until_date
)
SELECT row_number() OVER ()::int AS no, l.*, pences[1] AS first_pence, cardinality(streams) AS stream_count FROM listed l;
ANALYZE month_pledged;

CREATE TEMP TABLE month_service ON COMMIT DROP AS
SELECT row_number() OVER ()::int AS no, s.id AS service_id, s.sharing_rule AS rule, c.cluster_id, c.provider_id, c.start_date
FROM commissioning_contract c JOIN commissioning_contractservice s ON s.contract_id = c.id
WHERE c.cluster_id = ANY(%(chunk)s);
ANALYZE month_service;

-- Accepted lines whose day lies in the month (it is open, so none of them came late), and lines of closed months that
-- came in so late that they were dated in this one. `mark` is a number of the entry's; units in ten-thousandths.
CREATE TEMP TABLE month_line ON COMMIT DROP AS
SELECT row_number() OVER ()::int AS no, l.id, l.entry_id, (uuid_hash(l.entry_id) & 1073741823)::bigint AS mark, l.invoice_id,
    l.line_number, s.no AS service_no, s.cluster_id, s.rule, l.service_date, (l.units * 10000)::bigint AS units, l.amount_pence,
    l.membership_id, l.corrected_line_id
FROM month_service s
CROSS JOIN LATERAL (
    SELECT * FROM invoices_invoiceline l
    WHERE l.service_id = s.service_id AND l.service_date >= %(start)s AND l.service_date < %(end)s AND l.state = 'accepted'
    OFFSET 0) l;

INSERT INTO month_line
SELECT (SELECT count(*) FROM month_line) + row_number() OVER (), l.id, l.entry_id, (uuid_hash(l.entry_id) & 1073741823)::bigint,
    l.invoice_id, l.line_number, s.no, s.cluster_id, s.rule, l.service_date, (l.units * 10000)::bigint, l.amount_pence,
    l.membership_id, l.corrected_line_id
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
