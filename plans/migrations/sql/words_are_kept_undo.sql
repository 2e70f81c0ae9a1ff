DROP TRIGGER plans_edit_stays ON plans_edit;
DROP FUNCTION plans_refuse_change();
