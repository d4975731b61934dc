-- Take one place of a service's day from its one ledger, for all origins. The caller has set the mall, and found a rule.
-- answer: taken; full (reason: all, none (the day has no places), or phones with `until` when the others are released); closed (reason cutoff, `until`).
-- The ledger's row is made from the rule at the first taking of the day: a date before a weekday before every day.
CREATE OR REPLACE FUNCTION queues_quota(
  p_mall int, p_service bigint, p_site bigint, p_day date, p_origin text, p_at timestamptz, p_closes time
)
RETURNS TABLE (answer text, reason text, label text, until time)
LANGUAGE plpgsql SECURITY INVOKER AS $$
#variable_conflict use_column
DECLARE
  ledger record;
  clock time;
BEGIN
  INSERT INTO queues_quotaday (
    mall_id, site_id, service_id, day, total, phone_total, released_at, closes_minutes, taken, taken_by_phone
  )
  SELECT p_mall, p_site, p_service, p_day, r.total, r.phone_total, r.released_at, r.closes_minutes, 0, 0
  FROM queues_quotarule r
  WHERE r.mall_id = p_mall AND r.service_id = p_service AND r.site_id = p_site
    AND (r.day = p_day OR (r.day IS NULL AND (r.weekday IS NULL OR r.weekday = extract(isodow FROM p_day)::int)))
  ORDER BY r.day IS NULL, r.weekday IS NULL
  LIMIT 1
  ON CONFLICT (mall_id, service_id, site_id, day) DO NOTHING;

  SELECT d.id, d.total, d.taken, d.phone_total, d.taken_by_phone, d.released_at, d.closes_minutes,
    (p_at AT TIME ZONE m.timezone)::time AS clock
  INTO ledger
  FROM queues_quotaday d JOIN tenancy_mall m ON m.id = p_mall
  WHERE d.mall_id = p_mall AND d.service_id = p_service AND d.site_id = p_site AND d.day = p_day
  FOR UPDATE OF d;
  label := '';
  IF NOT FOUND THEN
    answer := 'taken';  -- rules for other days only: no limit today
  ELSIF p_closes IS NOT NULL AND ledger.closes_minutes > 0
    AND ledger.clock >= p_closes - make_interval(mins => ledger.closes_minutes) THEN
    answer := 'closed';
    reason := 'cutoff';
    until := p_closes;
  ELSIF ledger.taken >= ledger.total THEN
    answer := 'full';
    reason := CASE WHEN ledger.total = 0 THEN 'none' ELSE 'all' END;
  ELSIF p_origin = 'phone' AND ledger.phone_total IS NOT NULL AND ledger.taken_by_phone >= ledger.phone_total
    AND (ledger.released_at IS NULL OR ledger.clock < ledger.released_at) THEN
    answer := 'full';
    reason := 'phones';
    until := ledger.released_at;
  ELSE
    UPDATE queues_quotaday d
    SET taken = d.taken + 1, taken_by_phone = d.taken_by_phone + CASE WHEN p_origin = 'phone' THEN 1 ELSE 0 END
    WHERE d.mall_id = p_mall AND d.id = ledger.id;
    answer := 'taken';
  END IF;
  RETURN NEXT;
END
$$;
