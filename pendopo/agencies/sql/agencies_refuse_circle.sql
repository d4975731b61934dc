-- Refuse an agency that would stand above itself, at any height. One at a time in a mall: two agencies set below each
-- other at once would each see the other where it stood before.
CREATE OR REPLACE FUNCTION agencies_refuse_circle() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('agencies_agency.parent_id'), NEW.mall_id);
  IF EXISTS (
    WITH RECURSIVE above(id) AS (
      SELECT NEW.parent_id
      UNION
      SELECT a.parent_id FROM agencies_agency a JOIN above ON above.id = a.id
      WHERE a.mall_id = NEW.mall_id AND a.parent_id IS NOT NULL
    )
    SELECT FROM above WHERE above.id = NEW.id
  ) THEN
    RAISE check_violation USING
      MESSAGE = 'an agency would stand above itself', CONSTRAINT = 'agencies_no_circle', TABLE = 'agencies_agency';
  END IF;
  RETURN NULL;
END $$;
