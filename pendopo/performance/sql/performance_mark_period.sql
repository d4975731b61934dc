-- Mark the day of the ticket whose period was added, changed or removed after that day.
CREATE OR REPLACE FUNCTION performance_mark_period() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
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
