-- best_interests_stay_undo.sql: takes back best_interests_stay.sql.

DROP TRIGGER plans_bestinterest_rests_on_capacity ON plans_bestinterest;
DROP FUNCTION plans_check_bestinterest();
DROP TRIGGER plans_capacitychallenge_is_only_answered ON plans_capacitychallenge;
DROP TRIGGER plans_capacitychallenge_is_kept ON plans_capacitychallenge;
DROP TRIGGER plans_bestinterest_stays ON plans_bestinterest;
