-- bulk_lay_out.sql: lays out what a chunk of clusters is judged by, in tables of this transaction alone.
-- Values: chunk (cluster ids), batch, council, book, opens (first open day or null), on (today).

-- What each member had pledged from one day up to another: total and, in order of stream code, by stream, with
-- the pool-share account of each stream (named here once, not once a transfer).
CREATE TEMP TABLE bulk_step ON COMMIT DROP AS
WITH pledge AS (
    SELECT m.cluster_id, m.id AS membership_id, m.ref, m.joined_date, m.left_date,
        s.code AS stream, p.effective_date, p.amount_pence
    FROM clusters_membership m
    LEFT JOIN clusters_pledge p ON p.membership_id = m.id
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
    GROUP BY d.membership_id, d.effective_date, p.stream
),
step AS (
    SELECT d.membership_id, d.effective_date AS from_date,
        coalesce(lead(d.effective_date) OVER (PARTITION BY d.membership_id ORDER BY d.effective_date), 'infinity') AS to_date,
        s.total, s.streams, s.pences, s.pools
    FROM day d LEFT JOIN (
        SELECT membership_id, effective_date, sum(pence)::bigint AS total,
            array_agg(stream ORDER BY stream COLLATE "C") AS streams, array_agg(pence ORDER BY stream COLLATE "C") AS pences,
            array_agg(ledger_account_id(%(book)s, 'pool_share', membership_id, NULL, stream) ORDER BY stream COLLATE "C") AS pools
        FROM standing GROUP BY membership_id, effective_date
    ) s USING (membership_id, effective_date)
)
SELECT m.cluster_id, m.id AS membership_id, m.ref,
    greatest(m.joined_date, s.from_date) AS from_date,
    least(coalesce(m.left_date, 'infinity'), s.to_date) AS to_date,
    coalesce(s.total, 0) AS total, coalesce(s.streams, '{}') AS streams, coalesce(s.pences, '{}') AS pences,
    coalesce(s.pools, '{}') AS pools
FROM clusters_membership m JOIN step s ON s.membership_id = m.id
WHERE greatest(m.joined_date, s.from_date) < least(coalesce(m.left_date, 'infinity'), s.to_date);

-- The lines with what their words mean and the first reason that speaks against them, before units and money.
CREATE TEMP TABLE bulk_line ON COMMIT DROP AS
SELECT l.id, d.id AS invoice_id, d.number, d.place, l.line_number, c.id AS contract_id, c.cluster_id, c.provider_id,
    p.ref AS provider_ref, s.id AS service_id, s.sharing_rule AS rule, s.max_units, l.service_date, l.units,
    l.amount_pence, CASE WHEN s.sharing_rule = 'by_use' THEN m.membership_id END AS membership_id,
    uuidv7() AS entry_id,
    CASE
        WHEN s.id IS NULL THEN 'unknown_service'
        WHEN l.service_date < c.start_date OR l.service_date >= c.end_date THEN 'outside_contract'
        WHEN l.unit_rate_pence <> s.unit_rate_pence THEN 'rate_mismatch'
        WHEN l.amount_pence <> round(l.units * s.unit_rate_pence) THEN 'amount_mismatch'
        WHEN s.sharing_rule = 'by_use' AND m.membership_id IS NULL THEN 'member_not_active'
    END AS reason
FROM invoices_inboxdocument d
JOIN commissioning_contract c ON c.id = d.contract_id
JOIN providers_provider p ON p.id = c.provider_id
JOIN invoices_inboxline l ON l.document_id = d.id
LEFT JOIN commissioning_contractservice s ON s.contract_id = c.id AND s.code = l.service_code
LEFT JOIN bulk_step m ON m.cluster_id = c.cluster_id AND m.ref = l.member_ref
    AND l.service_date >= m.from_date AND l.service_date < m.to_date
WHERE d.council_id = %(council)s AND d.batch = %(batch)s AND c.cluster_id = ANY(%(chunk)s);

ANALYZE bulk_step, bulk_line;

-- A visit billed already: accepted before, or earlier in this batch.
UPDATE bulk_line b SET reason = 'duplicate_line'
FROM (
    SELECT id, row_number() OVER (PARTITION BY service_id, service_date, membership_id, units
                                  ORDER BY place, id) AS nth
    FROM bulk_line WHERE reason IS NULL AND membership_id IS NOT NULL
) again
WHERE again.id = b.id AND (again.nth > 1 OR EXISTS (
    SELECT FROM invoices_invoiceline x
    WHERE x.service_id = b.service_id AND x.service_date = b.service_date AND x.membership_id = b.membership_id
        AND x.units = b.units AND x.state = 'accepted' AND x.corrects_line IS NULL));
