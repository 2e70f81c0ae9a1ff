-- behind_the_wall.sql: councils, those who work for them, and the people they look after.
-- What is one's own (letters, what one may do for others) one meets wherever it is.
SELECT wall_around('people_council', $$ id = ANY ((SELECT wall_lets('councils'))::uuid[]) $$);
SELECT wall_around('people_loadedfolder', $$ council_id = ANY ((SELECT wall_lets('councils'))::uuid[]) $$);
SELECT wall_around('people_role', $$ council_id = ANY ((SELECT wall_lets('councils'))::uuid[]) $$);
SELECT wall_around(  -- colours are in a stylesheet that anybody may get
    'people_brand', $$ true $$,
    writes => $$ council_id = ANY ((SELECT wall_lets('councils'))::uuid[]) $$
);
SELECT wall_around('people_person', $$ council_id = ANY ((SELECT wall_lets('councils'))::uuid[]) $$);
SELECT wall_around(
    'people_policyvalue', $$ council_id IS NULL OR council_id = ANY ((SELECT wall_lets('councils'))::uuid[]) $$,
    writes => $$ council_id = ANY ((SELECT wall_lets('councils'))::uuid[]) $$
);
SELECT wall_around('people_notice', $$ council_id = ANY ((SELECT wall_lets('councils'))::uuid[])
    OR user_id = ANY ((SELECT wall_lets('self'))::uuid[]) $$);
SELECT wall_around_part('people_safeguardingmark', of => 'people_person', by => 'person_id');
SELECT wall_around('people_authority', $$ helper_id = ANY ((SELECT wall_lets('self'))::uuid[])
    OR EXISTS (SELECT FROM people_person whole WHERE whole.id = person_id) $$);
SELECT wall_around_part('people_capacityrecord', of => 'people_person', by => 'person_id');
SELECT wall_around('people_carerconsent', $$ carer_id = ANY ((SELECT wall_lets('self'))::uuid[])
    OR EXISTS (SELECT FROM people_person whole WHERE whole.id = person_id) $$);
SELECT wall_around_part('people_firstcontact', of => 'people_person', by => 'person_id');
SELECT wall_around_part('people_reading', of => 'people_person', by => 'person_id');
SELECT wall_around('people_personalsettings', $$ user_id IS NOT NULL
    OR EXISTS (SELECT FROM people_person whole WHERE whole.id = person_id) $$);
