-- bulk_hard.sql: the clusters of a chunk in which the order of lines matters, so that they are dealt with one by one:
-- credit notes, numbers used already, units or money running out, lines nobody can pay, sums too large for the quick way,
-- members who are away on a day of which something is shared.
-- Values: book.
SELECT cluster_id FROM bulk_document WHERE kind <> 'invoice' OR state <> 'approved'
UNION
SELECT d.cluster_id FROM bulk_document d JOIN invoices_invoice i ON i.provider_id = d.provider_id AND i.number = d.number
UNION
SELECT d.cluster_id FROM bulk_document d
JOIN (SELECT provider_id, number FROM bulk_document GROUP BY provider_id, number HAVING count(*) > 1) twice
    USING (provider_id, number)
UNION
SELECT c.cluster_id FROM (
    SELECT service_id, sum(units) AS units FROM bulk_line WHERE reason IS NULL GROUP BY service_id
) now
JOIN commissioning_contractservice s ON s.id = now.service_id JOIN commissioning_contract c ON c.id = s.contract_id
WHERE now.units > s.max_units - coalesce((
    SELECT sum(x.units) FROM invoices_invoiceline x
    WHERE x.service_id = now.service_id AND x.state = 'accepted' AND x.corrects_line IS NULL), 0)
UNION
SELECT cluster_id FROM bulk_line WHERE reason IS NULL AND amount_pence > 100000000
UNION
SELECT cluster_id FROM bulk_step GROUP BY cluster_id HAVING sum(total) > 10000000000
UNION
-- Who pays for somebody who is away is worked out in one place alone. Found by absence, of which there are few or none.
SELECT b.cluster_id FROM clusters_absence a JOIN bulk_step b USING (membership_id)
WHERE EXISTS (SELECT FROM bulk_line l
              WHERE l.cluster_id = b.cluster_id AND l.reason IS NULL AND l.rule <> 'by_use'
                  AND l.service_date >= a.start_date AND l.service_date < coalesce(a.back_date, a.end_date))
UNION
-- A line is shared out whole, or somebody who should pay has pledged nothing.
SELECT l.cluster_id FROM bulk_line l
LEFT JOIN (SELECT line_no, sum(pence) AS pence FROM bulk_share GROUP BY line_no) s USING (line_no)
WHERE l.reason IS NULL AND l.amount_pence <> coalesce(s.pence, 0)
UNION
-- What each member's stream is to pay, after what is committed to each contract, is in their pool share.
SELECT need.cluster_id FROM (
    SELECT y.cluster_id, y.pool_id, y.membership_id, y.stream, sum(s.pence) AS pence
    FROM (SELECT payer_no, sum(pence) AS pence FROM bulk_share GROUP BY payer_no) s JOIN bulk_payer y USING (payer_no)
    GROUP BY y.cluster_id, y.pool_id, y.membership_id, y.stream
) need
LEFT JOIN (
    SELECT membership_id, stream, sum(least(balance_pence, pence)) AS pence FROM (
        SELECT k.membership_id, k.stream, k.balance_pence, sum(s.pence) AS pence
        FROM bulk_committed k
        JOIN bulk_line l USING (contract_id)
        JOIN bulk_payer y ON y.membership_id = k.membership_id AND y.stream = k.stream
        JOIN bulk_share s ON s.line_no = l.line_no AND s.payer_no = y.payer_no
        GROUP BY k.account_id, k.membership_id, k.stream, k.balance_pence
    ) drawn GROUP BY membership_id, stream
) promised USING (membership_id, stream)
LEFT JOIN ledger_account a ON a.id = need.pool_id
WHERE need.pence - coalesce(promised.pence, 0) > coalesce(a.balance_pence, 0)
