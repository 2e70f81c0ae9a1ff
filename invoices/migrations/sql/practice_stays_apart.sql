-- practice_stays_apart.sql: what a system sent while practising lies in a made-up council, and nothing else does that a
-- system sent: whatever the app were to mix up, no practised invoice comes into a real council's books.
CREATE FUNCTION invoices_check_practice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM new_rows sent
        JOIN people_council council ON council.id = sent.council_id
        JOIN providers_systemkey opened ON opened.id =
            CASE WHEN sent.received_by ~ '^key:[0-9a-f-]{36}$' THEN substr(sent.received_by, 5)::uuid END
        WHERE opened.is_sandbox <> council.is_practice
    ) THEN
        RAISE EXCEPTION 'A key for practising sends to a council that is made up, and any other key never does.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER invoices_invoice_is_where_its_key_belongs AFTER INSERT ON invoices_invoice
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION invoices_check_practice();
