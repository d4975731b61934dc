-- Mark the day of a ticket of a past day that was added, changed or removed: its figures are to be added up anew.
-- A ticket of today passes by at the first line. No mall knows its date here: a day is taken for over as soon as it is so
-- in the east (WIT). Adds rows only, without a unique key: two at once never wait for each other.
CREATE OR REPLACE FUNCTION performance_mark_ticket() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
  IF TG_OP <> 'DELETE' AND NEW.day >= (statement_timestamp() AT TIME ZONE 'Asia/Jayapura')::date THEN
    IF TG_OP = 'INSERT' OR OLD.day = NEW.day THEN
      RETURN NULL;
    END IF;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO performance_staleday (mall_id, day) VALUES (OLD.mall_id, OLD.day);
  END IF;
  IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.day <> OLD.day) THEN
    INSERT INTO performance_staleday (mall_id, day) VALUES (NEW.mall_id, NEW.day);
  END IF;
  RETURN NULL;
END
$$;
