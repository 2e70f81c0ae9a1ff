-- messages_are_tidied.sql: what was said to systems goes once it is old; never what waits, nor what it told of.
--
-- How old is policy (webhook_log_days, kept_answers_days). Below the least that policy may say, nothing goes at all.

DROP TRIGGER invoices_delivery_is_kept ON invoices_delivery;
CREATE TRIGGER invoices_delivery_is_kept BEFORE TRUNCATE ON invoices_delivery
FOR EACH STATEMENT EXECUTE FUNCTION invoices_refuse_webhook_change();
CREATE TRIGGER invoices_delivery_is_kept_while_young BEFORE DELETE ON invoices_delivery
FOR EACH ROW WHEN (OLD.state = 'waiting' OR OLD.made_at > now() - interval '30 days')
EXECUTE FUNCTION invoices_refuse_webhook_change();

DROP TRIGGER invoices_deliveryattempt_stays ON invoices_deliveryattempt;
CREATE TRIGGER invoices_deliveryattempt_stays BEFORE UPDATE OR TRUNCATE ON invoices_deliveryattempt
FOR EACH STATEMENT EXECUTE FUNCTION invoices_refuse_webhook_change();
CREATE FUNCTION invoices_check_old_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM invoices_delivery d
        WHERE d.id = OLD.delivery_id AND (d.state = 'waiting' OR d.made_at > now() - interval '30 days')) THEN
        RAISE EXCEPTION 'DELETE of % is refused: what a system was told, and how, is kept while it is young.', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER invoices_deliveryattempt_is_kept_while_young BEFORE DELETE ON invoices_deliveryattempt
FOR EACH ROW EXECUTE FUNCTION invoices_check_old_attempt();

DROP TRIGGER invoices_request_stays ON invoices_idempotentrequest;
CREATE TRIGGER invoices_request_stays BEFORE UPDATE OR TRUNCATE ON invoices_idempotentrequest
FOR EACH STATEMENT EXECUTE FUNCTION invoices_refuse_change();
CREATE TRIGGER invoices_request_is_kept_while_young BEFORE DELETE ON invoices_idempotentrequest
FOR EACH ROW WHEN (OLD.answered_at > now() - interval '7 days') EXECUTE FUNCTION invoices_refuse_change();
