DROP TRIGGER budgets_ended_is_kept ON budgets_endedpart;
DROP TRIGGER budgets_ended_is_in_the_books ON budgets_endedpart;
DROP FUNCTION budgets_check_ended;
