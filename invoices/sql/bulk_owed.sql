-- bulk_owed.sql: the accounts that what is owed for the good lines goes to.
SELECT DISTINCT provider_id, stream FROM bulk_payer WHERE payer_no IN (SELECT payer_no FROM bulk_share)
