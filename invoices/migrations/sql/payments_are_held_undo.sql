-- payments_are_held_undo.sql: takes the guards of payment runs away again, with their triggers.
DROP FUNCTION invoices_check_item_ends, invoices_check_payment_is_for_something, invoices_check_items,
    invoices_check_payment, invoices_check_run, invoices_keep_payments CASCADE;
DROP FUNCTION invoices_lines_to_stop, invoices_refuse_payment;
