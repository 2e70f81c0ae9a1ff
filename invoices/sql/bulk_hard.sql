-- bulk_hard.sql: the clusters of a chunk in which the order of lines matters, so that they are dealt with one by one:
-- credit notes, numbers used already, units or money running out, lines nobody can pay, sums too large for the quick way.
-- Values: chunk, batch, council.
SELECT d.cluster_id FROM (
    SELECT c.cluster_id, d.kind, d.contract_id, d.number, c.provider_id, c.state
    FROM invoices_inboxdocument d JOIN commissioning_contract c ON c.id = d.contract_id
    WHERE d.council_id = %(council)s AND d.batch = %(batch)s AND c.cluster_id = ANY(%(chunk)s)
) d
WHERE d.kind <> 'invoice' OR d.state <> 'approved'
    OR EXISTS (SELECT FROM invoices_invoice i WHERE i.provider_id = d.provider_id AND i.number = d.number)
UNION
SELECT c.cluster_id
FROM invoices_inboxdocument d JOIN commissioning_contract c ON c.id = d.contract_id
WHERE d.council_id = %(council)s AND d.batch = %(batch)s
    AND (c.provider_id, d.number) IN (
        SELECT c2.provider_id, d2.number
        FROM invoices_inboxdocument d2 JOIN commissioning_contract c2 ON c2.id = d2.contract_id
        WHERE d2.council_id = %(council)s AND d2.batch = %(batch)s
            AND (c2.cluster_id = ANY(%(chunk)s))
        GROUP BY 1, 2 HAVING count(*) > 1)
    AND c.cluster_id = ANY(%(chunk)s)
UNION
SELECT l.cluster_id FROM bulk_line l
WHERE l.reason IS NULL AND l.max_units IS NOT NULL
GROUP BY l.cluster_id, l.service_id, l.max_units
HAVING sum(l.units) + coalesce((
    SELECT sum(x.units) FROM invoices_invoiceline x
    WHERE x.service_id = l.service_id AND x.state = 'accepted' AND x.corrects_line IS NULL), 0) > l.max_units
UNION
SELECT l.cluster_id FROM bulk_line l
WHERE l.reason IS NULL AND l.amount_pence > 100000000
UNION
SELECT s.cluster_id FROM bulk_step s GROUP BY s.cluster_id HAVING sum(s.total) > 10000000000
UNION
-- A line is shared out whole, or somebody who should pay has pledged nothing.
SELECT l.cluster_id FROM bulk_line l
LEFT JOIN (SELECT line_id, sum(pence) AS pence FROM bulk_share GROUP BY line_id) s ON s.line_id = l.id
WHERE l.reason IS NULL AND l.amount_pence <> coalesce(s.pence, 0)
UNION
-- What each member's stream is to pay, after what is committed to each contract, is in their pool share.
SELECT need.cluster_id FROM (
    SELECT w.cluster_id, w.membership_id, w.stream, sum(greatest(w.pence - coalesce(k.balance_pence, 0), 0)) AS pence
    FROM (
        SELECT cluster_id, contract_id, membership_id, stream, sum(pence) AS pence
        FROM bulk_share GROUP BY cluster_id, contract_id, membership_id, stream
    ) w
    LEFT JOIN bulk_committed k USING (contract_id, membership_id, stream)
    GROUP BY w.cluster_id, w.membership_id, w.stream
) need
LEFT JOIN ledger_account a ON a.id = ledger_account_id(%(book)s, 'pool_share', need.membership_id, NULL, need.stream)
WHERE need.pence > coalesce(a.balance_pence, 0)
