DROP VIEW report_statement;
DROP VIEW report_cluster_month;
DROP VIEW report_service_month;
