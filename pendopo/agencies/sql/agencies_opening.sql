-- Whether an outlet receives people at a moment, in its mall's own time, and the one reason told everywhere.
-- Order: exception of the day, holiday (worktime), weekday, break. The caller has set the mall.
-- state: open, break, closed. reason: exception, holiday, weekday, before, after, break or ''. until: end of this state today.
CREATE OR REPLACE FUNCTION agencies_opening(p_mall int, p_outlet bigint, p_at timestamptz)
RETURNS TABLE (state text, reason text, label text, until time, day date)
LANGUAGE plpgsql STABLE SECURITY INVOKER AS $$
#variable_conflict use_column
DECLARE
  here timestamp;
  clock time;
  hours record;
  special record;
  holiday text;
BEGIN
  SELECT p_at AT TIME ZONE m.timezone INTO here FROM tenancy_mall m WHERE m.id = p_mall;
  day := here::date;
  clock := here::time;
  state := 'closed';
  reason := '';
  label := '';

  SELECT x.opens, x.closes, x.reason INTO special FROM agencies_openingexception x
  WHERE x.mall_id = p_mall AND x.outlet_id = p_outlet AND x.day = agencies_opening.day;
  IF FOUND AND special.opens IS NULL THEN
    reason := 'exception';
    label := special.reason;
    RETURN NEXT;
    RETURN;
  END IF;

  SELECT h.opens, h.closes, h.break_from, h.break_until, h.break_name, o.observes_holidays INTO hours
  FROM agencies_outlet o
  LEFT JOIN agencies_openinghours h
    ON h.mall_id = o.mall_id AND h.outlet_id = o.id AND h.weekday = extract(isodow FROM here)
  WHERE o.mall_id = p_mall AND o.id = p_outlet;

  IF special.opens IS NOT NULL THEN
    hours.opens := special.opens;
    hours.closes := special.closes;
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
