-- Files kept in a row beside their own hash: whatever table has columns x and x_sha256.
SELECT format('%I.%I.%I', nspname, relname, f.attname), nspname, relname, f.attname
FROM pg_attribute AS f
JOIN pg_attribute AS h
  ON h.attrelid = f.attrelid AND h.attname = f.attname || '_sha256' AND NOT h.attisdropped
JOIN pg_class AS c ON c.oid = f.attrelid AND relkind = 'r'
JOIN pg_namespace AS n ON n.oid = relnamespace
WHERE f.atttypid = 'bytea'::regtype AND NOT f.attisdropped
ORDER BY 1
