-- names_and_hashes_undo.sql: takes the functions away again.
DROP FUNCTION ledger_may_move, ledger_transfer_checksum, ledger_entry_digest, ledger_body_hash, ledger_account_id;
