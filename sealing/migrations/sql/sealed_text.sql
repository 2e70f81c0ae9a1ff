-- sealed_text.sql: words that only the app can read, or none. No plain word gets into such a column, by psql neither.

CREATE DOMAIN sealed_text AS text
    CONSTRAINT sealed_text_is_sealed CHECK (VALUE = '' OR VALUE ~ '^s1\.[0-9a-f]{8}\.[A-Za-z0-9_=-]{22}');
