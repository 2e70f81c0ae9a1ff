-- bulk_clear.sql: takes away what was laid out, for the next chunk of the same transaction.
DROP TABLE bulk_step, bulk_payer, bulk_document, bulk_line, bulk_committed, bulk_share;
