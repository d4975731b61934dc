-- How many wait before a place in a queue. Counted from live rows, never kept beside them; more than 100 is told as 100.
-- Before a priority ticket stand priority tickets only. Who may not be called now (a hold) stands before nobody.
-- plpgsql keeps the plan. The order leads to the index ticket_waiting; no other index may know who waits.
CREATE OR REPLACE FUNCTION queues_ahead(
  p_mall int, p_queue bigint, p_day date, p_queued_at timestamptz, p_ticket bigint, p_priority boolean DEFAULT false
)
RETURNS int
LANGUAGE plpgsql STABLE SECURITY INVOKER AS $$
BEGIN
  RETURN least(100, (
    SELECT count(*)::int FROM (
      SELECT FROM queues_ticket t
      WHERE t.mall_id = p_mall AND t.queue_id = p_queue AND t.day = p_day AND t.state = 'waiting' AND t.hold = ''
        AND t.is_priority AND (t.queued_at, t.id) < (p_queued_at, p_ticket)
      ORDER BY t.queued_at, t.id
      LIMIT 100
    ) AS before
  ) + CASE WHEN p_priority THEN 0 ELSE (
    SELECT count(*)::int FROM (
      SELECT FROM queues_ticket t
      WHERE t.mall_id = p_mall AND t.queue_id = p_queue AND t.day = p_day AND t.state = 'waiting' AND t.hold = ''
        AND NOT t.is_priority AND (t.queued_at, t.id) < (p_queued_at, p_ticket)
      ORDER BY t.queued_at, t.id
      LIMIT 100
    ) AS before
  ) END);
END
$$;
