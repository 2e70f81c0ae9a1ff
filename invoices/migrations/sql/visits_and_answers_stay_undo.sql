-- visits_and_answers_stay_undo.sql: takes the guards away again, with their triggers.
DROP FUNCTION invoices_check_visit, invoices_check_reply, invoices_note_visits, invoices_note_replies CASCADE;
DROP TRIGGER invoices_visit_stays ON invoices_visit;
DROP TRIGGER invoices_attachment_stays ON invoices_attachment;
DROP TRIGGER invoices_reply_stays ON invoices_holdreply;
