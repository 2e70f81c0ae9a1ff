-- parts.sql: what each member pays of each line, before it is split over their streams, where nobody was away.
--
-- by_use: the named member, who must have been one that day. equal, by_pledge: the members of that day, by largest
-- remainder, equal remainders in order of sha256 of "<invoice number>:<line number>:<member reference>".
payer AS MATERIALIZED (
    SELECT l.no, l.mark, l.service_no, l.units, l.amount_pence, l.line_number, l.invoice_id, m.no AS member_no, m.ref,
        p.no AS pledged_no, p.stream_count, p.first_pence, p.total_pence,
        CASE WHEN l.rule = 'equal' THEN 1 ELSE coalesce(p.total_pence, 0) END AS weight
    FROM month_line l
    JOIN month_member m ON m.cluster_id = l.cluster_id AND m.joined_date <= l.service_date
        AND (m.left_date IS NULL OR l.service_date < m.left_date)
    LEFT JOIN month_pledged p ON p.member_no = m.no AND l.service_date >= p.from_date AND l.service_date < p.until_date
    WHERE l.rule <> 'by_use' AND l.amount_pence <> 0
),
whole AS (
    SELECT no, sum(weight)::bigint AS weights FROM payer GROUP BY no HAVING sum(weight) > 0
),
floored AS MATERIALIZED (
    SELECT y.*, abs(y.amount_pence) * y.weight / w.weights AS floor_pence,
        abs(y.amount_pence) * y.weight %% w.weights AS remainder
    FROM payer y JOIN whole w USING (no)
),
odd AS (
    SELECT no, max(abs(amount_pence)) - sum(floor_pence)::bigint AS pennies FROM floored GROUP BY no
),
ranked AS (
    SELECT f.*, o.pennies,
        row_number() OVER (PARTITION BY f.no ORDER BY f.remainder DESC,
            sha256(convert_to(i.number || ':' || f.line_number || ':' || f.ref, 'UTF8'))) AS place
    FROM floored f
    JOIN odd o USING (no)
    JOIN (
        SELECT d.invoice_id, n.number FROM (SELECT DISTINCT invoice_id FROM payer) d
        CROSS JOIN LATERAL (SELECT number FROM invoices_invoice n WHERE n.id = d.invoice_id OFFSET 0) n
    ) i USING (invoice_id)
),
part AS (
    SELECT l.no, l.mark, l.service_no, l.units, m.no AS member_no, l.amount_pence AS pence,
        p.no AS pledged_no, p.stream_count, p.first_pence, p.total_pence
    FROM month_line l
    JOIN month_member m ON m.membership_id = l.membership_id
    LEFT JOIN month_pledged p ON p.member_no = m.no AND l.service_date >= p.from_date AND l.service_date < p.until_date
    WHERE l.rule = 'by_use' AND (l.corrected_line_id IS NOT NULL
        OR (m.joined_date <= l.service_date AND (m.left_date IS NULL OR l.service_date < m.left_date)))
    UNION ALL
    SELECT no, mark, service_no, units, member_no, sign(amount_pence)::bigint * (floor_pence + (place <= pennies)::int),
        pledged_no, stream_count, first_pence, total_pence
    FROM ranked
),
