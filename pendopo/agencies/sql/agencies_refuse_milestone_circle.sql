-- Refuse a milestone that would wait for itself, over however many others. One at a time in a mall: two halves of a
-- circle written at once would each see the plan without the other.
CREATE OR REPLACE FUNCTION agencies_refuse_milestone_circle() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('agencies_milestoneneed.needed_id'), NEW.mall_id);
  IF EXISTS (
    WITH RECURSIVE before(id) AS (
      SELECT NEW.needed_id
      UNION
      SELECT n.needed_id FROM agencies_milestoneneed n JOIN before ON before.id = n.milestone_id
      WHERE n.mall_id = NEW.mall_id
    )
    SELECT FROM before WHERE before.id = NEW.milestone_id
  ) THEN
    RAISE check_violation USING
      MESSAGE = 'a milestone would wait for itself', CONSTRAINT = 'agencies_no_milestone_circle',
      TABLE = 'agencies_milestoneneed';
  END IF;
  RETURN NULL;
END $$;
