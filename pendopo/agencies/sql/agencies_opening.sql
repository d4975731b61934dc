-- Whether an outlet receives people at a moment, in its mall's own time, and the one reason told everywhere.
-- Order: exception of the day, stop of a van, holiday (worktime), closing told ahead, weekday, break. The caller has set
-- the mall.
-- A van has no weekly hours: only where there are none its stops are looked at, the one now or next today; one that was
-- called off tells why when no other is left.
-- state: open, break, closed. reason: exception, holiday, closing, weekday, before, after, break or ''.
-- until: end of this state today; the label of a closing that ends on another day says so.
-- One SELECT, so that a query which asks it becomes one with it; OFFSET 0 keeps the day off from being looked up thrice.
CREATE OR REPLACE FUNCTION agencies_opening(p_mall int, p_outlet bigint, p_at timestamptz)
RETURNS TABLE (state text, reason text, label text, until time, day date)
LANGUAGE sql STABLE SECURITY INVOKER AS $$
  SELECT
    CASE told.reason WHEN '' THEN 'open' WHEN 'break' THEN 'break' ELSE 'closed' END,
    told.reason,
    CASE told.reason
      WHEN 'exception' THEN told.special_reason
      WHEN 'holiday' THEN told.holiday
      WHEN 'closing' THEN told.closing
        || CASE WHEN told.closing_ends::date > told.today THEN to_char(told.closing_ends, '" (s.d. "FMDD/FMMM")"') ELSE '' END
      WHEN 'break' THEN told.break_name
      ELSE ''
    END,
    CASE told.reason
      WHEN 'before' THEN told.opens
      WHEN 'closing' THEN CASE WHEN told.closing_ends::date = told.today THEN told.closing_ends::time END
      WHEN 'break' THEN told.break_until
      WHEN '' THEN told.closes
    END,
    told.today
  FROM (
    SELECT hours.*,
      CASE
        WHEN hours.is_shut THEN 'exception'
        WHEN hours.holiday IS NOT NULL THEN 'holiday'
        WHEN hours.closing IS NOT NULL THEN 'closing'
        WHEN hours.opens IS NULL THEN 'weekday'
        WHEN hours.clock < hours.opens THEN 'before'
        WHEN hours.clock >= hours.closes THEN 'after'
        WHEN hours.clock >= hours.break_from AND hours.clock < hours.break_until THEN 'break'
        ELSE ''
      END AS reason
    FROM (
      SELECT l.here::date AS today, l.here::time AS clock,
        (x.id IS NOT NULL AND x.opens IS NULL) OR s.is_off IS TRUE AS is_shut, coalesce(x.reason, s.reason)::text AS special_reason,
        coalesce(x.opens, s.opens, h.opens) AS opens,
        coalesce(x.closes, s.closes, h.closes) AS closes,
        CASE WHEN x.opens IS NULL THEN h.break_from END AS break_from, h.break_until, h.break_name::text AS break_name,
        CASE WHEN x.id IS NULL AND s.id IS NULL AND o.observes_holidays THEN worktime_day_off(p_mall, l.here::date) END AS holiday,
        k.reason AS closing, k.ends AS closing_ends
      FROM tenancy_mall m
      CROSS JOIN LATERAL (SELECT p_at AT TIME ZONE m.timezone AS here) AS l
      LEFT JOIN agencies_outlet o ON o.mall_id = p_mall AND o.id = p_outlet
      LEFT JOIN agencies_openinghours h
        ON h.mall_id = p_mall AND h.outlet_id = p_outlet AND h.weekday = extract(isodow FROM l.here)::int
      LEFT JOIN agencies_openingexception x ON x.mall_id = p_mall AND x.outlet_id = p_outlet AND x.day = l.here::date
      LEFT JOIN LATERAL (
        SELECT p.id, p.opens, p.closes, p.reason, p.cancelled_at IS NOT NULL AS is_off FROM tenancy_stop p
        WHERE h.id IS NULL AND x.id IS NULL AND p.mall_id = p_mall AND p.site_id = o.site_id AND p.day = l.here::date
        ORDER BY p.cancelled_at IS NOT NULL, p.closes <= l.here::time, p.opens
        LIMIT 1
      ) AS s ON true
      LEFT JOIN LATERAL (
        SELECT c.reason::text, c.ends_at AT TIME ZONE m.timezone AS ends FROM agencies_closing c
        WHERE c.mall_id = p_mall AND c.outlet_id = p_outlet AND c.counter_id IS NULL
          AND c.starts_at <= p_at AND c.ends_at > p_at
        ORDER BY c.ends_at DESC LIMIT 1
      ) AS k ON true
      WHERE m.id = p_mall
      OFFSET 0
    ) AS hours
  ) AS told
$$;
