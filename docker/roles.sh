#!/bin/sh
# Runs once, as PostgreSQL makes its data folder: the two roles of docs/adr/0002, and the database of the first.
set -eu
psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set=owner_password="$OWNER_PASSWORD" --set=app_password="$APP_PASSWORD" <<'SQL'
CREATE ROLE commonpurse_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE commonpurse_app LOGIN PASSWORD :'app_password';
-- Nobody signs in as them until an administrator gives them a password: reports of one's own, and backups.
CREATE ROLE commonpurse_report NOLOGIN;
CREATE ROLE commonpurse_backup NOLOGIN BYPASSRLS;
-- Nobody signs in as it: the app becomes it while somebody asks in the web (docs/adr/0034).
CREATE ROLE commonpurse_web NOLOGIN;
GRANT commonpurse_web TO commonpurse_app WITH INHERIT FALSE, SET TRUE;
CREATE DATABASE commonpurse OWNER commonpurse_owner;
REVOKE ALL ON DATABASE commonpurse FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE commonpurse TO commonpurse_app;
GRANT CONNECT ON DATABASE commonpurse TO commonpurse_report, commonpurse_backup;
SQL
