-- parts_away.sql: as parts.sql, where somebody of the chunk was away on a day of which something is shared. Slower, in
-- numbers without end, and for few lines.
--
-- Who pays for somebody who is away says the newest version of the agreement signed before that day, or else the first.
-- Whom the others cover does not count, unless nobody who counts is there. What those pay whom the reserve covers is
-- shared again among all members of that day, by what each had pledged.
away AS MATERIALIZED (
    SELECT m.no AS member_no, d.service_date, coalesce(CASE a.cause WHEN 'holiday' THEN g.on_holiday ELSE g.on_illness END,
        'pays_anyway') AS who_pays
    FROM month_member m
    JOIN clusters_absence a USING (membership_id)
    JOIN (SELECT DISTINCT cluster_id, service_date FROM month_line WHERE rule <> 'by_use') d ON d.cluster_id = m.cluster_id
        AND d.service_date >= a.start_date AND d.service_date < coalesce(a.back_date, a.end_date)
    LEFT JOIN LATERAL (
        SELECT g.on_holiday, g.on_illness FROM clusters_agreement g
        WHERE g.cluster_id = m.cluster_id AND g.signed_date IS NOT NULL
        ORDER BY g.signed_date < d.service_date DESC, CASE WHEN g.signed_date < d.service_date THEN -g.version ELSE g.version END
        LIMIT 1) g ON true
),
usual AS MATERIALIZED (
    SELECT l.no, l.mark, l.service_no, l.units, l.amount_pence, n.number || ':' || l.line_number || ':' || m.ref AS tie,
        m.no AS member_no, p.no AS pledged_no, p.stream_count, p.first_pence, p.total_pence,
        coalesce(p.total_pence, 0)::numeric AS pledged, a.who_pays,
        CASE WHEN l.rule = 'equal' THEN 1 ELSE coalesce(p.total_pence, 0) END::numeric AS weight
    FROM month_line l
    JOIN month_member m ON m.cluster_id = l.cluster_id AND m.joined_date <= l.service_date
        AND (m.left_date IS NULL OR l.service_date < m.left_date)
    CROSS JOIN LATERAL (SELECT number FROM invoices_invoice n WHERE n.id = l.invoice_id OFFSET 0) n
    LEFT JOIN month_pledged p ON p.member_no = m.no AND l.service_date >= p.from_date AND l.service_date < p.until_date
    LEFT JOIN away a ON a.member_no = m.no AND a.service_date = l.service_date
    WHERE l.rule <> 'by_use' AND l.amount_pence <> 0
),
counted AS (
    SELECT u.*, CASE WHEN u.who_pays = 'others_cover' AND bool_or(u.who_pays IS NULL AND u.weight > 0) OVER (PARTITION BY u.no)
        THEN 0 ELSE u.weight END AS share_weight
    FROM usual u
),
floored AS (
    SELECT c.*, div(abs(c.amount_pence) * c.share_weight, w.whole) AS floor_pence,
        mod(abs(c.amount_pence) * c.share_weight, w.whole) AS remainder
    FROM counted c JOIN (SELECT no, sum(share_weight) AS whole FROM counted GROUP BY no) w ON w.no = c.no AND w.whole > 0
),
first_part AS (
    SELECT f.*, floor_pence + (row_number() OVER (
            PARTITION BY no ORDER BY remainder DESC, sha256(convert_to(tie, 'UTF8')))
        <= abs(amount_pence) - sum(floor_pence) OVER (PARTITION BY no))::int AS usual_part
    FROM floored f
),
covered AS (
    SELECT f.*, coalesce(sum(usual_part) FILTER (WHERE who_pays = 'reserve_covers') OVER (PARTITION BY no), 0) AS reserve_pence,
        nullif(sum(pledged) OVER (PARTITION BY no), 0) AS all_pledged
    FROM first_part f
),
reserve_floored AS (
    SELECT c.*, div(reserve_pence * pledged, all_pledged) AS reserve_floor, mod(reserve_pence * pledged, all_pledged) AS reserve_rest
    FROM covered c
),
whole_part AS (
    SELECT r.*, CASE WHEN who_pays = 'reserve_covers' THEN 0 ELSE usual_part END
        + CASE WHEN reserve_pence = 0 THEN 0 ELSE reserve_floor + (row_number() OVER (
                PARTITION BY no ORDER BY reserve_rest DESC, sha256(convert_to(tie, 'UTF8')))
            <= reserve_pence - sum(reserve_floor) OVER (PARTITION BY no))::int END AS pays
    FROM reserve_floored r
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
    -- What somebody was away for and paid nothing of, they did not have.
    SELECT no, mark, service_no, units, member_no, sign(amount_pence)::bigint * pays::bigint, pledged_no, stream_count,
        first_pence, total_pence
    FROM whole_part
    WHERE pays > 0 OR who_pays IS NULL OR who_pays = 'pays_anyway'
),
