-- What a zone's board shows: the last calls, newest first, each person once, and the event up to which this is true.
CREATE OR REPLACE FUNCTION queues_board(p_mall int, p_zone bigint, p_at timestamptz)
RETURNS TABLE (seq bigint, calls jsonb)
LANGUAGE plpgsql STABLE SECURITY INVOKER AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('pendopo.mall', p_mall::text, true);
  SELECT coalesce(max(e.seq), 0) INTO seq FROM queues_event e;
  SELECT coalesce(jsonb_agg(to_jsonb(last) ORDER BY last.seq DESC), '[]'::jsonb) INTO calls
  FROM (
    SELECT recent.seq, recent.at, recent.kind, recent.number, recent.counter, recent.agency
    FROM (
      SELECT e.*, row_number() OVER (PARTITION BY e.ticket_id ORDER BY e.seq DESC) AS place
      FROM (
        SELECT x.seq, x.at, x.kind, x.number, x.counter, x.agency, x.ticket_id FROM queues_event x
        WHERE x.mall_id = p_mall AND x.kind IN ('called', 'recalled') AND (p_zone IS NULL OR x.zone_id = p_zone)
          AND x.at > p_at - interval '12 hours'
        ORDER BY x.seq DESC LIMIT 40
      ) AS e
    ) AS recent
    WHERE recent.place = 1
    ORDER BY recent.seq DESC LIMIT 8
  ) AS last;
  RETURN NEXT;
END
$$;
