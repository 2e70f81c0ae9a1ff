-- behind_the_wall.sql: a provider's keys, accounts and answers are behind the wall of the council it works with.
-- The directory of the Care Quality Commission is public: no wall.
SELECT wall_around('providers_provider', $$ council_id = ANY ((SELECT wall_lets('councils'))::uuid[]) $$);
SELECT wall_around_part('providers_providerstaff', of => 'providers_provider', by => 'provider_id');
SELECT wall_around_part('providers_payeeaccount', of => 'providers_provider', by => 'provider_id');
SELECT wall_around('providers_systemkey', $$ id = ANY ((SELECT wall_lets('self'))::uuid[])
    OR EXISTS (SELECT FROM providers_provider whole WHERE whole.id = provider_id) $$);
SELECT wall_around_part('providers_sandbox', of => 'providers_provider', by => 'provider_id');
SELECT wall_around_part('providers_ethicalanswer', of => 'providers_provider', by => 'provider_id');
SELECT wall_around_part('providers_keycredential', of => 'providers_systemkey', by => 'key_id');
