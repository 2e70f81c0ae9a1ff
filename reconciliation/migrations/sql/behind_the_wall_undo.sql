SELECT wall_away('reconciliation_monthend');
SELECT wall_away('reconciliation_monthendevent');
SELECT wall_away('reconciliation_certificateline');
SELECT wall_away('reconciliation_finding');
SELECT wall_away('reconciliation_clustermonth');
SELECT wall_away('reconciliation_servicemonth');
SELECT wall_away('reconciliation_statement');
