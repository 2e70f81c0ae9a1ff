-- changes_are_noted_undo.sql: notes no changes any more; the functions take their triggers with them.
DROP FUNCTION invoices_note_new_invoices, invoices_note_settled_lines, invoices_note_holds, invoices_note_payments,
    invoices_note_runs, invoices_note_changed_contracts, invoices_note_services, invoices_note_members,
    invoices_keep_changes CASCADE;
DROP FUNCTION invoices_note_contracts, invoices_note, invoices_sync_epoch;
