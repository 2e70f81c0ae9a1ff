-- books_stay_as_written_undo.sql: takes the guards away again, with their triggers.
DROP FUNCTION ledger_mark_book, ledger_refuse_account, ledger_refuse_hand, ledger_refuse_change CASCADE;
