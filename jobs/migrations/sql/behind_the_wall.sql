-- behind_the_wall.sql: work of a council is behind its wall; what the house does for itself is nobody's secret.
SELECT wall_around('jobs_job', $$ council_id IS NULL OR council_id = ANY ((SELECT wall_lets('councils'))::uuid[]) $$);
