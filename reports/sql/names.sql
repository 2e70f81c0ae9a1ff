-- names.sql: the lists a report takes its words from: clusters, providers, services, streams, contracts, members.
--
-- Values: council, cluster (null: every one), start, end (exclusive), person (null: every member).
-- One row each: which list it is from, what it is found by, and its facts. A provider's rating is the regulator's
-- latest of their location as a whole; what is said of them comes from members of every cluster, up to the month's end.
-- Members are listed in a cluster's report alone.
SELECT 'cluster' AS list, c.id::text AS key, jsonb_build_object('ref', c.ref, 'name', c.name) AS facts,
    c.ref AS place
FROM clusters_cluster c
WHERE c.council_id = %(council)s AND (%(cluster)s::uuid IS NULL OR c.id = %(cluster)s)
UNION ALL
SELECT 'provider', p.id::text,
    jsonb_build_object(
        'name', p.name, 'rating', p.rating, 'reviewers', coalesce(said.reviewers, 0),
        'reviews', coalesce(said.reviews, 0), 'stars', coalesce(said.stars, 0)
    ), ''
FROM (
    SELECT DISTINCT ON (p.id) p.id, p.name, coalesce(r.rating, '') AS rating
    FROM providers_provider p
    LEFT JOIN providers_cqcrating r
        ON r.location_id = p.cqc_location_id AND p.cqc_location_id <> ''
        AND lower(r.domain) = 'overall' AND lower(r.population_group) = 'overall'
    WHERE p.council_id = %(council)s
    ORDER BY p.id, r.publication_date DESC NULLS LAST
) p
LEFT JOIN (
    SELECT k.provider_id, count(DISTINCT m.person_id) AS reviewers, count(*) AS reviews, sum(v.stars) AS stars
    FROM commissioning_providerreview v
    JOIN commissioning_contract k ON k.id = v.contract_id
    JOIN clusters_membership m ON m.id = v.membership_id
    WHERE k.council_id = %(council)s AND (v.given_at AT TIME ZONE 'Europe/London')::date < %(end)s
    GROUP BY k.provider_id
) said ON said.provider_id = p.id
UNION ALL
SELECT 'service', s.code, jsonb_build_object('unit', s.unit, 'name', min(s.description)), ''
FROM commissioning_contractservice s JOIN commissioning_contract k ON k.id = s.contract_id
WHERE k.council_id = %(council)s AND (%(cluster)s::uuid IS NULL OR k.cluster_id = %(cluster)s)
GROUP BY s.code, s.unit
UNION ALL
SELECT 'stream', f.code, jsonb_build_object('name', f.name), ''
FROM budgets_fundingstream f WHERE f.council_id = %(council)s
UNION ALL
SELECT 'contract', k.id::text,
    jsonb_build_object(
        'ref', k.ref, 'title', k.title, 'cluster_ref', c.ref, 'provider_id', p.id, 'provider_name', p.name,
        'end_date', k.end_date,
        'is_running', k.start_date < %(end)s AND k.end_date > %(start)s AND k.state IN ('approved', 'ended'),
        'promised_pence', coalesce((
            SELECT sum(o.amount_pence) FROM commissioning_commitment o WHERE o.contract_id = k.id
        ), 0)
    ), k.ref
FROM commissioning_contract k
JOIN clusters_cluster c ON c.id = k.cluster_id
JOIN providers_provider p ON p.id = k.provider_id
WHERE k.council_id = %(council)s AND (%(cluster)s::uuid IS NULL OR k.cluster_id = %(cluster)s)
UNION ALL
SELECT 'member', m.id::text, jsonb_build_object('ref', m.ref), m.ref
FROM clusters_membership m
WHERE m.cluster_id = %(cluster)s AND m.joined_date < %(end)s
    AND (%(person)s::uuid IS NULL OR m.person_id = %(person)s)
ORDER BY list, place, key
