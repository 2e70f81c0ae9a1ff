-- write_clusters.sql: a row for each cluster of the chunk: its sums and its marks; then a row for each of its services.
-- The marks are those of marks.sql, taken from what is laid out. Values: month_end, run, chunk, end (exclusive).
WITH mark AS (
    SELECT c.cluster_id, coalesce(money.mark, 0) AS money_mark, coalesce(money.moves, 0)::bigint AS moves,
        coalesce(member.mark, 0) # coalesce(pledge.mark, 0) # coalesce(service.mark, 0) AS terms_mark
    FROM unnest(%(chunk)s::uuid[]) AS c(cluster_id)
    LEFT JOIN (
        SELECT cluster_id, bit_xor(uuid_hash_extended(id, balance_pence * 31 + move_count)) AS mark, sum(move_count) AS moves
        FROM month_account GROUP BY cluster_id
    ) money USING (cluster_id)
    LEFT JOIN (
        SELECT cluster_id, bit_xor(hash_record_extended(ROW(membership_id, ref, joined_date,
            CASE WHEN left_date < %(end)s THEN left_date END), 0)) AS mark
        FROM month_member WHERE joined_date < %(end)s GROUP BY cluster_id
    ) member USING (cluster_id)
    LEFT JOIN (
        SELECT cluster_id, bit_xor(hash_record_extended(ROW(id, amount_pence, effective_date, stream_id), 1)) AS mark
        FROM month_pledge WHERE effective_date < %(end)s GROUP BY cluster_id
    ) pledge USING (cluster_id)
    LEFT JOIN (
        SELECT cluster_id, bit_xor(hash_record_extended(ROW(service_id, rule, provider_id), 2)) AS mark
        FROM month_service WHERE start_date < %(end)s GROUP BY cluster_id
    ) service USING (cluster_id)
),
line AS (
    SELECT s.cluster_id, sum(b.lines) AS lines, sum(b.pence)::bigint AS pence
    FROM month_billed b JOIN month_service s ON s.no = b.service_no GROUP BY s.cluster_id
),
money AS (
    SELECT cluster_id, count(DISTINCT member_no) AS members, sum(worked_out_pence)::bigint AS worked_out_pence,
        sum(spent_pence)::bigint AS spent_pence, count(*) FILTER (WHERE differs) AS differing,
        sum(pledged_pence)::bigint AS pledged_pence, sum(returned_pence)::bigint AS returned_pence,
        sum(other_pence)::bigint AS other_pence, sum(committed_pence)::bigint AS committed_pence,
        sum(committed_pence + available_pence)::bigint AS closing_pence, sum(later_pence)::bigint AS later_pence,
        sum(last_pence)::bigint AS last_pence
    FROM month_money GROUP BY cluster_id
),
later AS (
    SELECT a.cluster_id, sum(v.moves) AS moves FROM month_moved v JOIN month_account a ON a.id = v.account_id
    WHERE v.is_later GROUP BY a.cluster_id
)
INSERT INTO reconciliation_clustermonth (month_end_id, cluster_id, run, member_count, line_count, billed_pence,
    recomputed_pence, posted_pence, differing_count, last_closing_pence, opening_pence, pledged_pence, returned_pence,
    other_pence, closing_pence, committed_pence, later_pence, money_mark, terms_mark, move_count)
SELECT %(month_end)s, k.cluster_id, %(run)s, coalesce(m.members, 0), coalesce(l.lines, 0), coalesce(l.pence, 0),
    coalesce(m.worked_out_pence, 0), coalesce(m.spent_pence, 0), coalesce(m.differing, 0), coalesce(m.last_pence, 0),
    coalesce(m.closing_pence - m.pledged_pence + m.returned_pence + m.spent_pence + m.other_pence, 0),
    coalesce(m.pledged_pence, 0), coalesce(m.returned_pence, 0), coalesce(m.other_pence, 0), coalesce(m.closing_pence, 0),
    coalesce(m.committed_pence, 0), coalesce(m.later_pence, 0), k.money_mark, k.terms_mark, k.moves - coalesce(a.moves, 0)
FROM mark k
LEFT JOIN line l USING (cluster_id)
LEFT JOIN money m USING (cluster_id)
LEFT JOIN later a USING (cluster_id)
ON CONFLICT (month_end_id, cluster_id) DO UPDATE SET
    run = excluded.run, member_count = excluded.member_count, line_count = excluded.line_count,
    billed_pence = excluded.billed_pence, recomputed_pence = excluded.recomputed_pence, posted_pence = excluded.posted_pence,
    differing_count = excluded.differing_count, last_closing_pence = excluded.last_closing_pence,
    opening_pence = excluded.opening_pence, pledged_pence = excluded.pledged_pence, returned_pence = excluded.returned_pence,
    other_pence = excluded.other_pence, closing_pence = excluded.closing_pence, committed_pence = excluded.committed_pence,
    later_pence = excluded.later_pence, money_mark = excluded.money_mark, terms_mark = excluded.terms_mark,
    move_count = excluded.move_count;

CREATE TEMP TABLE month_cluster ON COMMIT DROP AS
SELECT c.id AS cluster_month_id, c.cluster_id FROM reconciliation_clustermonth c
WHERE c.month_end_id = %(month_end)s AND c.cluster_id = ANY(%(chunk)s);
ANALYZE month_cluster;

-- A service that has no line left says nothing any more.
UPDATE reconciliation_servicemonth m SET line_count = 0, units = 0, shared_units = 0, pence = 0
FROM month_cluster c
WHERE m.cluster_month_id = c.cluster_month_id AND m.line_count > 0
    AND NOT EXISTS (SELECT FROM month_billed b JOIN month_service s ON s.no = b.service_no WHERE s.service_id = m.service_id);

INSERT INTO reconciliation_servicemonth (cluster_month_id, service_id, line_count, units, shared_units, pence)
SELECT c.cluster_month_id, s.service_id, b.lines, b.units, coalesce(p.units, 0), b.pence
FROM month_billed b
JOIN month_service s ON s.no = b.service_no
JOIN month_cluster c USING (cluster_id)
LEFT JOIN (SELECT service_no, sum(shared_units) AS units FROM month_spent GROUP BY service_no) p USING (service_no)
ON CONFLICT (service_id, cluster_month_id) DO UPDATE SET
    line_count = excluded.line_count, units = excluded.units, shared_units = excluded.shared_units, pence = excluded.pence;
