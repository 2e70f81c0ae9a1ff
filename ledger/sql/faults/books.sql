-- books.sql: a book is what it was when it was opened.
SELECT 'ledger_book', id, 'was changed by hand', ledger_book_checksum(id, name)::text, checksum::text
FROM ledger_book
WHERE checksum <> ledger_book_checksum(id, name) AND (%(book)s::uuid IS NULL OR id = %(book)s)
