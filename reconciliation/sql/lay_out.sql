-- lay_out.sql: lays out a chunk of clusters: members, what they had pledged by when, services.
-- Everything gets a number of its own (`no`), which is cheaper to join and to sort by than an id. What is looked up in a
-- large table is looked up row by row (LATERAL), so that no chunk reads all of it.
-- Values: chunk (cluster ids).
SET LOCAL default_statistics_target = 10;
SET LOCAL work_mem = '32MB';
SET LOCAL jit = off;

CREATE TEMP TABLE month_member ON COMMIT DROP AS
SELECT row_number() OVER ()::int AS no, m.id AS membership_id, m.cluster_id, m.person_id, m.ref, m.joined_date, m.left_date
FROM clusters_membership m WHERE m.cluster_id = ANY(%(chunk)s);
ANALYZE month_member;

-- What went back to a budget is a pledge below zero; it counts from the next day on: the day itself may be shared already.
CREATE TEMP TABLE month_pledge ON COMMIT DROP AS
SELECT m.no AS member_no, m.cluster_id, p.id, p.amount_pence, p.effective_date, p.stream_id, p.budget_id, s.code AS stream
FROM month_member m
CROSS JOIN LATERAL (
    SELECT p.id, p.amount_pence, p.effective_date, p.stream_id, p.budget_id
    FROM clusters_pledge p WHERE p.membership_id = m.membership_id
    UNION ALL
    SELECT r.id, -r.amount_pence, r.effective_date + 1, r.stream_id, r.budget_id
    FROM clusters_pledgereturn r WHERE r.membership_id = m.membership_id OFFSET 0) p
JOIN budgets_fundingstream s ON s.id = p.stream_id;
ANALYZE month_pledge;

-- What a member had pledged and not taken back, from one day up to another: in all, and from each stream in order of its
-- code.
CREATE TEMP TABLE month_pledged ON COMMIT DROP AS
WITH turn AS (
    SELECT member_no, effective_date AS from_date,
        coalesce(lead(effective_date) OVER (PARTITION BY member_no ORDER BY effective_date), 'infinity') AS until_date
    FROM (SELECT DISTINCT member_no, effective_date FROM month_pledge) d
),
standing AS (
    SELECT t.member_no, t.from_date, t.until_date, p.stream, sum(p.amount_pence)::bigint AS pence
    FROM turn t JOIN month_pledge p ON p.member_no = t.member_no AND p.effective_date <= t.from_date
    GROUP BY t.member_no, t.from_date, t.until_date, p.stream HAVING sum(p.amount_pence) > 0
),
listed AS (
    SELECT member_no, from_date, until_date, sum(pence)::bigint AS total_pence,
        array_agg(stream ORDER BY stream COLLATE "C") AS streams, array_agg(pence ORDER BY stream COLLATE "C") AS pences
    FROM standing GROUP BY member_no, from_date, until_date
)
SELECT row_number() OVER ()::int AS no, l.*, pences[1] AS first_pence, cardinality(streams) AS stream_count FROM listed l;
ANALYZE month_pledged (no, member_no, from_date, until_date, stream_count);

CREATE TEMP TABLE month_service ON COMMIT DROP AS
SELECT row_number() OVER ()::int AS no, s.id AS service_id, s.sharing_rule AS rule, c.cluster_id, c.provider_id, c.start_date
FROM commissioning_contract c JOIN commissioning_contractservice s ON s.contract_id = c.id
WHERE c.cluster_id = ANY(%(chunk)s);
ANALYZE month_service;
