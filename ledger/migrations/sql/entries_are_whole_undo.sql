-- entries_are_whole_undo.sql: takes the triggers away again.
DROP TRIGGER ledger_transfer_moves_balances ON ledger_transfer;
DROP TRIGGER ledger_entry_is_whole ON ledger_entry;
DROP FUNCTION ledger_move_balances, ledger_check_entries, ledger_door, ledger_open_from;
