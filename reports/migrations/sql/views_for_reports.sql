-- views_for_reports.sql: what the role commonpurse_report may read (ADR 2): references, codes, months and amounts. No name, no
-- word, no day of anybody; nothing made up for a system to practise on. As counted last; `state` says how final it is.

CREATE VIEW report_service_month AS
SELECT k.code AS council, e.start_date AS month, e.state, u.ref AS cluster, p.ref AS provider, c.ref AS contract,
    s.code AS service, s.unit, d.line_count AS lines, d.units, d.pence
FROM reconciliation_servicemonth d
JOIN reconciliation_clustermonth m ON m.id = d.cluster_month_id
JOIN reconciliation_monthend e ON e.id = m.month_end_id
JOIN people_council k ON k.id = e.council_id AND NOT k.is_practice
JOIN clusters_cluster u ON u.id = m.cluster_id
JOIN commissioning_contractservice s ON s.id = d.service_id
JOIN commissioning_contract c ON c.id = s.contract_id
JOIN providers_provider p ON p.id = c.provider_id;

CREATE VIEW report_cluster_month AS
SELECT k.code AS council, e.start_date AS month, e.state, u.ref AS cluster, m.member_count AS members, m.line_count AS lines,
    m.billed_pence, m.opening_pence, m.pledged_pence, m.returned_pence, m.other_pence, m.closing_pence, m.committed_pence
FROM reconciliation_clustermonth m
JOIN reconciliation_monthend e ON e.id = m.month_end_id
JOIN people_council k ON k.id = e.council_id AND NOT k.is_practice
JOIN clusters_cluster u ON u.id = m.cluster_id;

CREATE VIEW report_statement AS
SELECT k.code AS council, e.start_date AS month, e.state, u.ref AS cluster, b.ref AS member, t.stream, t.opening_pence,
    t.pledged_pence, t.returned_pence, t.spent_pence, t.other_pence, t.closing_pence, t.committed_pence, t.available_pence,
    t.allocation_pence, t.variance_pence, t.forecast_pence, t.flag
FROM reconciliation_statement t
JOIN reconciliation_clustermonth m ON m.id = t.cluster_month_id
JOIN reconciliation_monthend e ON e.id = m.month_end_id
JOIN people_council k ON k.id = e.council_id AND NOT k.is_practice
JOIN clusters_cluster u ON u.id = m.cluster_id
JOIN clusters_membership b ON b.id = t.membership_id;
