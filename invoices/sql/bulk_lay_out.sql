-- bulk_lay_out.sql: lays out what a chunk of clusters is judged by, in tables of this transaction alone. Lines, steps and
-- payers go by small numbers from here on: sums and joins over them then move few bytes.
-- Values: chunk (cluster ids), batch, council, book.

-- What each member had pledged and not taken back from one day up to another: total and, in order of stream code, by
-- stream. What went back weighs from the next day on: the day itself may have been shared already.
CREATE TEMP TABLE bulk_step ON COMMIT DROP AS
WITH pledge AS (
    SELECT m.cluster_id, m.id AS membership_id, m.ref, m.joined_date, m.left_date,
        s.code AS stream, p.effective_date, p.amount_pence
    FROM clusters_membership m
    LEFT JOIN (
        SELECT membership_id, stream_id, effective_date, amount_pence FROM clusters_pledge
        UNION ALL SELECT membership_id, stream_id, effective_date + 1, -amount_pence FROM clusters_pledgereturn
    ) p ON p.membership_id = m.id
    LEFT JOIN budgets_fundingstream s ON s.id = p.stream_id
    WHERE m.cluster_id = ANY(%(chunk)s) AND m.joined_date IS NOT NULL
),
day AS (
    SELECT DISTINCT membership_id, effective_date FROM pledge WHERE effective_date IS NOT NULL
    UNION SELECT DISTINCT membership_id, '-infinity'::date FROM pledge
),
standing AS (
    SELECT d.membership_id, d.effective_date, p.stream, sum(p.amount_pence)::bigint AS pence
    FROM day d JOIN pledge p ON p.membership_id = d.membership_id AND p.effective_date <= d.effective_date
    GROUP BY d.membership_id, d.effective_date, p.stream HAVING sum(p.amount_pence) > 0
),
step AS (
    SELECT d.membership_id, d.effective_date AS from_date,
        coalesce(lead(d.effective_date) OVER (PARTITION BY d.membership_id ORDER BY d.effective_date), 'infinity') AS to_date,
        s.total, s.streams, s.pences
    FROM day d LEFT JOIN (
        SELECT membership_id, effective_date, sum(pence)::bigint AS total,
            array_agg(stream ORDER BY stream COLLATE "C") AS streams, array_agg(pence ORDER BY stream COLLATE "C") AS pences
        FROM standing GROUP BY membership_id, effective_date
    ) s USING (membership_id, effective_date)
)
SELECT (row_number() OVER ())::int AS step_no, m.cluster_id, m.id AS membership_id, m.ref,
    greatest(m.joined_date, s.from_date) AS from_date,
    least(coalesce(m.left_date, 'infinity'), s.to_date) AS to_date,
    coalesce(s.total, 0) AS total, coalesce(s.streams, '{}') AS streams, coalesce(s.pences, '{}') AS pences
FROM clusters_membership m JOIN step s ON s.membership_id = m.id
WHERE greatest(m.joined_date, s.from_date) < least(coalesce(m.left_date, 'infinity'), s.to_date);

CREATE TEMP TABLE bulk_document ON COMMIT DROP AS
SELECT d.id, d.place, d.kind, d.number, c.id AS contract_id, c.state, c.cluster_id, c.start_date, c.end_date, c.provider_id,
    p.ref AS provider_ref
FROM invoices_inboxdocument d
JOIN commissioning_contract c ON c.id = d.contract_id
JOIN providers_provider p ON p.id = c.provider_id
WHERE d.council_id = %(council)s AND d.batch = %(batch)s AND c.cluster_id = ANY(%(chunk)s);

