-- behind_the_wall.sql: budgets, and what people pay, get and spend, are behind the wall of their council.
SELECT wall_around('budgets_fundingstream', $$ council_id = ANY ((SELECT wall_lets('councils'))::uuid[]) $$);
SELECT wall_around_part('budgets_budget', of => 'people_person', by => 'person_id');
SELECT wall_around_part('budgets_careaccountentry', of => 'people_person', by => 'person_id');
SELECT wall_around_part('budgets_careaccountbasis', of => 'people_person', by => 'person_id');
SELECT wall_around_part('budgets_financialassessment', of => 'people_person', by => 'person_id');
SELECT wall_around_part('budgets_recovery', of => 'people_person', by => 'person_id');
SELECT wall_around_part('budgets_familynecessity', of => 'people_person', by => 'person_id');
SELECT wall_around_part('budgets_spend', of => 'people_person', by => 'person_id');
SELECT wall_around_part('budgets_spendquestion', of => 'people_person', by => 'person_id');
SELECT wall_around_part('budgets_allocation', of => 'budgets_budget', by => 'budget_id');
SELECT wall_around_part('budgets_paymentarrangement', of => 'budgets_allocation', by => 'allocation_id');
SELECT wall_around_part('budgets_budgetchange', of => 'budgets_allocation', by => 'allocation_id');
SELECT wall_around_part('budgets_endedpart', of => 'budgets_allocation', by => 'allocation_id');
SELECT wall_around_part('budgets_instalment', of => 'budgets_paymentarrangement', by => 'arrangement_id');
SELECT wall_around_part('budgets_budgetstatement', of => 'plans_plan', by => 'plan_id');
SELECT wall_around_part('budgets_statementpart', of => 'budgets_budgetstatement', by => 'statement_id');
SELECT wall_around_part('budgets_contributionchallenge', of => 'budgets_financialassessment', by => 'assessment_id');
