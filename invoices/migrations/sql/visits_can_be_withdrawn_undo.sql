-- visits_can_be_withdrawn_undo.sql: records of visits stay as they came again.

DROP TRIGGER invoices_withdrawn_visit_is_noted ON invoices_visit;
DROP FUNCTION invoices_check_withdrawal CASCADE;
DROP TRIGGER invoices_visit_is_only_withdrawn ON invoices_visit;
DROP TRIGGER invoices_visit_stays ON invoices_visit;
CREATE TRIGGER invoices_visit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON invoices_visit
FOR EACH STATEMENT EXECUTE FUNCTION invoices_refuse_change();
