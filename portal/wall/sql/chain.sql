-- The chain over the log: each entry's hash is linked to the one before, so that nothing can be changed, taken
-- out, put in or moved without every later link being wrong. Entries are linked by a job within a minute, not
-- when written: a lock held to each commit would let nobody write beside a long import.
SET LOCAL ROLE :"audit";

CREATE TABLE IF NOT EXISTS audit.chain (
  position bigint PRIMARY KEY,  -- from 1, without gaps; the order of sealing, which is not that of the ids
  id bigint NOT NULL,
  at timestamptz NOT NULL,  -- with the id the entry's key
  link bytea NOT NULL  -- sha256(link before || hash of the entry)
);
CREATE UNIQUE INDEX IF NOT EXISTS chain_of_entry ON audit.chain (id, at);

-- How far each sealing came. `mark` and `horizon`: no transaction from `horizon` on has written an id up to
-- `mark`. `settled`: every id up to it was sealed or never came to be; what turns up there is forged.
CREATE TABLE IF NOT EXISTS audit.head (
  count bigint PRIMARY KEY,
  last_id bigint NOT NULL,
  link bytea NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  mark bigint NOT NULL,
  horizon bigint NOT NULL,
  settled bigint NOT NULL
);

-- Where the chain begins after old months were dropped. `boundary`: the hashes, by position, of dropped
-- entries that lie among kept ones, because a long transaction was sealed late.
CREATE TABLE IF NOT EXISTS audit.anchor (
  position bigint PRIMARY KEY,
  link bytea NOT NULL,
  dropped_before date NOT NULL,
  boundary jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
-- `last_id` is the entry at that position; `entries` how many the file holds, `file` its SHA-256 in hex.
ALTER TABLE audit.anchor
  ADD COLUMN IF NOT EXISTS last_id bigint, ADD COLUMN IF NOT EXISTS entries bigint,
  ADD COLUMN IF NOT EXISTS file text;

-- Seal what was committed, ``most`` entries at once; how many were sealed. Only what has ended is seen, so a
-- transaction that is still open keeps its place: its entries are linked when it ends, wherever their ids lie.
CREATE OR REPLACE FUNCTION audit.seal(most integer DEFAULT 20000) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  head audit.head;
  found record;
  drawn bigint;
  ended bigint;
  begun bigint;
  done bigint;
  sealed integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('audit chain'));
  SELECT * INTO head FROM audit.head h ORDER BY h.count DESC LIMIT 1;
  head.count := coalesce(head.count, 0);
  head.link := coalesce(head.link, sha256('audit chain'));
  done := coalesce(head.settled, 0);
  -- In this order: whoever drew an id up to the mark has begun before the horizon.
  SELECT s.last_value INTO drawn FROM audit.log_id_seq s;
  SELECT pg_snapshot_xmin(now)::text::bigint, pg_snapshot_xmax(now)::text::bigint INTO ended, begun
  FROM pg_current_snapshot() AS now;
  FOR found IN
    SELECT l.id, l.at, l.hash FROM audit.log l
    WHERE l.id > done AND NOT EXISTS (SELECT FROM audit.chain c WHERE c.id = l.id AND c.at = l.at)
    ORDER BY l.id LIMIT most
  LOOP
    head.count := head.count + 1;
    head.link := sha256(head.link || found.hash);
    INSERT INTO audit.chain VALUES (head.count, found.id, found.at, head.link);
    sealed := sealed + 1;
  END LOOP;
  IF sealed = 0 THEN
    RETURN 0;
  END IF;
  IF sealed < most THEN
    -- A horizon above the present one is of the database's life before it was restored.
    SELECT coalesce(max(h.mark), done) INTO done FROM audit.head h
    WHERE h.mark > done AND (h.horizon <= ended OR h.horizon > begun);
  END IF;
  INSERT INTO audit.head (count, last_id, link, mark, horizon, settled)
  VALUES (head.count, found.id, head.link, drawn, begun, done);
  RETURN sealed;
END
$$;

