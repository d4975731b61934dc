-- Mark the day of the ticket whose period was added, changed or removed after that day.
-- A period of today passes by at the first line: it has begun, as late as that may have been (in the west, WIB), on a day
-- that is not over, as early as that may be (in the east, WIT). Between 22.00 and 24.00 WIB a few too many are marked.
CREATE OR REPLACE FUNCTION performance_mark_period() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
  IF (CASE TG_OP WHEN 'INSERT' THEN NEW.started_at WHEN 'UPDATE' THEN least(OLD.started_at, NEW.started_at)
      ELSE OLD.started_at END AT TIME ZONE 'Asia/Jakarta')::date
    >= (statement_timestamp() AT TIME ZONE 'Asia/Jayapura')::date
  THEN
    RETURN NULL;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO performance_staleday (mall_id, day)
    SELECT t.mall_id, t.day FROM queues_ticket t WHERE t.mall_id = OLD.mall_id AND t.id = OLD.ticket_id;
  END IF;
  IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.ticket_id <> OLD.ticket_id) THEN
    INSERT INTO performance_staleday (mall_id, day)
    SELECT t.mall_id, t.day FROM queues_ticket t WHERE t.mall_id = NEW.mall_id AND t.id = NEW.ticket_id;
  END IF;
  RETURN NULL;
END
$$;
