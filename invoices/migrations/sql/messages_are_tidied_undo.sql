-- messages_are_tidied_undo.sql: what was said to systems is kept for ever again.

DROP TRIGGER invoices_request_is_kept_while_young ON invoices_idempotentrequest;
DROP TRIGGER invoices_request_stays ON invoices_idempotentrequest;
CREATE TRIGGER invoices_request_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON invoices_idempotentrequest
FOR EACH STATEMENT EXECUTE FUNCTION invoices_refuse_change();
DROP FUNCTION invoices_check_old_attempt CASCADE;
DROP TRIGGER invoices_deliveryattempt_stays ON invoices_deliveryattempt;
CREATE TRIGGER invoices_deliveryattempt_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON invoices_deliveryattempt
FOR EACH STATEMENT EXECUTE FUNCTION invoices_refuse_webhook_change();
DROP TRIGGER invoices_delivery_is_kept_while_young ON invoices_delivery;
DROP TRIGGER invoices_delivery_is_kept ON invoices_delivery;
CREATE TRIGGER invoices_delivery_is_kept BEFORE DELETE OR TRUNCATE ON invoices_delivery
FOR EACH STATEMENT EXECUTE FUNCTION invoices_refuse_webhook_change();
