-- only_ones_own.sql: what somebody has, pays and spends is not met by other members.
SELECT wall_away('budgets_financialassessment');
SELECT wall_around_one('budgets_financialassessment');
SELECT wall_away('budgets_careaccountentry');
SELECT wall_around_one('budgets_careaccountentry');
SELECT wall_away('budgets_careaccountbasis');
SELECT wall_around_one('budgets_careaccountbasis');
SELECT wall_away('budgets_familynecessity');
SELECT wall_around_one('budgets_familynecessity');
SELECT wall_away('budgets_spend');
SELECT wall_around_one('budgets_spend');
SELECT wall_away('budgets_spendquestion');
SELECT wall_around_one('budgets_spendquestion');
