"""Which records may be of one person: found by the database in one statement, never pair by pair.

Records are grouped by what they have in common, and only within a group are pairs made; a group of
more than LARGEST_GROUP says nothing (a dormitory's address, an office's phone) and is left out, so
the work grows with the number of residents, not with its square.
"""

from dataclasses import dataclass

from django.db import connection, transaction

LARGEST_GROUP = 8

# Reasons and their weights. Two different numbers speak against one person, unless they are twins.
_FIND = """
WITH keys AS (
  SELECT 'number' || id_twin_hash AS key, id FROM residents_resident
  WHERE deleted_at IS NULL AND id_twin_hash IS NOT NULL
  UNION ALL
  SELECT 'birth' || pinyin || born_on, id FROM residents_resident
  WHERE deleted_at IS NULL AND born_on IS NOT NULL AND pinyin <> ''
  UNION ALL
  SELECT 'birth' || name || born_on, id FROM residents_resident
  WHERE deleted_at IS NULL AND born_on IS NOT NULL AND pinyin = ''
  UNION ALL
  SELECT 'phone' || name || phone_hash, id FROM residents_resident
  WHERE deleted_at IS NULL AND phone_hash IS NOT NULL
  UNION ALL
  SELECT 'address' || name || address, id FROM residents_resident
  WHERE deleted_at IS NULL AND address <> ''
), groups AS (
  SELECT array_agg(id ORDER BY id) AS ids FROM keys GROUP BY key
  HAVING count(*) BETWEEN 2 AND %(largest)s
), couples AS (
  SELECT DISTINCT one AS first_id, other AS second_id
  FROM groups, unnest(ids) AS one, unnest(ids) AS other WHERE one < other
), compared AS (
  SELECT couples.*,
    a.id_twin_hash = b.id_twin_hash AS number,
    a.name = b.name AS name,
    a.name <> b.name AND a.pinyin = b.pinyin AND a.pinyin <> '' AS pinyin,
    a.born_on = b.born_on AS birth,
    a.phone_hash = b.phone_hash AS phone,
    a.address = b.address AND a.address <> '' AS address,
    (a.id_hash IS NULL) <> (b.id_hash IS NULL) AS one_without_id,
    a.id_hash IS NOT NULL AND b.id_hash IS NOT NULL AND a.id_twin_hash <> b.id_twin_hash
      AS numbers_differ,
    CASE
      WHEN a.unit_id = b.unit_id THEN a.unit_id
      WHEN ua.parent_id = ub.id THEN ub.id
      WHEN ub.parent_id = ua.id THEN ua.id
      WHEN ua.parent_id = ub.parent_id THEN ua.parent_id
      ELSE coalesce(pa.parent_id, pa.id, ua.id)
    END AS unit_id
  FROM couples
  JOIN residents_resident a ON a.id = first_id
  JOIN residents_resident b ON b.id = second_id
  JOIN portal_unit ua ON ua.id = a.unit_id
  JOIN portal_unit ub ON ub.id = b.unit_id
  LEFT JOIN portal_unit pa ON pa.id = ua.parent_id
), scored AS (
  SELECT first_id, second_id, unit_id,
    greatest(0, least(100,
      CASE WHEN number THEN 60 ELSE 0 END
      + CASE WHEN name THEN 35 WHEN pinyin THEN 20 ELSE 0 END
      + CASE WHEN birth THEN 30 ELSE 0 END
      + CASE WHEN phone THEN 25 ELSE 0 END
      + CASE WHEN address THEN 20 ELSE 0 END
      + CASE WHEN one_without_id THEN 10 ELSE 0 END
      - CASE WHEN numbers_differ THEN 20 ELSE 0 END
    )) AS score,
    array_remove(ARRAY[
      CASE WHEN number THEN 'number' END,
      CASE WHEN name THEN 'name' WHEN pinyin THEN 'pinyin' END,
      CASE WHEN birth THEN 'birth' END,
      CASE WHEN phone THEN 'phone' END,
      CASE WHEN address THEN 'address' END,
      CASE WHEN one_without_id THEN 'one_without_id' END
    ], NULL) AS reasons
  FROM compared
), answered AS (
  -- A record that was merged meanwhile speaks for its survivor: what was told apart stays so.
  SELECT DISTINCT least(x.id, y.id) AS first_id, greatest(x.id, y.id) AS second_id
  FROM residents_duplicatepair pair
  JOIN residents_resident f ON f.id = pair.first_id
  JOIN residents_resident s ON s.id = pair.second_id
  JOIN residents_resident x ON x.id = coalesce(f.merged_into_id, f.id)
  JOIN residents_resident y ON y.id = coalesce(s.merged_into_id, s.id)
  WHERE pair.decision = 'different' AND pair.deleted_at IS NULL
), wanted AS (
  -- A person who moved away is still seen here, but a pair with them is for the unit above.
  SELECT scored.* FROM scored LEFT JOIN answered USING (first_id, second_id)
  WHERE answered.first_id IS NULL AND scored.unit_id = ANY (app_scope())
"""
_STORE = """
), dropped AS (
  DELETE FROM residents_duplicatepair pair
  USING residents_resident a, residents_resident b
  WHERE pair.decision = 'open' AND NOT pair.reasons @> ARRAY['manual'::varchar]
    AND a.id = pair.first_id AND b.id = pair.second_id
    AND a.deleted_at IS NULL AND b.deleted_at IS NULL
    AND NOT EXISTS (SELECT FROM residents_merge m WHERE m.pair_id = pair.id)
    AND NOT EXISTS (
      SELECT FROM wanted w WHERE w.first_id = pair.first_id AND w.second_id = pair.second_id
    )
  RETURNING 1
), brought_up AS (
  UPDATE residents_duplicatepair AS pair
  SET score = w.score, reasons = w.reasons::varchar[], unit_id = w.unit_id
  FROM wanted w
  WHERE pair.first_id = w.first_id AND pair.second_id = w.second_id
    AND pair.decision IN ('open', 'later') AND NOT pair.reasons @> ARRAY['manual'::varchar]
    AND (pair.score, pair.reasons, pair.unit_id)
      IS DISTINCT FROM (w.score, w.reasons::varchar[], w.unit_id)
  RETURNING 1
), stored AS (
  -- One that is known out of sight, at the unit above, stays there until the night's run.
  INSERT INTO residents_duplicatepair
    (unit_id, first_id, second_id, score, reasons, decision, recorded_at, version)
  SELECT unit_id, first_id, second_id, score, reasons, 'open', now(), 1 FROM wanted
  ORDER BY first_id, second_id
  ON CONFLICT (first_id, second_id) DO NOTHING
  RETURNING 1
)
SELECT (SELECT count(*) FROM stored), (SELECT count(*) FROM dropped),
  (SELECT count(*) FROM wanted)
"""


@dataclass(frozen=True)
class Found:
    """``pairs`` look alike now; ``new`` of them were not known, ``dropped`` ones no longer do."""

    new: int
    dropped: int
    pairs: int


@transaction.atomic
def find_duplicates() -> Found:
    """Bring the queue up to date within the present scope.

    Decided pairs are left as they are; open ones that no longer look alike leave the queue.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('find duplicates'))")
        # The planner knows nothing of how many couples there are: by nested loops through the units'
        # index 10,000 residents took five minutes, by hashes a second.
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(_FIND + _STORE, {"largest": LARGEST_GROUP})
        found = Found(*cursor.fetchone())
        cursor.execute("SET LOCAL enable_nestloop = on")
        return found
