-- A ticket's number as people read it: A-012, and A-1000 when a thousand came.
CREATE OR REPLACE FUNCTION queues_number(p_code text, p_number int)
RETURNS text
LANGUAGE sql IMMUTABLE SECURITY INVOKER AS $$
  SELECT p_code || '-' || CASE WHEN p_number < 1000 THEN lpad(p_number::text, 3, '0') ELSE p_number::text END
$$;
