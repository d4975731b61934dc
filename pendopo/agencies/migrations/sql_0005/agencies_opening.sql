-- Whether an outlet receives people at a moment, in its mall's own time, and the one reason told everywhere.
-- Order: exception of the day, stop of a van, holiday (worktime), weekday, break. The caller has set the mall.
-- A van has no weekly hours: only where there are none its stops are looked at, the one now or next today; one that was
-- called off tells why when no other is left.
-- state: open, break, closed. reason: exception, holiday, weekday, before, after, break or ''. until: end of this state today.
CREATE OR REPLACE FUNCTION agencies_opening(p_mall int, p_outlet bigint, p_at timestamptz)
RETURNS TABLE (state text, reason text, label text, until time, day date)
LANGUAGE plpgsql STABLE SECURITY INVOKER AS $$
#variable_conflict use_column
DECLARE
  clock time;
  hours record;
  holiday text;
BEGIN
  SELECT l.here, x.id IS NOT NULL OR s.id IS NOT NULL AS is_special, coalesce(x.opens, s.opens) AS special_opens,
    coalesce(x.closes, s.closes) AS special_closes, coalesce(x.reason, s.reason) AS special_reason,
    h.opens, h.closes, h.break_from, h.break_until, h.break_name, o.observes_holidays
  INTO hours
  FROM tenancy_mall m
  CROSS JOIN LATERAL (SELECT p_at AT TIME ZONE m.timezone AS here) AS l
  LEFT JOIN agencies_outlet o ON o.mall_id = p_mall AND o.id = p_outlet
  LEFT JOIN agencies_openinghours h
    ON h.mall_id = p_mall AND h.outlet_id = p_outlet AND h.weekday = extract(isodow FROM l.here)::int
  LEFT JOIN agencies_openingexception x ON x.mall_id = p_mall AND x.outlet_id = p_outlet AND x.day = l.here::date
  LEFT JOIN LATERAL (
    SELECT p.id, p.reason, p.closes, CASE WHEN p.cancelled_at IS NULL THEN p.opens END AS opens
    FROM tenancy_stop p
    WHERE h.id IS NULL AND x.id IS NULL AND p.mall_id = p_mall AND p.site_id = o.site_id AND p.day = l.here::date
    ORDER BY p.cancelled_at IS NOT NULL, p.closes <= l.here::time, p.opens
    LIMIT 1
  ) AS s ON true
  WHERE m.id = p_mall;
  day := hours.here::date;
  clock := hours.here::time;
  state := 'closed';
  reason := '';
  label := '';

  IF hours.is_special AND hours.special_opens IS NULL THEN
    reason := 'exception';
    label := hours.special_reason;
    RETURN NEXT;
    RETURN;
  END IF;

  IF hours.special_opens IS NOT NULL THEN
    hours.opens := hours.special_opens;
    hours.closes := hours.special_closes;
    hours.break_from := NULL;
  ELSIF hours.observes_holidays THEN
    holiday := worktime_day_off(p_mall, day);
    IF holiday IS NOT NULL THEN
      reason := 'holiday';
      label := holiday;
      RETURN NEXT;
      RETURN;
    END IF;
  END IF;

  IF hours.opens IS NULL THEN
    reason := 'weekday';
  ELSIF clock < hours.opens THEN
    reason := 'before';
    until := hours.opens;
  ELSIF clock >= hours.closes THEN
    reason := 'after';
  ELSIF hours.break_from IS NOT NULL AND clock >= hours.break_from AND clock < hours.break_until THEN
    state := 'break';
    reason := 'break';
    label := hours.break_name;
    until := hours.break_until;
  ELSE
    state := 'open';
    until := hours.closes;
  END IF;
  RETURN NEXT;
END
$$;
