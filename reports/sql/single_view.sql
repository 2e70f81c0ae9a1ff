-- single_view.sql: what stands in the single view of %(person)s on %(on)s beside plan, reviews, budget and clusters.
--
-- One row a thing: its kind, id, day, state, words, pence and moment, as far as it has them; and in which column words
-- of which row are sealed, if they are. Of assessments and challenges only the person's own: a carer's are the carer's to read.
WITH own AS MATERIALIZED (
    SELECT * FROM plans_assessment WHERE person_id = %(person)s AND kind = 'adult'
    ORDER BY started_date DESC, id DESC LIMIT 5
), asked_once AS (
    (SELECT 1 AS place, 'plans_assessment' AS table, id, language, communication, contact FROM own LIMIT 1)
    UNION ALL
    SELECT 2, 'people_firstcontact', id, language, communication, contact FROM people_firstcontact WHERE person_id = %(person)s
    ORDER BY place LIMIT 1
)
SELECT 'assessment' AS kind, s.id AS id, s.started_date AS day, s.state AS state, '' AS words,
    i.weekly_pence::bigint AS pence, s.finished_at AS moment, '' AS sealed_column, NULL::uuid AS sealed_row
FROM own s
LEFT JOIN plans_indicativebudget i ON i.assessment_id = s.id AND i.is_current
UNION ALL
SELECT said.kind, o.id, NULL, '', said.words, NULL, NULL, o.table || '.' || said.kind, o.id
FROM asked_once o,
    LATERAL (VALUES ('language', o.language), ('communication', o.communication), ('contact', o.contact))
        AS said (kind, words)
WHERE said.words <> ''
UNION ALL
SELECT 'challenge', s.id, h.due_date, '', h.words, NULL, h.made_at, 'plans_challenge.words', h.id
FROM plans_challenge h
JOIN plans_indicativebudget i ON i.id = h.indicative_id
JOIN plans_assessment s ON s.id = i.assessment_id
WHERE s.person_id = %(person)s AND s.kind = 'adult' AND h.answered_at IS NULL
UNION ALL
SELECT 'paying', f.id, h.due_date, '', h.words, NULL, h.made_at, 'budgets_contributionchallenge.words', h.id
FROM budgets_contributionchallenge h
JOIN budgets_financialassessment f ON f.id = h.assessment_id
WHERE f.person_id = %(person)s AND h.answered_at IS NULL
UNION ALL
SELECT 'question', q.id, NULL, '', q.what, q.amount_pence, q.asked_at, 'budgets_spendquestion.what', q.id
FROM budgets_spendquestion q
WHERE q.person_id = %(person)s AND q.answered_at IS NULL
UNION ALL
SELECT 'asked_back', r.id, r.earliest_date, r.state, r.reason, r.amount_pence, NULL, 'budgets_recovery.reason', r.id
FROM budgets_recovery r
WHERE r.person_id = %(person)s AND r.state IN ('noticed', 'disputed')
UNION ALL
SELECT 'proposal', b.id, b.start_date, '', '', b.plan_weekly_pence, b.proposed_at, '', NULL
FROM budgets_budgetstatement b
JOIN plans_plan l ON l.id = b.plan_id
WHERE l.person_id = %(person)s AND b.state = 'proposed'
UNION ALL
SELECT 'later_budget', b.id, b.start_date, '', '', NULL, NULL, '', NULL
FROM budgets_budget b
WHERE b.person_id = %(person)s AND b.start_date > %(on)s
UNION ALL
SELECT 'move', m.id, m.moved_date, '', k.name, NULL, m.sent_at, '', NULL
FROM moving_move m
JOIN moving_knowncouncil k ON k.id = m.to_id
WHERE m.person_id = %(person)s AND m.taken_back_at IS NULL
UNION ALL
SELECT 'arrival', a.id, a.moved_date, '', k.name, NULL, a.taken_at, '', NULL
FROM moving_arrival a
JOIN moving_knowncouncil k ON k.id = a.sender_id
WHERE a.person_id = %(person)s
UNION ALL
SELECT 'elsewhere', o.id, o.moved_date, '', c.name, NULL, NULL, '', NULL
FROM people_person p
JOIN people_person o ON o.user_id = p.user_id AND o.id <> p.id
JOIN people_council c ON c.id = o.council_id
WHERE p.id = %(person)s
UNION ALL
SELECT 'again', m.id, NULL, '', c.name, NULL, min(g.asked_at), '', NULL
FROM clusters_askedagain g
JOIN clusters_membership m ON m.id = g.membership_id
JOIN clusters_cluster c ON c.id = m.cluster_id
WHERE m.person_id = %(person)s AND g.answer_id IS NULL
GROUP BY m.id, c.name
UNION ALL
(
    SELECT 'manager', u.id, NULL, u.name, u.email, NULL, NULL, '', NULL
    FROM people_person p
    JOIN people_role r ON r.council_id = p.council_id AND r.kind = 'manager'
    JOIN people_user u ON u.id = r.user_id AND u.is_active
    WHERE p.id = %(person)s AND p.lead_professional_id IS NULL
    ORDER BY u.name, u.id LIMIT 1
)
ORDER BY kind, day DESC, id
