-- The number of rows of every table, one line each, to compare a restored backup with its origin:
--   psql -At -d DATABASE -f docs/deploy/rows.sql        (as a superuser or the backup role)
SELECT table_schema || '.' || table_name AS "table",
       (xpath('/row/rows/text()', query_to_xml(
         format('SELECT count(*) AS rows FROM %I.%I', table_schema, table_name), false, true, ''
       )))[1]::text AS rows
FROM information_schema.tables
WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
ORDER BY 1;
