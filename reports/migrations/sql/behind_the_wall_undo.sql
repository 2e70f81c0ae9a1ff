SELECT wall_away('reports_reportfile');
SELECT wall_away('reports_ledgercode');
