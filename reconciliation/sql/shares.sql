-- shares.sql: what each member pays of each line of the month, worked out from the line, the sharing rule, the members
-- of that day and their pledges alone. Nothing here looks at a posting. `pledged_no`: which of their pledges counted.
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
-- Of one stream or two, the first pays its part rounded half up and the second the rest: that is the largest remainder,
-- ties to the first. Of more, the remainders are ranked. Who has pledged nothing pays from no stream at all.
few AS (
    SELECT no, mark, service_no, units, member_no, pledged_no, pence,
        CASE WHEN pence >= 0 THEN (2 * pence * first_pence + total_pence) / (2 * total_pence)
             ELSE -((-2 * pence * first_pence + total_pence) / (2 * total_pence)) END AS first_part
    FROM part WHERE stream_count <= 2
    UNION ALL
    SELECT no, mark, service_no, units, member_no, NULL, pence, pence FROM part WHERE stream_count IS NULL
),
many AS (
    SELECT s.no, s.mark, s.service_no, s.units, s.member_no, s.stream,
        CASE WHEN s.nth = 1 AND s.pence <> 0 THEN s.units ELSE 0 END AS shared_units, sign(s.pence)::bigint * (s.floor_pence
            + (row_number() OVER (PARTITION BY s.no, s.member_no ORDER BY s.remainder DESC, s.nth) <= abs(s.pence)
                - sum(s.floor_pence) OVER (PARTITION BY s.no, s.member_no))::int) AS pence
    FROM (
        SELECT t.*, u.stream, u.nth, abs(t.pence) * u.pledged / t.total_pence AS floor_pence,
            abs(t.pence) * u.pledged %% t.total_pence AS remainder
        FROM part t
        JOIN month_pledged p ON p.no = t.pledged_no
        CROSS JOIN LATERAL unnest(p.streams, p.pences) WITH ORDINALITY AS u(stream, pledged, nth)
        WHERE t.stream_count > 2
    ) s
)
