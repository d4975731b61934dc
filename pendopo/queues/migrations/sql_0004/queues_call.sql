-- Call the next person to a counter, in one round trip: right, session, choice, ticket, period, event, audit.
-- answer: called, again, another_body, empty, busy, not_open, taken, not_allowed, revoked, unknown.
-- Lock order: the request, the counter's session, then the ticket. Two counters of one queue never wait for each other (SKIP LOCKED).
CREATE OR REPLACE FUNCTION queues_call(
  p_mall int, p_counter bigint, p_request uuid, p_account bigint, p_token uuid, p_device bigint, p_at timestamptz
)
RETURNS TABLE (answer text, ticket bigint, code text, number int, service text, queue text, state text)
LANGUAGE plpgsql SECURITY INVOKER AS $$
#variable_conflict use_column
DECLARE
  place record;
  sitting record;
  chosen_queue bigint;
  head record;
  chosen bigint;
  today date;
BEGIN
  PERFORM set_config('pendopo.mall', p_mall::text, true);

  -- The same request at two counters at once: the second waits here, and is told that the first was there.
  IF p_request IS NOT NULL THEN
    PERFORM pg_advisory_xact_lock(hashtextextended(p_request::text, p_mall));
  END IF;

  SELECT c.id, c.number, o.agency_id, c.zone_id, coalesce(a.short_name, '') AS agency,
    (p_at AT TIME ZONE m.timezone)::date AS today
  INTO place
  FROM agencies_counter c
  JOIN agencies_outlet o ON o.mall_id = p_mall AND o.id = c.outlet_id
  JOIN tenancy_mall m ON m.id = p_mall
  LEFT JOIN agencies_agency a ON a.mall_id = p_mall AND a.id = o.agency_id
  WHERE c.mall_id = p_mall AND c.id = p_counter;
  IF NOT FOUND THEN
    answer := 'unknown';
    RETURN NEXT;
    RETURN;
  END IF;
  today := place.today;

  answer := agencies_may_serve(p_mall, p_account, p_token, place.agency_id, false, p_at);
  IF answer <> 'yes' THEN
    answer := CASE answer WHEN 'no' THEN 'not_allowed' ELSE answer END;
    RETURN NEXT;
    RETURN;
  END IF;

  SELECT s.account_id, s.state INTO sitting FROM queues_countersession s
  WHERE s.mall_id = p_mall AND s.counter_id = p_counter AND s.ended_at IS NULL
  FOR UPDATE;
  IF NOT FOUND OR sitting.state <> 'open' OR sitting.account_id <> p_account THEN
    answer := CASE WHEN sitting.account_id <> p_account THEN 'taken' ELSE 'not_open' END;
    RETURN NEXT;
    RETURN;
  END IF;

  IF p_request IS NOT NULL THEN
    SELECT t.id, t.number, t.state, t.queue_id, t.variant_id, t.counter_id INTO head FROM queues_ticket t
    WHERE t.mall_id = p_mall AND t.call_request_id = p_request;
    IF FOUND THEN
      answer := CASE WHEN head.counter_id = p_counter THEN 'again' ELSE 'another_body' END;
      ticket := head.id;
      number := head.number;
      state := head.state;
      SELECT q.code, q.code, v.code INTO code, queue, service
      FROM queues_queue q
      JOIN catalogue_variant v ON v.mall_id = p_mall AND v.id = head.variant_id
      WHERE q.mall_id = p_mall AND q.id = head.queue_id;
      RETURN NEXT;
      RETURN;
    END IF;
  END IF;

  SELECT t.id, t.number, t.queue_id INTO head FROM queues_ticket t
  WHERE t.mall_id = p_mall AND t.counter_id = p_counter AND t.state IN ('called', 'serving');
  IF FOUND THEN
    answer := 'busy';
    ticket := head.id;
    number := head.number;
    SELECT q.code INTO code FROM queues_queue q WHERE q.mall_id = p_mall AND q.id = head.queue_id;
    RETURN NEXT;
    RETURN;
  END IF;

  -- Own queues before helped ones; among equals whoever has waited longest. A head taken by another counter
  -- in this moment is skipped, and the queues are looked at again until one is ours or all are empty.
  LOOP
    chosen := NULL;
    SELECT cq.queue_id INTO chosen_queue
    FROM queues_counterqueue cq
    CROSS JOIN LATERAL (
      SELECT t.queued_at, t.id FROM queues_ticket t
      WHERE t.mall_id = p_mall AND t.queue_id = cq.queue_id AND t.day = today AND t.state = 'waiting'
      ORDER BY t.queued_at, t.id LIMIT 1
    ) AS first
    WHERE cq.mall_id = p_mall AND cq.counter_id = p_counter
    ORDER BY cq.is_helped, first.queued_at, first.id
    LIMIT 1;
    EXIT WHEN NOT FOUND;

    SELECT t.id, t.number, t.variant_id INTO head FROM queues_ticket t
    WHERE t.mall_id = p_mall AND t.queue_id = chosen_queue AND t.day = today AND t.state = 'waiting'
    ORDER BY t.queued_at, t.id LIMIT 1
    FOR UPDATE SKIP LOCKED;
    IF FOUND THEN
      chosen := head.id;
      EXIT;
    END IF;
    -- Everybody left in this queue is being called or cancelled right now: wait for the first of them to be settled.
    PERFORM FROM queues_ticket t
    WHERE t.mall_id = p_mall AND t.queue_id = chosen_queue AND t.day = today AND t.state = 'waiting'
    ORDER BY t.queued_at, t.id LIMIT 1
    FOR UPDATE;
  END LOOP;
  IF chosen IS NULL THEN
    answer := 'empty';
    RETURN NEXT;
    RETURN;
  END IF;

  ticket := chosen;
  SELECT q.code, q.code, v.code INTO code, queue, service
  FROM queues_queue q
  JOIN catalogue_variant v ON v.mall_id = p_mall AND v.id = head.variant_id
  WHERE q.mall_id = p_mall AND q.id = chosen_queue;
  number := head.number;

  UPDATE queues_ticket t
  SET state = 'called', counter_id = p_counter, calls = 1, changed_at = p_at, call_request_id = p_request
  WHERE t.mall_id = p_mall AND t.id = chosen;
  UPDATE queues_period x SET ended_at = greatest(p_at, x.started_at)
  WHERE x.mall_id = p_mall AND x.ticket_id = chosen AND x.ended_at IS NULL;
  -- One statement: starting each by itself costs more than its row.
  WITH period AS (
    INSERT INTO queues_period (mall_id, ticket_id, kind, started_at, counter_id, account_id)
    VALUES (p_mall, chosen, 'called', p_at, p_counter, p_account)
  ), told AS (
    INSERT INTO queues_event (mall_id, at, kind, zone_id, queue_id, ticket_id, number, counter, agency)
    VALUES (p_mall, p_at, 'called', place.zone_id, chosen_queue, chosen, queues_number(code, number), place.number::text, place.agency)
  )
  INSERT INTO audit_entry (mall_id, at, action, subject, account_id, device_id, reason)
  VALUES (p_mall, p_at, 'ticket.called', 'ticket:' || chosen, p_account, p_device, '');

  answer := 'called';
  state := 'called';
  RETURN NEXT;
END
$$;
