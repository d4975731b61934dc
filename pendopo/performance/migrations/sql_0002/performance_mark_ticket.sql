-- Mark the day of a ticket of a past day that was added, changed or removed: its figures are to be added up anew.
-- Adds rows only, without a unique key: two at once never wait for each other.
CREATE OR REPLACE FUNCTION performance_mark_ticket() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO performance_staleday (mall_id, day) VALUES (OLD.mall_id, OLD.day);
  END IF;
  IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.day <> OLD.day) THEN
    INSERT INTO performance_staleday (mall_id, day) VALUES (NEW.mall_id, NEW.day);
  END IF;
  RETURN NULL;
END
$$;
