-- behind_the_wall.sql: calls, offers and contracts are behind the wall of their council.
SELECT wall_around('commissioning_contract', $$ council_id = ANY ((SELECT wall_lets('councils'))::uuid[]) $$);
SELECT wall_around('commissioning_call', $$ council_id = ANY ((SELECT wall_lets('councils'))::uuid[]) $$);
SELECT wall_around('commissioning_unmetdemand', $$ council_id = ANY ((SELECT wall_lets('councils'))::uuid[]) $$);
SELECT wall_around_part('commissioning_contractservice', of => 'commissioning_contract', by => 'contract_id');
SELECT wall_around_part('commissioning_commitment', of => 'commissioning_contract', by => 'contract_id');
SELECT wall_around_part('commissioning_contractend', of => 'commissioning_contract', by => 'contract_id');
SELECT wall_around_part('commissioning_approval', of => 'commissioning_contract', by => 'contract_id');
SELECT wall_around_part('commissioning_providerreview', of => 'commissioning_contract', by => 'contract_id');
SELECT wall_around_part('commissioning_offer', of => 'commissioning_call', by => 'call_id');
SELECT wall_around_part('commissioning_offerstep', of => 'commissioning_offer', by => 'offer_id');
