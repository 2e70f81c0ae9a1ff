-- only_ones_own.sql: within a council too, what is most private is met only by whom it is about and whoever may see it for
-- them today, by who works for that council, and by whom `also` names.
CREATE FUNCTION wall_around_one(walled regclass, also text DEFAULT 'false') RETURNS void LANGUAGE sql
RETURN wall_around(walled, format(
    $$ person_id = ANY ((SELECT wall_lets('people'))::uuid[]) OR %s
    OR EXISTS (SELECT FROM people_person whole WHERE whole.id = %s.person_id
        AND whole.council_id = ANY ((SELECT wall_lets('staffed'))::uuid[])) $$, also, walled));
REVOKE ALL ON FUNCTION wall_around_one FROM PUBLIC;

SELECT wall_away('people_firstcontact'), wall_away('people_capacityrecord');
SELECT wall_around_one('people_firstcontact'), wall_around_one('people_capacityrecord');
