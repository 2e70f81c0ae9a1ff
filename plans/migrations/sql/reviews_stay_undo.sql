-- reviews_stay_undo.sql: takes back reviews_stay.sql.
ALTER TABLE people_policyvalue DROP CONSTRAINT people_policy_keeps_review_clocks;
DROP TRIGGER plans_call_ends_by_a_review ON plans_reviewcall;
DROP FUNCTION plans_check_call();
DROP TRIGGER plans_review_is_of_their_plan ON plans_review;
DROP FUNCTION plans_check_review();
DROP TRIGGER plans_call_is_kept ON plans_reviewcall;
DROP TRIGGER plans_review_stays ON plans_review;
