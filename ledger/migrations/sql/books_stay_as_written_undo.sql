-- books_stay_as_written_undo.sql: takes the guards away again.
DROP TRIGGER ledger_account_starts_at_nothing ON ledger_account;
DROP TRIGGER ledger_account_moves_by_transfer ON ledger_account;
DROP TRIGGER ledger_book_is_kept ON ledger_book;
DROP TRIGGER ledger_account_is_kept ON ledger_account;
DROP TRIGGER ledger_closing_balance_stays ON ledger_closingbalance;
DROP TRIGGER ledger_period_stays ON ledger_period;
DROP TRIGGER ledger_transfer_stays ON ledger_transfer;
DROP TRIGGER ledger_entry_stays ON ledger_entry;
DROP FUNCTION ledger_refuse_hand_on_account, ledger_refuse_change;
