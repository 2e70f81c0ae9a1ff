-- webhooks_stay_as_sent.sql: what was told is never altered, where to is never another place, and all of it is kept.
CREATE FUNCTION invoices_refuse_webhook_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: what a system was told, and where, is kept as it was.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER invoices_endpoint_is_kept BEFORE DELETE OR TRUNCATE ON invoices_endpoint
FOR EACH STATEMENT EXECUTE FUNCTION invoices_refuse_webhook_change();
CREATE TRIGGER invoices_endpoint_stays BEFORE UPDATE ON invoices_endpoint
FOR EACH ROW WHEN (
    (OLD.id, OLD.provider_id, OLD.url, OLD.is_sandbox, OLD.made_at, OLD.made_by)
        IS DISTINCT FROM (NEW.id, NEW.provider_id, NEW.url, NEW.is_sandbox, NEW.made_at, NEW.made_by)
    OR (OLD.removed_at IS NOT NULL
        AND (OLD.removed_at, OLD.removed_by) IS DISTINCT FROM (NEW.removed_at, NEW.removed_by)))
EXECUTE FUNCTION invoices_refuse_webhook_change();

CREATE TRIGGER invoices_endpointsecret_is_kept BEFORE DELETE OR TRUNCATE ON invoices_endpointsecret
FOR EACH STATEMENT EXECUTE FUNCTION invoices_refuse_webhook_change();
CREATE TRIGGER invoices_endpointsecret_stays BEFORE UPDATE ON invoices_endpointsecret
FOR EACH ROW WHEN (
    (OLD.id, OLD.endpoint_id, OLD.locked, OLD.made_at, OLD.made_by)
        IS DISTINCT FROM (NEW.id, NEW.endpoint_id, NEW.locked, NEW.made_at, NEW.made_by)
    OR (OLD.ends_at IS NOT NULL AND (NEW.ends_at IS NULL OR NEW.ends_at > OLD.ends_at)))
EXECUTE FUNCTION invoices_refuse_webhook_change();

CREATE TRIGGER invoices_delivery_is_kept BEFORE DELETE OR TRUNCATE ON invoices_delivery
FOR EACH STATEMENT EXECUTE FUNCTION invoices_refuse_webhook_change();
CREATE TRIGGER invoices_delivery_stays BEFORE UPDATE ON invoices_delivery
FOR EACH ROW WHEN (
    (OLD.id, OLD.endpoint_id, OLD.event, OLD.object_id, OLD.digest, OLD.body, OLD.made_at)
        IS DISTINCT FROM (NEW.id, NEW.endpoint_id, NEW.event, NEW.object_id, NEW.digest, NEW.body, NEW.made_at))
EXECUTE FUNCTION invoices_refuse_webhook_change();

CREATE TRIGGER invoices_deliveryattempt_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON invoices_deliveryattempt
FOR EACH STATEMENT EXECUTE FUNCTION invoices_refuse_webhook_change();
