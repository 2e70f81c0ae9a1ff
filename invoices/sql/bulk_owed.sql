-- bulk_owed.sql: the accounts that what is owed for the good lines goes to.
-- Values: book.
CREATE TEMP TABLE bulk_owed ON COMMIT DROP AS
SELECT provider_id, stream, ledger_account_id(%(book)s, 'payable', provider_id, NULL, stream) AS account_id
FROM (SELECT DISTINCT provider_id, stream FROM bulk_share) owed;
ANALYZE bulk_owed;
