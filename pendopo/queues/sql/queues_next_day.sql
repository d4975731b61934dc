-- The next day after one on which a service gives numbers: its outlet is open, the subject is offered, and the day has
-- places; NULL when that is more than two weeks away. Asked for refusals and pages only. The caller has set the mall.
CREATE OR REPLACE FUNCTION queues_next_day(
  p_mall int, p_service bigint, p_variant bigint, p_site bigint, p_outlet bigint, p_after date
)
RETURNS date
LANGUAGE plpgsql STABLE SECURITY INVOKER AS $$
#variable_conflict use_column
DECLARE
  v_zone text;
  v_weekdays int;
  v_day date := p_after;
BEGIN
  SELECT m.timezone INTO v_zone FROM tenancy_mall m WHERE m.id = p_mall;
  SELECT d.weekdays INTO v_weekdays FROM queues_servicedays d
  WHERE d.mall_id = p_mall AND d.service_id = p_service AND d.site_id = p_site
    AND (d.variant_id = p_variant OR d.variant_id IS NULL)
  ORDER BY d.variant_id IS NULL LIMIT 1;
  FOR _step IN 1..14 LOOP
    v_day := v_day + 1;
    IF (
      v_weekdays IS NULL OR v_weekdays & (1 << extract(isodow FROM v_day)::int - 1) > 0 OR EXISTS (
        SELECT FROM queues_eventday e
        WHERE e.mall_id = p_mall AND e.service_id = p_service AND e.site_id = p_site AND e.day = v_day
      )
    ) AND coalesce((
      SELECT r.total FROM queues_quotarule r
      WHERE r.mall_id = p_mall AND r.service_id = p_service AND r.site_id = p_site
        AND (r.day = v_day OR (r.day IS NULL AND (r.weekday IS NULL OR r.weekday = extract(isodow FROM v_day)::int)))
      ORDER BY r.day IS NULL, r.weekday IS NULL LIMIT 1
    ), 1) > 0 AND (
      SELECT o.reason NOT IN ('exception', 'holiday', 'weekday')
      FROM agencies_opening(p_mall, p_outlet, (v_day + time '12:00') AT TIME ZONE v_zone) AS o
    ) THEN
      RETURN v_day;
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;
