-- names_and_hashes_undo.sql
DROP FUNCTION ledger_may_move, ledger_seal, ledger_closing_balance_id, ledger_book_checksum, ledger_transfer_checksum,
    ledger_entry_digest, ledger_body_hash, ledger_account_id;
