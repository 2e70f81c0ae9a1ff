-- lets_provider.sql: what the wall lets a provider's system meet that signed in with a key (ADR 34): the council the
-- provider works with, and its book.
SELECT
    ARRAY[p.council_id]::text AS councils,
    ARRAY[c.book_id]::text AS books,
    NULL AS staffed,
    NULL AS people,
    NULL AS self
FROM providers_provider p JOIN people_council c ON c.id = p.council_id
WHERE p.id = %(provider)s
