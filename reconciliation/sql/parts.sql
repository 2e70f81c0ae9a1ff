-- parts.sql: what each member pays of each line, before it is split over their streams, where nobody was away.
--
-- by_use: the named member, who must have been one that day. equal, by_pledge: the members of that day, by largest
-- remainder, equal remainders in order of sha256 of "<invoice number>:<line number>:<member reference>".
payer AS (
    SELECT l.no, abs(l.amount_pence) AS size, m.no AS member_no, m.ref, p.no AS pledged_no,
        CASE WHEN l.rule = 'equal' THEN 1 ELSE coalesce(p.total_pence, 0) END AS weight
    FROM month_line l
    JOIN month_member m ON m.cluster_id = l.cluster_id AND m.joined_date <= l.service_date
        AND (m.left_date IS NULL OR l.service_date < m.left_date)
    LEFT JOIN month_pledged p ON p.member_no = m.no AND l.service_date >= p.from_date AND l.service_date < p.until_date
    WHERE l.rule <> 'by_use' AND l.amount_pence <> 0
),
weighed AS (
    SELECT *, sum(weight) OVER (PARTITION BY no)::bigint AS whole FROM payer
),
floored AS (
    SELECT *, size * weight / whole AS floor_pence, size * weight %% whole AS remainder FROM weighed WHERE whole > 0
),
-- What is left over is as many pennies as the remainders make up together.
odd AS (
    SELECT *, sum(remainder) OVER (PARTITION BY no)::bigint / whole AS pennies FROM floored
),
numbered AS MATERIALIZED (
    SELECT l.no, i.number || ':' || l.line_number || ':' AS words
    FROM month_line l
    CROSS JOIN LATERAL (SELECT number FROM invoices_invoice n WHERE n.id = l.invoice_id OFFSET 0) i
    WHERE l.rule <> 'by_use'
),
ranked AS (
    SELECT o.no, o.member_no, o.pledged_no, o.floor_pence, o.pennies, row_number() OVER (
        PARTITION BY o.no ORDER BY o.remainder DESC, sha256(convert_to(n.words || o.ref, 'UTF8'))) AS place
    FROM odd o JOIN numbered n USING (no)
),
part AS NOT MATERIALIZED (
    SELECT l.no, l.mark, l.service_no, l.units, m.no AS member_no, l.amount_pence AS pence,
        p.no AS pledged_no, p.stream_count, p.first_pence, p.total_pence
    FROM month_line l
    JOIN month_member m ON m.membership_id = l.membership_id
    LEFT JOIN month_pledged p ON p.member_no = m.no AND l.service_date >= p.from_date AND l.service_date < p.until_date
    WHERE l.rule = 'by_use' AND (l.corrected_line_id IS NOT NULL
        OR (m.joined_date <= l.service_date AND (m.left_date IS NULL OR l.service_date < m.left_date)))
    UNION ALL
    SELECT l.no, l.mark, l.service_no, l.units, r.member_no,
        sign(l.amount_pence)::bigint * (r.floor_pence + (r.place <= r.pennies)::int), r.pledged_no, p.stream_count, p.first_pence,
        p.total_pence
    FROM ranked r JOIN month_line l USING (no) LEFT JOIN month_pledged p ON p.no = r.pledged_no
),
