-- behind_the_wall.sql: months are behind the wall of their council.
SELECT wall_around('reconciliation_monthend', $$ council_id = ANY ((SELECT wall_lets('councils'))::uuid[]) $$);
SELECT wall_around_part('reconciliation_monthendevent', of => 'reconciliation_monthend', by => 'month_end_id');
SELECT wall_around_part('reconciliation_certificateline', of => 'reconciliation_monthend', by => 'month_end_id');
SELECT wall_around_part('reconciliation_finding', of => 'reconciliation_monthend', by => 'month_end_id');
SELECT wall_around_part('reconciliation_clustermonth', of => 'reconciliation_monthend', by => 'month_end_id');
SELECT wall_around_part('reconciliation_servicemonth', of => 'reconciliation_clustermonth', by => 'cluster_month_id');
SELECT wall_around_part('reconciliation_statement', of => 'reconciliation_clustermonth', by => 'cluster_month_id');
