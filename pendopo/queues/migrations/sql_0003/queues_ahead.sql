-- How many wait before a place in a queue. Counted from live rows, never kept beside them; more than 500 is told as 500.
CREATE OR REPLACE FUNCTION queues_ahead(p_mall int, p_queue bigint, p_day date, p_queued_at timestamptz, p_ticket bigint)
RETURNS int
LANGUAGE sql STABLE SECURITY INVOKER AS $$
  SELECT count(*)::int FROM (
    SELECT FROM queues_ticket t
    WHERE t.mall_id = p_mall AND t.queue_id = p_queue AND t.day = p_day AND t.state = 'waiting'
      AND (t.queued_at, t.id) < (p_queued_at, p_ticket)
    LIMIT 500
  ) AS before
$$;
