-- Call the next person to a counter, in one round trip: right, session, choice, ticket, period, event, audit.
-- answer: called, again, another_body, empty, busy, not_open, taken, not_allowed, revoked, unknown.
-- Lock order: the request, the counter's session, the ticket, then its visit. Two counters of one queue never wait for
-- each other (SKIP LOCKED). Turns: while an ordinary and a priority line wait at this counter, of p + r calls p are for
-- priority, spread evenly (a balanced word): the call of turn i is ordinary where floor((i + 1) r / (p + r)) steps up.
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
  choice record;
  chosen bigint;
  today date;
  turn int;
  is_ordinarys_turn boolean;
BEGIN
  -- The same request at two counters at once: the second waits here, and is told that the first was there.
  -- As expressions these need no statement of their own; few statements: starting one costs as much as finding its row.
  answer := set_config('pendopo.mall', p_mall::text, true);
  IF p_request IS NOT NULL THEN
    answer := pg_advisory_xact_lock(hashtextextended(p_request::text, p_mall))::text;
  END IF;

  SELECT c.id, c.number, o.agency_id, c.zone_id, coalesce(a.short_name, '') AS agency,
    (p_at AT TIME ZONE m.timezone)::date AS today,
    coalesce(h.priority_turns, 1)::int AS p, coalesce(h.ordinary_turns, 2)::int AS r
  INTO place
  FROM agencies_counter c
  JOIN agencies_outlet o ON o.mall_id = p_mall AND o.id = c.outlet_id
  JOIN tenancy_mall m ON m.id = p_mall
  LEFT JOIN agencies_agency a ON a.mall_id = p_mall AND a.id = o.agency_id
  LEFT JOIN queues_hallrules h ON h.mall_id = p_mall
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

  SELECT s.id, s.account_id, s.state, s.turn INTO sitting FROM queues_countersession s
  WHERE s.mall_id = p_mall AND s.counter_id = p_counter AND s.ended_at IS NULL
  FOR UPDATE;
  IF NOT FOUND OR sitting.state <> 'open' OR sitting.account_id <> p_account THEN
    answer := CASE WHEN sitting.account_id <> p_account THEN 'taken' ELSE 'not_open' END;
    RETURN NEXT;
    RETURN;
  END IF;

  -- What this request has called already, or else whoever is still here.
  SELECT * INTO head FROM (
    SELECT true AS is_repeated, t.id, t.number, t.state, t.queue_id, t.variant_id, t.counter_id FROM queues_ticket t
    WHERE t.mall_id = p_mall AND t.call_request_id = p_request
    UNION ALL
    SELECT false, t.id, t.number, t.state, t.queue_id, t.variant_id, t.counter_id FROM queues_ticket t
    WHERE t.mall_id = p_mall AND t.counter_id = p_counter AND t.state IN ('called', 'serving')
  ) AS settled
  ORDER BY settled.is_repeated DESC LIMIT 1;
  IF FOUND THEN
    answer := CASE WHEN NOT head.is_repeated THEN 'busy' WHEN head.counter_id = p_counter THEN 'again' ELSE 'another_body' END;
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

  turn := sitting.turn % (place.p + place.r);
  is_ordinarys_turn := ((turn + 1) * place.r) / (place.p + place.r) > (turn * place.r) / (place.p + place.r);
  -- Own queues before helped ones, helped ones in their order; among equals whoever has waited longest. A head taken by
  -- another counter in this moment is skipped, and the lines are looked at again until one is ours or all are empty.
  LOOP
    chosen := NULL;
    SELECT line.queue_id, line.is_priority, count(*) OVER () = 2 AS both_wait INTO choice
    FROM (
      SELECT DISTINCT ON (first.is_priority) first.is_priority, first.queue_id, first.is_helped, first.best
      FROM (
        SELECT cq.queue_id, cq.is_helped, cq.position, g.is_priority, t.queued_at, t.id,
          bool_and(cq.is_helped) OVER () AS best
        FROM queues_counterqueue cq
        CROSS JOIN (VALUES (false), (true)) AS g (is_priority)
        CROSS JOIN LATERAL (
          SELECT t.queued_at, t.id FROM queues_ticket t
          WHERE t.mall_id = p_mall AND t.queue_id = cq.queue_id AND t.day = today AND t.state = 'waiting' AND t.hold = ''
            AND t.is_priority = g.is_priority
          ORDER BY t.queued_at, t.id LIMIT 1
        ) AS t
        WHERE cq.mall_id = p_mall AND cq.counter_id = p_counter
      ) AS first
      WHERE first.is_helped = first.best
      ORDER BY first.is_priority, CASE WHEN first.is_helped THEN first.position END, first.queued_at, first.id
    ) AS line
    ORDER BY line.is_priority = is_ordinarys_turn, line.is_priority
    LIMIT 1;
    EXIT WHEN NOT FOUND;
    chosen_queue := choice.queue_id;

    SELECT t.id, t.number, t.visit_id, t.joined,
      (SELECT q.code FROM queues_queue q WHERE q.mall_id = p_mall AND q.id = chosen_queue) AS code,
      (SELECT v.code FROM catalogue_variant v WHERE v.mall_id = p_mall AND v.id = t.variant_id) AS service
    INTO head FROM queues_ticket t
    WHERE t.mall_id = p_mall AND t.queue_id = chosen_queue AND t.day = today AND t.state = 'waiting' AND t.hold = ''
      AND t.is_priority = choice.is_priority
    ORDER BY t.queued_at, t.id LIMIT 1
    FOR UPDATE SKIP LOCKED;
    IF FOUND AND head.joined THEN
      -- One coming, several services: its other tickets wait without losing their place while this one is served.
      PERFORM FROM queues_visit x WHERE x.mall_id = p_mall AND x.id = head.visit_id FOR UPDATE;
      IF EXISTS (
        SELECT FROM queues_ticket t
        WHERE t.visit_id = head.visit_id AND t.joined AND t.state IN ('called', 'serving') AND t.mall_id = p_mall
      ) THEN
        UPDATE queues_ticket t SET hold = 'elsewhere' WHERE t.mall_id = p_mall AND t.id = head.id;
        CONTINUE;
      END IF;
      UPDATE queues_ticket t SET hold = 'elsewhere'
      WHERE t.mall_id = p_mall AND t.id IN (
        SELECT o.id FROM queues_ticket o
        WHERE o.mall_id = p_mall AND o.visit_id = head.visit_id AND o.joined AND o.id <> head.id
          AND o.state = 'waiting' AND o.hold = ''
        ORDER BY o.id FOR UPDATE SKIP LOCKED
      );
      chosen := head.id;
      EXIT;
    ELSIF FOUND THEN
      chosen := head.id;
      EXIT;
    END IF;
    -- Everybody left in this line is being called or cancelled right now: wait for the first of them to be settled.
    PERFORM FROM queues_ticket t
    WHERE t.mall_id = p_mall AND t.queue_id = chosen_queue AND t.day = today AND t.state = 'waiting' AND t.hold = ''
      AND t.is_priority = choice.is_priority
    ORDER BY t.queued_at, t.id LIMIT 1
    FOR UPDATE;
  END LOOP;
  IF chosen IS NULL THEN
    answer := 'empty';
    RETURN NEXT;
    RETURN;
  END IF;
  IF choice.both_wait THEN
    UPDATE queues_countersession s SET turn = (turn + 1) % (place.p + place.r)
    WHERE s.mall_id = p_mall AND s.id = sitting.id;
  END IF;

  ticket := chosen;
  code := head.code;
  queue := head.code;
  service := head.service;
  number := head.number;

  -- Counted, so that the waiting has ended before the call begins: a ticket has one open period.
  WITH moved AS (
    UPDATE queues_ticket t
    SET state = 'called', counter_id = p_counter, calls = 1, changed_at = p_at, call_request_id = p_request
    WHERE t.mall_id = p_mall AND t.id = chosen
  ), waited AS (
    UPDATE queues_period x SET ended_at = greatest(p_at, x.started_at)
    WHERE x.mall_id = p_mall AND x.ticket_id = chosen AND x.ended_at IS NULL
    RETURNING x.id
  ), period AS (
    INSERT INTO queues_period (mall_id, ticket_id, kind, started_at, counter_id, account_id)
    SELECT p_mall, chosen, 'called', p_at, p_counter, p_account FROM (SELECT count(*) FROM waited) AS ended
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
