-- lets_user.sql: what the wall lets somebody meet who signed in (ADR 34): the councils they have to do with, and the books
-- of these; the councils they work for; the people they are, or may see as a helper today; and themselves.
WITH work AS (SELECT council_id FROM people_role WHERE user_id = %(user)s),
helped AS (
    SELECT p.id, p.council_id,
        a.scopes <> ARRAY['letters']::varchar[] AND a.start_date <= %(on)s AND p.died_date IS NULL AND NOT EXISTS (
            SELECT FROM people_safeguardingmark m
            WHERE m.person_id = a.person_id AND m.kept_from_id = a.helper_id AND m.ended_at IS NULL
        ) AS is_seen
    FROM people_authority a JOIN people_person p ON p.id = a.person_id
    WHERE a.helper_id = %(user)s AND a.withdrawn_at IS NULL AND (a.end_date IS NULL OR a.end_date > %(on)s)
),
own AS (SELECT id, council_id FROM people_person WHERE user_id = %(user)s),
cared_for AS (  -- by whoever said they do, or was asked themselves how they are
    SELECT person_id FROM people_carerconsent WHERE carer_id = %(user)s
    UNION SELECT person_id FROM plans_assessment WHERE carer_id = %(user)s
    UNION SELECT person_id FROM plans_plan WHERE carer_id = %(user)s
),
employer AS (
    SELECT p.id, p.council_id
    FROM providers_providerstaff s JOIN providers_provider p ON p.id = s.provider_id WHERE s.user_id = %(user)s
),
council AS (
    SELECT council_id FROM work
    UNION SELECT council_id FROM helped
    UNION SELECT council_id FROM own
    UNION SELECT p.council_id FROM cared_for c JOIN people_person p ON p.id = c.person_id
    UNION SELECT council_id FROM employer
    UNION SELECT p.council_id  -- where their employer only practises
        FROM employer e
        JOIN providers_sandbox s ON s.provider_id = e.id JOIN providers_provider p ON p.id = s.practice_id
)
SELECT
    (SELECT array_agg(council_id)::text FROM council) AS councils,
    (SELECT array_agg(c.book_id)::text FROM people_council c WHERE c.id IN (SELECT council_id FROM council)) AS books,
    (SELECT array_agg(DISTINCT council_id)::text FROM work) AS staffed,
    (SELECT array_agg(id)::text FROM (SELECT id FROM own UNION SELECT id FROM helped WHERE is_seen) p) AS people,
    (ARRAY[%(user)s]::uuid[])::text AS self
