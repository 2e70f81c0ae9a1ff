-- caseload.sql: for each of %(people)s, where planning stands on %(on)s, and what their clocks of reviews are worked
-- out from. A direct payment counts from its first instalment, or until one was paid from its first budget, as long as a
-- budget of today has one. The plan of somebody who moved here counts from their first day here: what their first council
-- was late with is not this one's, which owes its own assessment from that day (a call). What people wrote comes sealed.
SELECT
    p.id,
    newest.id, newest.version, coalesce(newest.state, ''), coalesce(newest.return_reason, ''), newest.submitted_at,
    agreed.id, agreed.version, agreed.agreed_at, agreed.review_due_date,
    greatest(agreed.first_at, (came.moved_date + time '12:00') AT TIME ZONE 'UTC'),
    assessed.id, coalesce(assessed.state, ''),
    held.dates, held.with_payment, called.made, direct.since_date, challenged.due_dates, opened.again,
    marked.review_dates, judged.again_dates, contradicted.owed,
    coalesce(assessed.is_eligible, false),
    coalesce(assessed.is_eligible AND assessed.finished_at > agreed.agreed_at, false),
    agreed.id IS NOT NULL AND agreed.given_at IS NULL AND NOT agreed.is_loaded,
    coalesce(priced.costs AND NOT (agreed.is_loaded AND paid.has_budget), false) AND NOT stated.is_agreed,
    stated.proposed, paid.is_worked_out, came.id,
    coalesce(goes_to.name, ''), goes.moved_date
FROM people_person p
LEFT JOIN moving_arrival came ON came.person_id = p.id
LEFT JOIN moving_move goes ON goes.person_id = p.id AND goes.taken_back_at IS NULL AND goes.sent_at IS NULL
LEFT JOIN moving_knowncouncil goes_to ON goes_to.id = goes.to_id
LEFT JOIN LATERAL (
    SELECT l.* FROM plans_plan l WHERE l.person_id = p.id AND l.kind = 'adult' ORDER BY l.version DESC LIMIT 1
) newest ON true
LEFT JOIN LATERAL (
    SELECT l.id, l.version, l.agreed_at, l.given_at, l.is_loaded, l.review_due_date, min(l.agreed_at) OVER () AS first_at
    FROM plans_plan l WHERE l.person_id = p.id AND l.kind = 'adult' AND l.state = 'agreed'
    ORDER BY l.version DESC LIMIT 1
) agreed ON true
LEFT JOIN LATERAL (
    SELECT s.id, s.state, s.is_eligible, s.finished_at FROM plans_assessment s WHERE s.person_id = p.id AND s.kind = 'adult'
    ORDER BY s.started_date DESC, s.id DESC LIMIT 1
) assessed ON true
LEFT JOIN LATERAL (
    SELECT
        coalesce(array_agg(r.held_date), '{}') AS dates,
        coalesce(array_agg(r.held_date) FILTER (WHERE r.with_payment), '{}') AS with_payment
    FROM plans_review r WHERE r.person_id = p.id
) held ON true
LEFT JOIN LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_build_array(c.made_date, c.reason, c.id, c.words) ORDER BY c.made_date, c.id), '[]') AS made
    FROM plans_reviewcall c WHERE c.person_id = p.id AND c.ended_by_id IS NULL
) called ON true
LEFT JOIN LATERAL (
    SELECT CASE WHEN max(b.end_date) > %(on)s THEN coalesce((
        SELECT min(i.paid_date) FROM budgets_instalment i
        JOIN budgets_paymentarrangement r ON r.id = i.arrangement_id
        JOIN budgets_allocation d ON d.id = r.allocation_id
        JOIN budgets_budget w ON w.id = d.budget_id
        WHERE w.person_id = p.id AND i.paid_date <= %(on)s
    ), min(b.start_date)) END AS since_date
    FROM budgets_budget b JOIN budgets_allocation a ON a.budget_id = b.id
    WHERE b.person_id = p.id AND b.start_date <= %(on)s AND a.delivery IN ('direct_payment', 'mixed')
) direct ON true
LEFT JOIN LATERAL (
    SELECT coalesce(array_agg(h.due_date ORDER BY h.due_date), '{}') AS due_dates
    FROM (SELECT h.due_date FROM plans_challenge h
    JOIN plans_indicativebudget i ON i.id = h.indicative_id
    JOIN plans_assessment s ON s.id = i.assessment_id
    WHERE s.person_id = p.id AND h.answered_at IS NULL
    UNION ALL
    SELECT h.due_date FROM plans_capacitychallenge h JOIN people_capacityrecord r ON r.id = h.capacity_id
    WHERE r.person_id = p.id AND h.answered_at IS NULL) h
) challenged ON true
LEFT JOIN LATERAL (
    SELECT coalesce(jsonb_agg(
        jsonb_build_array(s.id, s.again_by_date, coalesce(u.name, ''), s.reopen_reason) ORDER BY s.again_by_date, s.id
    ), '[]') AS again
    FROM plans_assessment s LEFT JOIN people_user u ON u.id = s.carer_id
    WHERE s.person_id = p.id AND s.state = 'reopened'
) opened ON true
LEFT JOIN LATERAL (
    SELECT coalesce(array_agg(m.review_date ORDER BY m.review_date), '{}') AS review_dates
    FROM people_safeguardingmark m WHERE m.person_id = p.id AND m.ended_at IS NULL
) marked ON true
LEFT JOIN LATERAL (
    SELECT coalesce(array_agg(r.look_again_date ORDER BY r.look_again_date), '{}') AS again_dates
    FROM people_capacityrecord r
    WHERE r.person_id = p.id AND r.outcome = 'lacks'
        AND NOT EXISTS (SELECT FROM people_capacityrecord s WHERE s.supersedes_id = r.id)
) judged ON true
LEFT JOIN LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_build_array(h.id, h.due_date) ORDER BY h.due_date, h.id), '[]') AS owed
    FROM plans_capacitychallenge h JOIN people_capacityrecord r ON r.id = h.capacity_id
    WHERE r.person_id = p.id AND h.answered_at IS NULL
) contradicted ON true
LEFT JOIN LATERAL (
    SELECT sum(n.weekly_pence + n.one_off_pence) > 0 AS costs FROM plans_need n
    WHERE n.plan_id = agreed.id AND n.taken_out_at IS NULL
) priced ON true
LEFT JOIN LATERAL (
    SELECT
        coalesce(bool_or(s.state = 'agreed'), false) AS is_agreed,
        (array_agg(s.id) FILTER (WHERE s.state = 'proposed'))[1] AS proposed
    FROM budgets_budgetstatement s WHERE s.plan_id = agreed.id
) stated ON true
CROSS JOIN LATERAL (
    SELECT
        EXISTS (
            SELECT FROM budgets_budget b
            WHERE b.person_id = p.id AND b.start_date <= %(on)s AND b.end_date > %(on)s
        ) AS has_budget,
        EXISTS (
            SELECT FROM budgets_financialassessment f
            WHERE f.person_id = p.id AND f.start_date <= %(on)s AND (f.end_date IS NULL OR f.end_date > %(on)s)
        ) AS is_worked_out
) paid
WHERE p.id = ANY(%(people)s)