-- A stream of a step, the account that pays from it, and the one a provider is owed in (both named here once, not once a
-- transfer).
CREATE TEMP TABLE bulk_payer ON COMMIT DROP AS
SELECT (row_number() OVER ())::int AS payer_no, b.step_no, b.cluster_id, b.membership_id, b.ref, b.total, s.stream, s.pence, s.nth,
    cardinality(b.streams) AS streams, f.provider_id,
    ledger_account_id(%(book)s, 'pool_share', b.membership_id, NULL, s.stream) AS pool_id,
    ledger_account_id(%(book)s, 'payable', f.provider_id, NULL, s.stream) AS payable_id
FROM bulk_step b
JOIN (SELECT DISTINCT cluster_id, provider_id FROM bulk_document) f USING (cluster_id)
CROSS JOIN LATERAL unnest(b.streams, b.pences) WITH ORDINALITY AS s(stream, pence, nth);

ANALYZE bulk_step, bulk_payer, bulk_document;

-- The lines, in order of arrival, with what their words mean and the first reason that speaks against them, before units
-- and money. Who pays for their own visit is known here; `step_no` is theirs.
CREATE TEMP TABLE bulk_line ON COMMIT DROP AS
SELECT (row_number() OVER (ORDER BY d.place, l.id))::int AS line_no, l.id, d.id AS invoice_id, d.number, l.line_number,
    d.contract_id, d.cluster_id, d.provider_id, d.provider_ref, s.id AS service_id, s.sharing_rule AS rule,
    l.service_code, l.service_date, l.units, l.unit_rate_pence, l.amount_pence, l.member_ref,
    CASE WHEN s.sharing_rule = 'by_use' THEN m.membership_id END AS membership_id,
    CASE WHEN s.sharing_rule = 'by_use' THEN m.step_no END AS step_no,
    uuidv7() AS entry_id,
    CASE
        WHEN s.id IS NULL THEN 'unknown_service'
        WHEN l.service_date < d.start_date OR l.service_date >= d.end_date THEN 'outside_contract'
        WHEN l.unit_rate_pence <> s.unit_rate_pence THEN 'rate_mismatch'
        WHEN l.amount_pence <> round(l.units * s.unit_rate_pence) THEN 'amount_mismatch'
        WHEN s.sharing_rule = 'by_use' AND m.membership_id IS NULL THEN 'member_not_active'
    END AS reason
FROM bulk_document d
JOIN invoices_inboxline l ON l.document_id = d.id
LEFT JOIN commissioning_contractservice s ON s.contract_id = d.contract_id AND s.code = l.service_code
LEFT JOIN bulk_step m ON m.cluster_id = d.cluster_id AND m.ref = l.member_ref
    AND l.service_date >= m.from_date AND l.service_date < m.to_date;

ANALYZE bulk_line;

-- A visit billed already: accepted before, or earlier in this batch. What was accepted before is looked for by service
-- and span, which finds nothing quickly when a month comes in for the first time.
UPDATE bulk_line b SET reason = 'duplicate_line'
FROM (
    SELECT l.line_no
    FROM bulk_line l
    JOIN (
        SELECT service_id, service_date, membership_id, units, min(line_no) AS first_no FROM bulk_line
        WHERE reason IS NULL AND membership_id IS NOT NULL
        GROUP BY service_id, service_date, membership_id, units HAVING count(*) > 1
    ) again USING (service_id, service_date, membership_id, units)
    WHERE l.reason IS NULL AND l.line_no > again.first_no
    UNION
    SELECT l.line_no
    FROM (SELECT service_id, min(service_date) AS from_date, max(service_date) AS last_date
          FROM bulk_line WHERE reason IS NULL AND membership_id IS NOT NULL GROUP BY service_id) span
    JOIN invoices_invoiceline x ON x.service_id = span.service_id
        AND x.service_date BETWEEN span.from_date AND span.last_date AND x.state = 'accepted' AND x.corrects_line IS NULL
    JOIN bulk_line l ON l.service_id = x.service_id AND l.service_date = x.service_date
        AND l.membership_id = x.membership_id AND l.units = x.units
    WHERE l.reason IS NULL
) again
WHERE again.line_no = b.line_no;
