-- shares.sql: what each member pays of each line of the month, worked out from the line, the sharing rule, the members
-- of that day and their pledges alone. Nothing here looks at a posting. `turn`: which of the member's pledges counted.
--
-- by_use: the named member, who must have been one that day. equal, by_pledge: the members of that day, by largest
-- remainder, equal remainders in order of sha256 of "<invoice number>:<line number>:<member reference>".
payer AS (
    SELECT l.id, l.entry_id, l.cluster_id, l.service_id, l.service_date, l.units, l.amount_pence, l.line_number, l.invoice_id,
        m.membership_id, m.ref, abs(l.amount_pence) AS size_pence,
        CASE WHEN l.rule = 'equal' THEN 1 ELSE coalesce(p.total_pence, 0) END AS weight
    FROM month_line l
    JOIN month_member m ON m.cluster_id = l.cluster_id AND m.joined_date <= l.service_date
        AND (m.left_date IS NULL OR l.service_date < m.left_date)
    LEFT JOIN month_pledged p ON p.membership_id = m.membership_id
        AND l.service_date >= p.from_date AND l.service_date < p.until_date
    WHERE l.rule <> 'by_use' AND l.amount_pence <> 0
),
whole AS (
    SELECT id, sum(weight)::bigint AS weights FROM payer GROUP BY id HAVING sum(weight) > 0
),
ranked AS (
    SELECT y.entry_id, y.service_id, y.service_date, y.units, y.membership_id, y.id, y.amount_pence, y.size_pence,
        y.size_pence * y.weight / w.weights AS floor_pence,
        row_number() OVER line AS place,
        y.size_pence - sum(y.size_pence * y.weight / w.weights) OVER (PARTITION BY y.id) AS odd_pennies
    FROM payer y
    JOIN whole w ON w.id = y.id
    JOIN invoices_invoice i ON i.id = y.invoice_id
    WINDOW line AS (
        PARTITION BY y.id ORDER BY y.size_pence * y.weight %% w.weights DESC,
            sha256(convert_to(i.number || ':' || y.line_number || ':' || y.ref, 'UTF8')))
),
part AS (
    SELECT l.id, l.entry_id, l.service_id, l.service_date, l.units, l.membership_id, l.amount_pence AS pence
    FROM month_line l
    LEFT JOIN month_member m ON m.membership_id = l.membership_id
    WHERE l.rule = 'by_use' AND (l.corrected_line_id IS NOT NULL
        OR (m.joined_date <= l.service_date AND (m.left_date IS NULL OR l.service_date < m.left_date)))
    UNION ALL
    SELECT id, entry_id, service_id, service_date, units, membership_id,
        sign(amount_pence)::bigint * (floor_pence + (place <= odd_pennies)::int)
    FROM ranked
),
-- Of one stream or two, the first pays its part rounded half up and the second the rest: that is the largest remainder,
-- ties to the first. Of more, the remainders are ranked.
few AS (
    SELECT t.id, t.entry_id, t.service_id, t.units, t.membership_id, p.first_stream, p.second_stream, t.pence,
        coalesce(sign(t.pence)::bigint * ((2 * abs(t.pence) * p.first_pence + p.total_pence) / (2 * p.total_pence)),
            t.pence) AS first_part
    FROM part t
    LEFT JOIN month_pledged p ON p.membership_id = t.membership_id
        AND t.service_date >= p.from_date AND t.service_date < p.until_date
    WHERE p.streams IS NULL OR p.streams <= 2
),
many AS (
    SELECT s.id, s.entry_id, s.service_id, s.units, s.membership_id, s.stream, s.nth,
        sign(s.pence)::bigint * (s.floor_pence
            + (row_number() OVER (PARTITION BY s.id, s.membership_id ORDER BY s.remainder DESC, s.nth) <= abs(s.pence)
                - sum(s.floor_pence) OVER (PARTITION BY s.id, s.membership_id))::int) AS pence
    FROM (
        SELECT t.*, u.stream, u.nth, abs(t.pence) * u.pledged / p.total_pence AS floor_pence,
            abs(t.pence) * u.pledged %% p.total_pence AS remainder
        FROM part t
        JOIN month_pledged p ON p.membership_id = t.membership_id
            AND t.service_date >= p.from_date AND t.service_date < p.until_date AND p.streams > 2
        CROSS JOIN LATERAL unnest(p.all_streams, p.all_pences) WITH ORDINALITY AS u(stream, pledged, nth)
    ) s
)