-- For the proof: the links from ``after`` on with each entry's hash, now and as written. No content leaves.
-- ``now`` is empty where the entry is gone.
CREATE OR REPLACE FUNCTION audit.links(after bigint, til bigint)
RETURNS TABLE (pos bigint, entry bigint, link bytea, now bytea, written bytea, about text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  lowest bigint; highest bigint; earliest timestamptz; latest timestamptz;
BEGIN
  SELECT min(c.id), max(c.id), min(c.at), max(c.at) INTO lowest, highest, earliest, latest
  FROM audit.chain c WHERE c.position > after AND c.position <= til;
  RETURN QUERY
  SELECT c.position, c.id, c.link, l.now, l.hash, l.about FROM audit.chain c LEFT JOIN (
    SELECT e.id, e.at, e.hash, e.table_name || ' ' || e.row_id AS about,
      audit.digest(e.id, e.at, e.txid, e.actor, e.request, e.address, e.reason, e.table_name, e.row_id, e.op,
        e.unit_ids, e.before, e.after) AS now
    FROM audit.log e WHERE e.id BETWEEN lowest AND highest AND e.at BETWEEN earliest AND latest OFFSET 0
  ) l ON l.id = c.id AND l.at = c.at
  WHERE c.position > after AND c.position <= til ORDER BY c.position;
END
$$;

-- Entries that no link leads to: (id, at, about, whether one had to be there by now).
CREATE OR REPLACE FUNCTION audit.unlinked()
RETURNS TABLE (entry bigint, written timestamptz, about text, late boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_nestloop = off AS $$
  SELECT l.id, l.at, l.table_name || ' ' || l.row_id,
    l.id <= coalesce((SELECT max(settled) FROM audit.head), 0)
  FROM audit.log l LEFT JOIN audit.chain c ON c.id = l.id AND c.at = l.at
  WHERE c.id IS NULL ORDER BY l.id
$$;

-- Since when the oldest entry waits that is not sealed yet; none if all are.
CREATE OR REPLACE FUNCTION audit.waiting_since() RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT min(l.at) FROM audit.log l
  WHERE l.id > coalesce((SELECT max(settled) FROM audit.head), 0)
    AND NOT EXISTS (SELECT FROM audit.chain c WHERE c.id = l.id AND c.at = l.at)
$$;

-- Entries of a time that was dropped: nothing brings them back honestly.
CREATE OR REPLACE FUNCTION audit.returned() RETURNS TABLE (entry bigint, about text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT l.id, l.table_name || ' ' || l.row_id FROM audit.log l
  WHERE l.at < (SELECT max(dropped_before)::timestamp AT TIME ZONE 'UTC' FROM audit.anchor) ORDER BY l.id
$$;

-- What goes when all before the day goes. The chain is then proven from ``til`` on: the position before the
-- lowest that is kept. ``unsealed`` and ``young`` must be 0: what no link leads to, and what was sealed within
-- the years, whatever its clock said.
CREATE OR REPLACE FUNCTION audit.older(day date, years integer)
RETURNS TABLE (start bigint, start_link bytea, start_id bigint, til bigint, til_link bytea, til_id bigint,
  entries bigint, unsealed bigint, young bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  sealed_since bigint;
BEGIN
  SELECT a.position, a.link, a.last_id INTO start, start_link, start_id
  FROM audit.anchor a ORDER BY a.position DESC LIMIT 1;
  start := coalesce(start, 0);
  start_link := coalesce(start_link, sha256('audit chain'));
  SELECT coalesce(min(c.position) FILTER (WHERE c.at >= day) - 1, max(c.position)) INTO til
  FROM audit.chain c WHERE c.position > start;
  til := coalesce(til, start);
  SELECT c.link, c.id INTO til_link, til_id FROM audit.chain c WHERE c.position = til;
  IF til = start THEN
    til_link := start_link;
    til_id := start_id;
  END IF;
  SELECT min(h.count) INTO sealed_since FROM audit.head h WHERE h.at >= now() - make_interval(years => years);
  SELECT count(*), count(*) FILTER (WHERE c.id IS NULL), count(*) FILTER (WHERE c.position > sealed_since)
  INTO entries, unsealed, young
  FROM audit.log l LEFT JOIN audit.chain c ON c.id = l.id AND c.at = l.at WHERE l.at < day;
  RETURN NEXT;
END
$$;

-- The months before the day, and what lies before it without one; how many months. Never within three years.
CREATE OR REPLACE FUNCTION audit.drop_months(day date) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  first date;
  dropped integer := 0;
BEGIN
  IF day > date_trunc('month', now() - interval '3 years') OR day <> date_trunc('month', day) THEN
    RAISE EXCEPTION 'the log before % is not to be dropped', day USING ERRCODE = 'PA003';
  END IF;
  DELETE FROM audit.log_rest WHERE at < day;
  FOR first IN SELECT each FROM audit.months() AS each WHERE each < day LOOP
    EXECUTE format('DROP TABLE audit.%I', 'log_' || to_char(first, 'YYYY_MM'));
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END
$$;

REVOKE ALL ON FUNCTION audit.seal(integer), audit.links(bigint, bigint), audit.unlinked(), audit.returned(),
  audit.older(date, integer), audit.drop_months(date), audit.waiting_since() FROM PUBLIC;
REVOKE ALL ON audit.chain, audit.head, audit.anchor FROM PUBLIC, :"web";
GRANT SELECT ON audit.head, audit.anchor TO :"web";
GRANT EXECUTE ON FUNCTION audit.seal(integer), audit.links(bigint, bigint), audit.unlinked(),
  audit.returned(), audit.waiting_since() TO :"web";
RESET ROLE;
