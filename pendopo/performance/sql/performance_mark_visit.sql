-- Mark the day of a past visit of which it was corrected when or by which way it came.
CREATE OR REPLACE FUNCTION performance_mark_visit() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
  IF NEW.day < (statement_timestamp() AT TIME ZONE 'Asia/Jayapura')::date
    AND (OLD.checked_in_at, OLD.origin) IS DISTINCT FROM (NEW.checked_in_at, NEW.origin)
  THEN
    INSERT INTO performance_staleday (mall_id, day)
    SELECT DISTINCT t.mall_id, t.day FROM queues_ticket t
    WHERE t.mall_id = NEW.mall_id AND t.day = NEW.day AND t.visit_id = NEW.id;
  END IF;
  RETURN NULL;
END
$$;
