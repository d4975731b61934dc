-- The name of the day off that a day is in a mall, or NULL. The mall's own word wins over the law's; weekends are
-- not days off here: opening hours and calendars know weekdays. The caller has set the mall.
CREATE OR REPLACE FUNCTION worktime_day_off(p_mall int, p_day date)
RETURNS text
LANGUAGE sql STABLE SECURITY INVOKER AS $$
  SELECT CASE
    WHEN own.is_day_off THEN own.name
    WHEN own.is_day_off IS NULL THEN (
      SELECT string_agg(h.name, ', ' ORDER BY h.name) FROM worktime_holiday h
      WHERE h.day = p_day AND h.withdrawn_at IS NULL
    )
  END
  FROM (SELECT 1) AS always
  LEFT JOIN worktime_mallday own ON own.mall_id = p_mall AND own.day = p_day
$$;
