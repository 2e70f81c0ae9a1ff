-- behind_the_wall.sql: what is assessed, planned and looked at again is behind the wall of the person's council.
SELECT wall_around_part('plans_plan', of => 'people_person', by => 'person_id');
SELECT wall_around_part('plans_assessment', of => 'people_person', by => 'person_id');
SELECT wall_around_part('plans_reviewcall', of => 'people_person', by => 'person_id');
SELECT wall_around_part('plans_review', of => 'people_person', by => 'person_id');
SELECT wall_around('plans_rasversion', $$ council_id = ANY ((SELECT wall_lets('councils'))::uuid[]) $$);
SELECT wall_around_part('plans_priceitem', of => 'plans_rasversion', by => 'version_id');
SELECT wall_around_part('plans_rasquestion', of => 'plans_rasversion', by => 'version_id');
SELECT wall_around_part('plans_rasband', of => 'plans_rasversion', by => 'version_id');
SELECT wall_around_part('plans_rasoption', of => 'plans_rasquestion', by => 'question_id');
SELECT wall_around_part('plans_answer', of => 'plans_assessment', by => 'assessment_id');
SELECT wall_around_part('plans_indicativebudget', of => 'plans_assessment', by => 'assessment_id');
SELECT wall_around_part('plans_indicativeline', of => 'plans_indicativebudget', by => 'indicative_id');
SELECT wall_around_part('plans_unpaidcare', of => 'plans_indicativebudget', by => 'indicative_id');
SELECT wall_around_part('plans_challenge', of => 'plans_indicativebudget', by => 'indicative_id');
SELECT wall_around_part('plans_bestinterest', of => 'people_capacityrecord', by => 'capacity_id');
SELECT wall_around_part('plans_capacitychallenge', of => 'people_capacityrecord', by => 'capacity_id');
SELECT wall_around_part('plans_planfile', of => 'plans_plan', by => 'plan_id');
SELECT wall_around_part('plans_need', of => 'plans_plan', by => 'plan_id');
SELECT wall_around_part('plans_planstep', of => 'plans_plan', by => 'plan_id');
SELECT wall_around('plans_edit', $$ EXISTS (SELECT FROM plans_plan whole WHERE whole.id = document)
    OR EXISTS (SELECT FROM plans_assessment whole WHERE whole.id = document) $$);
