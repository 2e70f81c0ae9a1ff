SELECT wall_away('providers_provider');
SELECT wall_away('providers_providerstaff');
SELECT wall_away('providers_payeeaccount');
SELECT wall_away('providers_systemkey');
SELECT wall_away('providers_sandbox');
SELECT wall_away('providers_ethicalanswer');
SELECT wall_away('providers_keycredential');
