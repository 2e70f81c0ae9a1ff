-- lets_key.sql: what the wall lets a system meet that signed in with a key (ADR 34): the council of the provider it stands
-- for, which is a made-up one where it only practises, and its book; and what was asked with the key itself.
SELECT
    ARRAY[p.council_id]::text AS councils,
    ARRAY[c.book_id]::text AS books,
    NULL AS staffed,
    NULL AS people,
    (ARRAY[%(key)s]::uuid[])::text AS self
FROM providers_provider p JOIN people_council c ON c.id = p.council_id
WHERE p.id = %(provider)s
