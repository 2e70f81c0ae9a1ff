DROP DOMAIN sealed_text;
