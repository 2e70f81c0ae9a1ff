-- agreed_plans_stay_undo.sql: takes the triggers away again.
DROP TRIGGER plans_need_stays_as_agreed ON plans_need;
DROP TRIGGER plans_plan_goes_its_way ON plans_plan;
DROP TRIGGER plans_plan_stays_as_agreed ON plans_plan;
DROP TRIGGER plans_step_stays ON plans_planstep;
DROP TRIGGER plans_need_is_kept ON plans_need;
DROP TRIGGER plans_plan_is_kept ON plans_plan;
DROP FUNCTION plans_check_need();
DROP FUNCTION plans_check_way();
DROP FUNCTION plans_check_plan();
