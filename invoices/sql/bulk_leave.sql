-- bulk_leave.sql: leaves clusters in which order matters to be dealt with one by one.
-- Values: hard (cluster ids).
DELETE FROM bulk_share WHERE line_no IN (SELECT line_no FROM bulk_line WHERE cluster_id = ANY(%(hard)s));
DELETE FROM bulk_line WHERE cluster_id = ANY(%(hard)s);
DELETE FROM bulk_document WHERE cluster_id = ANY(%(hard)s);
