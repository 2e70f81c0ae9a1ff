-- plan_files_are_sealed.sql: a plan somebody took away is kept sealed, which also holds that it is as it was made.

ALTER TABLE plans_planfile ADD CONSTRAINT plans_file_is_sealed
    CHECK (encode(substr(content, 1, 12), 'escape') ~ '^s1\.[0-9a-f]{8}\.$');
