SELECT wall_away('people_firstcontact'), wall_away('people_capacityrecord');
SELECT wall_around_part('people_firstcontact', of => 'people_person', by => 'person_id');
SELECT wall_around_part('people_capacityrecord', of => 'people_person', by => 'person_id');
DROP FUNCTION wall_around_one;
