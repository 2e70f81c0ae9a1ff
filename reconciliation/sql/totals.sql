-- totals.sql: the figures of a council's month, each from where it stands on its own.
-- `in_pools`: what is there now, less what moved after the month; `later`: how much more of that there is than was counted.
-- Values: month_end, council, book, start, end (exclusive), later.
WITH counted AS (
    SELECT coalesce(sum(billed_pence), 0) AS billed, coalesce(sum(recomputed_pence), 0) AS recomputed,
        coalesce(sum(posted_pence), 0) AS posted, coalesce(sum(last_closing_pence), 0) AS last_closing,
        coalesce(sum(opening_pence), 0) AS opening, coalesce(sum(pledged_pence), 0) AS pledged,
        coalesce(sum(returned_pence), 0) AS returned, coalesce(sum(other_pence), 0) AS other,
        coalesce(sum(closing_pence), 0) AS closing, coalesce(sum(later_pence), 0) AS later
    FROM reconciliation_clustermonth WHERE month_end_id = %(month_end)s
),
stated AS (
    SELECT coalesce(sum(s.closing_pence), 0) AS closing
    FROM reconciliation_clustermonth c JOIN reconciliation_statement s ON s.cluster_month_id = c.id
    WHERE c.month_end_id = %(month_end)s
),
pools AS (
    SELECT coalesce(sum(balance_pence), 0) AS pence, count(*) FILTER (WHERE balance_pence < 0) AS overdrawn
    FROM ledger_account WHERE book_id = %(book)s AND kind IN ('pool_share', 'committed')
),
pledge AS (
    SELECT coalesce(sum(p.amount_pence), 0) AS pence
    FROM clusters_cluster c
    JOIN clusters_membership m ON m.cluster_id = c.id
    JOIN clusters_pledge p ON p.membership_id = m.id
    WHERE c.council_id = %(council)s AND p.effective_date >= %(start)s AND p.effective_date < %(end)s
),
explained AS (
    SELECT coalesce(sum(found_pence - expected_pence)
            FILTER (WHERE kind IN ('share_differs', 'line_without_posting', 'posting_without_line')), 0) AS shares,
        coalesce(sum(found_pence - expected_pence) FILTER (WHERE kind = 'opening_differs'), 0) AS opening
    FROM reconciliation_finding WHERE month_end_id = %(month_end)s AND state = 'explained'
)
SELECT n.billed, n.recomputed, n.posted, n.last_closing, n.opening, n.pledged, n.returned, n.other, n.closing,
    s.closing AS stated, p.pence - n.later - %(later)s AS in_pools, p.overdrawn, g.pence AS pledges, x.shares AS explained_shares,
    x.opening AS explained_opening,
    (SELECT count(*) FROM reconciliation_finding f
     WHERE f.month_end_id = %(month_end)s AND f.is_blocking AND f.state = 'open') AS open_findings
FROM counted n, stated s, pools p, pledge g, explained x
