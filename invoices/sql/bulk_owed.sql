-- bulk_owed.sql: the accounts that what is owed for the good lines goes to.
-- Values: book.
CREATE TEMP TABLE bulk_owed ON COMMIT DROP AS
SELECT provider_id, stream, ledger_account_id(%(book)s, 'payable', provider_id, NULL, stream) AS account_id
FROM (SELECT DISTINCT l.provider_id, s.stream FROM bulk_share s JOIN bulk_line l ON l.id = s.line_id) owed;
ANALYZE bulk_owed;
