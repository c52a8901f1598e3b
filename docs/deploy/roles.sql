-- Roles and database of the portal. Run by a superuser, as often as you like, on PostgreSQL 15+:
--
--   sudo -u postgres PORTAL_OWNER_PASSWORD=… PORTAL_WEB_PASSWORD=… PORTAL_BACKUP_PASSWORD=… \
--       psql --set=ON_ERROR_STOP=1 -d postgres -f docs/deploy/roles.sql
--
-- A password that is not in the environment stays as it is. Names can be changed with
-- --set=database=…, owner=…, web=…, audit=…, public=…, backup=… (then set DATABASE_AUDIT_ROLE,
-- DATABASE_PUBLIC_ROLE and DATABASE_BACKUP_ROLE too).
-- The private clusters of script/cluster.py are made by this same file.

\set ON_ERROR_STOP 1
\if :{?database} \else \set database portal \endif
\if :{?owner} \else \set owner portal_owner \endif
\if :{?web} \else \set web portal_web \endif
\if :{?audit} \else \set audit portal_audit \endif
\if :{?public} \else \set public portal_public \endif
\if :{?backup} \else \set backup portal_backup \endif
\if :{?owner_may_create_databases} \else \set owner_may_create_databases 0 \endif

SET client_min_messages = 'warning';
-- Passwords pass through here: keep them out of the server's log, whatever it is set to.
SET log_statement = 'none';
SET log_min_duration_statement = -1;
SET log_min_error_statement = 'panic';

SELECT format('CREATE ROLE %I', name)
FROM (VALUES (:'owner'), (:'web'), (:'audit'), (:'public'), (:'backup')) AS wanted (name)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

-- owner: runs migrations and owns every table; the web process never has its password.
ALTER ROLE :"owner" LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS NOCREATEDB;
\if :owner_may_create_databases
ALTER ROLE :"owner" CREATEDB;  -- test databases only
\endif
-- web: what pages and jobs run as; owns nothing, so row-level security always holds for it. It
-- inherits nothing: what it may become (see public) it must become by SET ROLE.
ALTER ROLE :"web" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT;
-- audit: owns the change log and the functions that write it; nobody signs in as it.
ALTER ROLE :"audit" NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
-- public: what web becomes for a page without sign-in; it reads no table, nobody signs in as it.
ALTER ROLE :"public" NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT;
-- backup: reads everything, writes nothing.
ALTER ROLE :"backup" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS;
ALTER ROLE :"backup" SET default_transaction_read_only = on;

\getenv password PORTAL_OWNER_PASSWORD
\if :{?password}
ALTER ROLE :"owner" PASSWORD :'password';
\unset password
\endif
\getenv password PORTAL_WEB_PASSWORD
\if :{?password}
ALTER ROLE :"web" PASSWORD :'password';
\unset password
\endif
\getenv password PORTAL_BACKUP_PASSWORD
\if :{?password}
ALTER ROLE :"backup" PASSWORD :'password';
\unset password
\endif

-- The owner hands the change log over to audit, which takes membership; web may become public, and
-- is a member of nothing else.
GRANT :"audit" TO :"owner";
GRANT pg_read_all_data TO :"backup";
SELECT format('REVOKE %I FROM %I', granted.rolname, member.rolname)
FROM pg_auth_members
JOIN pg_roles AS granted ON granted.oid = roleid
JOIN pg_roles AS member ON member.oid = pg_auth_members.member
WHERE member.rolname IN (:'web', :'audit', :'public')
  AND NOT (member.rolname = :'web' AND granted.rolname = :'public')
\gexec
SELECT :SERVER_VERSION_NUM >= 160000 AS tells_how \gset
\if :tells_how
GRANT :"public" TO :"web" WITH INHERIT FALSE, SET TRUE;
\else
GRANT :"public" TO :"web";  -- before PostgreSQL 16 NOINHERIT of the member says it
\endif

-- Personal data stays out of the log: neither parameters nor the statement of an error.
ALTER ROLE :"web" SET log_parameter_max_length_on_error = 0;
ALTER ROLE :"web" SET log_min_error_statement = 'panic';
ALTER ROLE :"owner" SET log_parameter_max_length_on_error = 0;
ALTER ROLE :"owner" SET log_min_error_statement = 'panic';
ALTER ROLE :"web" SET jit = off;
ALTER ROLE :"owner" SET jit = off;

-- Never lc_ctype C: trigram search would find nothing Chinese.
SELECT format(
    'CREATE DATABASE %I OWNER %I ENCODING ''UTF8'' LOCALE ''C.UTF-8'' TEMPLATE template0',
    :'database', :'owner'
)
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database')
\gexec
ALTER DATABASE :"database" OWNER TO :"owner";
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
-- TEMPORARY: imports are staged in a table of the session's own.
GRANT CONNECT, TEMPORARY ON DATABASE :"database" TO :"web";
GRANT CONNECT ON DATABASE :"database" TO :"backup";

\connect :"database"
ALTER SCHEMA public OWNER TO :"owner";
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO :"web", :"public";
