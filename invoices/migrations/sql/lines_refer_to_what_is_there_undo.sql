-- lines_refer_to_what_is_there_undo.sql: foreign keys look up row by row again.
DO $$
DECLARE
    reference record;
BEGIN
    FOR reference IN
        SELECT c.conname FROM pg_constraint c WHERE c.contype = 'f' AND c.conrelid = 'invoices_invoiceline'::regclass
    LOOP
        EXECUTE format('ALTER TABLE invoices_invoiceline ALTER CONSTRAINT %I ENFORCED', reference.conname);
    END LOOP;
END $$;
DROP TRIGGER invoices_membership_keeps_its_name ON clusters_membership;
DROP FUNCTION invoices_check_references, invoices_keep_service CASCADE;
