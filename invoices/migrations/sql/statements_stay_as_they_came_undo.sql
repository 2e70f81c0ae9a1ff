-- statements_stay_as_they_came_undo.sql: takes the guards of bank statements away again, with their triggers.
DROP FUNCTION invoices_check_return, invoices_check_bank_line, invoices_check_bank_lines, invoices_check_statement CASCADE;
DROP TRIGGER invoices_statement_stays ON invoices_bankstatement;
DROP TRIGGER invoices_bank_line_is_kept ON invoices_bankline;
DROP TRIGGER invoices_bank_line_is_settled_once ON invoices_bankline;
