-- behind_the_wall.sql: what was handed out is behind the wall of its council; codes that hold everywhere are not.
SELECT wall_around('reports_reportfile', $$ council_id = ANY ((SELECT wall_lets('councils'))::uuid[]) $$);
SELECT wall_around(
    'reports_ledgercode', $$ council_id IS NULL OR council_id = ANY ((SELECT wall_lets('councils'))::uuid[]) $$,
    writes => $$ council_id = ANY ((SELECT wall_lets('councils'))::uuid[]) $$
);
