-- Undoes webhooks_stay_as_sent.sql.
DROP TRIGGER invoices_deliveryattempt_stays ON invoices_deliveryattempt;
DROP TRIGGER invoices_delivery_stays ON invoices_delivery;
DROP TRIGGER invoices_delivery_is_kept ON invoices_delivery;
DROP TRIGGER invoices_endpointsecret_stays ON invoices_endpointsecret;
DROP TRIGGER invoices_endpointsecret_is_kept ON invoices_endpointsecret;
DROP TRIGGER invoices_endpoint_stays ON invoices_endpoint;
DROP TRIGGER invoices_endpoint_is_kept ON invoices_endpoint;
DROP FUNCTION invoices_refuse_webhook_change();
