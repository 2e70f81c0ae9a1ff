-- returns.sql: the events of a council's people between %(start)s and %(end)s (exclusive) as the client-level return
-- counts them: assessments finished, services that ran at any time in it, reviews held. One row an event.
WITH events AS (
    SELECT 'assessment' AS event, a.id, a.person_id, a.carer_id, a.started_date AS starts,
        (a.finished_at AT TIME ZONE 'Europe/London')::date AS ends,
        a.kind AS what, NULL::text AS delivery, NULL::bigint AS pence, NULL::text AS unit, NULL::bigint AS units,
        CASE WHEN a.is_eligible THEN 'eligible' ELSE 'not_eligible' END AS outcome, NULL::text AS reason
    FROM plans_assessment a
    WHERE a.finished_at IS NOT NULL
        AND (a.finished_at AT TIME ZONE 'Europe/London')::date >= %(start)s
        AND (a.finished_at AT TIME ZONE 'Europe/London')::date < %(end)s
    UNION ALL
    SELECT 'review', r.id, r.person_id, NULL, r.held_date, r.held_date, NULL, NULL, NULL, NULL, NULL,
        r.needs_met || ':' || r.result, r.reason
    FROM plans_review r
    WHERE r.held_date >= %(start)s AND r.held_date < %(end)s
    UNION ALL
    -- What a plan buys, need by need, where the budget was agreed with it.
    SELECT 'service', n.id, b.person_id, NULL, s.start_date, s.end_date, n.kind, l.delivery,
        n.unit_pence, n.unit, n.units_weekly_hundredths, NULL, NULL
    FROM budgets_budgetstatement s
    JOIN budgets_budget b ON b.id = s.budget_id
    JOIN budgets_allocation l ON l.budget_id = b.id
    JOIN budgets_fundingstream f ON f.id = l.stream_id AND f.kind = 'social_care'
    JOIN plans_need n ON n.plan_id = s.plan_id AND n.taken_out_at IS NULL AND n.weekly_pence > 0
    WHERE s.state = 'agreed' AND s.start_date < %(end)s AND s.end_date > %(start)s
    UNION ALL
    -- Else the whole package, by how its social care money is held.
    SELECT 'service', l.id, b.person_id, NULL, b.start_date, b.end_date, NULL, l.delivery,
        l.annual_pence, 'year', NULL, NULL, NULL
    FROM budgets_budget b
    JOIN budgets_allocation l ON l.budget_id = b.id
    JOIN budgets_fundingstream f ON f.id = l.stream_id AND f.kind = 'social_care'
    WHERE b.start_date < %(end)s AND b.end_date > %(start)s
        AND NOT EXISTS (
            SELECT FROM budgets_budgetstatement s JOIN plans_need n ON n.plan_id = s.plan_id
            WHERE s.budget_id = b.id AND s.state = 'agreed' AND n.taken_out_at IS NULL AND n.weekly_pence > 0
        )
)
SELECT e.event, e.id, p.ref, e.carer_id, p.birth_date, p.died_date, p.postcode, e.starts, e.ends, e.what, e.delivery,
    e.pence, e.unit, e.units, e.outcome, e.reason
FROM events e
JOIN people_person p ON p.id = e.person_id
WHERE p.council_id = %(council)s
ORDER BY e.starts, e.event, p.ref, e.id, e.what
