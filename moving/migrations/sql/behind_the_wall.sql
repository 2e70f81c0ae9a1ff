-- behind_the_wall.sql: keys, and who comes and goes, are behind the wall of the council that writes it.
SELECT wall_around('moving_councilkey', $$ council_id = ANY ((SELECT wall_lets('councils'))::uuid[]) $$);
SELECT wall_around('moving_knowncouncil', $$ council_id = ANY ((SELECT wall_lets('councils'))::uuid[]) $$);
SELECT wall_around('moving_arrival', $$ council_id = ANY ((SELECT wall_lets('councils'))::uuid[]) $$);
SELECT wall_around_part('moving_move', of => 'people_person', by => 'person_id');
