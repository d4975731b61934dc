-- Take a ticket, in one round trip: repetition, right, hours, quota, number, visit, ticket, period, event, audit.
-- answer: taken, again, held (the phone `p_holder` has a live ticket in the queue: that one), another_body, revoked,
-- not_allowed, unknown, closed, at_stop (a van gives numbers only where it stands), other_day, full, visit_ended.
-- For closed, `reason`, `label` and `until` say why; for full, `reason` says whether all places are gone or those of
-- phones (`until` released); `label` is the next day with places.
-- Fails with serialization_failure, to be asked again, when between the look and the number a first quota was made, or
-- what was asked for ended: its variant, its offering at the site, or its queue.
-- Lock order: the request, the phone, the visit it joins, the day's quota, the series.
CREATE OR REPLACE FUNCTION queues_take(
  p_mall int, p_request uuid, p_digest bytea, p_service text, p_site bigint, p_origin text,
  p_account bigint, p_token uuid, p_device bigint, p_key text, p_at timestamptz,
  p_priority text DEFAULT '', p_wheelchair boolean DEFAULT false, p_deaf boolean DEFAULT false,
  p_interpreter boolean DEFAULT false, p_visit_key text DEFAULT '',
  p_holder text DEFAULT ''
)
RETURNS TABLE (
  answer text, ticket bigint, key text, code text, number int, service text, queue text, state text, ahead int,
  reason text, label text, until time
)
LANGUAGE plpgsql SECURITY INVOKER AS $$
#variable_conflict use_column
DECLARE
  found_ticket record;
  place record;
  v_visit bigint;
  v_at timestamptz;
  v_priority boolean := p_priority <> '';
  v_hold text := '';
  visited record;
  event record;
BEGIN
  -- A second arrival of the same request waits here for the first, so that no number is spent on it.
  -- As an expression it needs no statement of its own; few statements: starting one costs as much as finding its row.
  answer := set_config('pendopo.mall', p_mall::text, true)
    || pg_advisory_xact_lock(hashtextextended(p_request::text, p_mall))::text;
  IF p_holder <> '' THEN
    answer := pg_advisory_xact_lock(hashtextextended(p_holder, p_mall))::text;
  END IF;

  SELECT p_device IS NOT NULL AND NOT EXISTS (
      SELECT FROM tenancy_device d WHERE d.mall_id = p_mall AND d.id = p_device AND d.revoked_at IS NULL
    ) AS is_revoked,
    t.id, t.key, t.request_digest, t.number, t.state, t.queue_id, t.variant_id, t.day, t.queued_at, t.is_priority
  INTO found_ticket
  FROM (VALUES (p_request)) AS asked (id)
  LEFT JOIN queues_ticket t ON t.mall_id = p_mall AND t.request_id = asked.id;
  IF found_ticket.is_revoked THEN
    answer := 'revoked';
    RETURN NEXT;
    RETURN;
  END IF;
  IF p_account IS NOT NULL THEN
    answer := agencies_may_serve(p_mall, p_account, p_token, NULL, true, p_at);
    IF answer = 'revoked' OR (answer = 'no' AND p_origin <> 'phone') THEN
      answer := CASE answer WHEN 'no' THEN 'not_allowed' ELSE answer END;
      RETURN NEXT;
      RETURN;
    END IF;
  END IF;

  IF found_ticket.id IS NOT NULL THEN
    answer := CASE WHEN found_ticket.request_digest = p_digest THEN 'again' ELSE 'another_body' END;
    IF answer = 'again' THEN
      SELECT q.code, q.name, v.code INTO code, queue, service
      FROM queues_queue q
      JOIN catalogue_variant v ON v.mall_id = p_mall AND v.id = found_ticket.variant_id
      WHERE q.mall_id = p_mall AND q.id = found_ticket.queue_id;
      ticket := found_ticket.id;
      key := found_ticket.key;
      number := found_ticket.number;
      state := found_ticket.state;
      ahead := CASE WHEN state = 'waiting'
        THEN queues_ahead(
          p_mall, found_ticket.queue_id, found_ticket.day, found_ticket.queued_at, found_ticket.id, found_ticket.is_priority
        ) ELSE 0 END;
    END IF;
    RETURN NEXT;
    RETURN;
  END IF;

  -- The service's own code means its first variant. Each code by its own index: an OR would read the whole catalogue.
  -- One place is found first (LIMIT keeps the planner to it), and only then asked for its hours, places and days.
  SELECT at.*,
    (SELECT t.kind = 'van' FROM tenancy_site t WHERE t.mall_id = p_mall AND t.id = at.site) AS is_van,
    opening.state, opening.reason, opening.label, opening.until, opening.day,
    EXISTS (
      SELECT FROM queues_quotarule r WHERE r.mall_id = p_mall AND r.service_id = at.service AND r.site_id = at.site
    ) AS has_quota,
    EXISTS (
      SELECT FROM queues_eventday e
      WHERE e.mall_id = p_mall AND e.service_id = at.service AND e.site_id = at.site AND e.day >= p_at::date - 1
    ) AS has_events,
    (
      SELECT d.weekdays FROM queues_servicedays d
      WHERE d.mall_id = p_mall AND d.service_id = at.service AND d.site_id = at.site
        AND (d.variant_id = at.variant OR d.variant_id IS NULL)
      ORDER BY d.variant_id IS NULL LIMIT 1
    ) AS weekdays
  INTO place
  FROM (
    SELECT w.id AS variant, w.code AS service_code, w.service_id AS service, f.site_id AS site, f.outlet_id AS outlet,
      q.id AS queue, q.code, q.name, q.zone_id AS zone
    FROM (
      SELECT v.id, v.code, v.service_id, 1 AS choice FROM catalogue_variant v
      WHERE v.mall_id = p_mall AND v.code = p_service AND v.ended_at IS NULL
      UNION ALL
      SELECT v.id, v.code, v.service_id, 2 FROM catalogue_service s
      JOIN catalogue_variant v ON v.mall_id = p_mall AND v.service_id = s.id AND v.position = 1 AND v.ended_at IS NULL
      WHERE s.mall_id = p_mall AND s.code = p_service
    ) AS w
    JOIN catalogue_offering f ON f.mall_id = p_mall AND f.service_id = w.service_id AND f.status <> 'not'
      AND (p_site IS NULL OR f.site_id = p_site)
    JOIN queues_queueservice qs ON qs.mall_id = p_mall AND qs.service_id = w.service_id AND qs.site_id = f.site_id
    JOIN queues_queue q ON q.mall_id = p_mall AND q.id = qs.queue_id
    ORDER BY w.choice, (SELECT t.position FROM tenancy_site t WHERE t.mall_id = p_mall AND t.id = f.site_id), f.site_id
    LIMIT 1
  ) AS at
  CROSS JOIN LATERAL agencies_opening(p_mall, at.outlet, p_at) AS opening;
  IF NOT FOUND THEN
    answer := 'unknown';
    RETURN NEXT;
    RETURN;
  END IF;

  IF place.state = 'closed' THEN
    answer := 'closed';
    reason := place.reason;
    label := place.label;
    until := place.until;
    RETURN NEXT;
    RETURN;
  END IF;

  IF place.is_van AND (p_origin = 'phone' OR (p_origin = 'kiosk' AND NOT EXISTS (
    SELECT FROM tenancy_device d WHERE d.mall_id = p_mall AND d.id = p_device AND d.site_id = place.site
  ))) THEN
    answer := 'at_stop';
    RETURN NEXT;
    RETURN;
  END IF;

  IF place.has_events THEN
    -- An event's day has its own line, and its own numbers; the other days' subjects do not bind it.
    SELECT q.id, q.code, q.name, q.zone_id INTO event
    FROM queues_eventday e JOIN queues_queue q ON q.mall_id = p_mall AND q.id = e.queue_id
    WHERE e.mall_id = p_mall AND e.service_id = place.service AND e.site_id = place.site AND e.day = place.day;
    IF FOUND THEN
      place.queue := event.id;
      place.code := event.code;
      place.name := event.name;
      place.zone := event.zone_id;
      place.weekdays := NULL;
    END IF;
  END IF;
  IF place.weekdays & (1 << extract(isodow FROM place.day)::int - 1) = 0 THEN
    answer := 'other_day';
    label := queues_next_day(p_mall, place.service, place.variant, place.site, place.outlet, place.day);
    RETURN NEXT;
    RETURN;
  END IF;

  IF p_visit_key <> '' THEN
    SELECT x.id, x.priority, t.id AS ticket INTO visited
    FROM queues_ticket t JOIN queues_visit x ON x.mall_id = p_mall AND x.id = t.visit_id
    WHERE t.mall_id = p_mall AND t.key = p_visit_key AND x.day = place.day AND x.site_id = place.site
    FOR UPDATE OF x;
    IF NOT FOUND OR NOT EXISTS (
      SELECT FROM queues_ticket t
      WHERE t.mall_id = p_mall AND (t.id = visited.ticket OR (t.visit_id = visited.id AND t.joined))
        AND t.state IN ('waiting', 'called', 'serving')
    ) THEN
      answer := 'visit_ended';
      RETURN NEXT;
      RETURN;
    END IF;
    v_visit := visited.id;
    v_priority := visited.priority <> '';
    UPDATE queues_ticket t SET joined = true WHERE t.mall_id = p_mall AND t.id = visited.ticket AND NOT t.joined;
    IF EXISTS (
      SELECT FROM queues_ticket t
      WHERE t.visit_id = v_visit AND t.joined AND t.state IN ('called', 'serving') AND t.mall_id = p_mall
    ) THEN
      v_hold := 'elsewhere';
    END IF;
  END IF;
  IF p_origin = 'phone' AND EXISTS (SELECT FROM queues_hallrules h WHERE h.mall_id = p_mall AND h.check_in_required) THEN
    v_hold := 'unchecked';
  END IF;

  IF p_holder <> '' THEN
    -- One live ticket a phone and queue: of two tabs at once the later waited above, and finds the earlier's here.
    SELECT t.id, t.key, t.number, t.state, v.code INTO ticket, key, number, state, service
    FROM (
      SELECT t.* FROM queues_ticket t
      WHERE t.mall_id = p_mall AND t.queue_id = place.queue AND t.day = place.day AND t.holder = p_holder
        AND t.holder <> '' AND t.state IN ('waiting', 'called', 'serving')
      UNION ALL
      SELECT t.* FROM queues_ticket t
      WHERE t.mall_id = p_mall AND t.queue_id = place.queue AND t.day = place.day AND t.visit_id = v_visit AND t.joined
        AND t.state IN ('waiting', 'called', 'serving')
    ) AS t
    JOIN catalogue_variant v ON v.mall_id = p_mall AND v.id = t.variant_id
    LIMIT 1;
    IF FOUND THEN
      answer := 'held';
      code := place.code;
      queue := place.name;
      RETURN NEXT;
      RETURN;
    END IF;
  END IF;

  IF place.has_quota THEN
    -- A break's end is not the day's.
    SELECT * INTO answer, reason, label, until
    FROM queues_quota(
      p_mall, place.service, place.site, place.day, p_origin, p_at, CASE WHEN place.state = 'open' THEN place.until END
    ) AS x;
    IF answer = 'full' AND reason <> 'phones' THEN
      label := queues_next_day(p_mall, place.service, place.variant, place.site, place.outlet, place.day);
    END IF;
    IF answer <> 'taken' THEN
      RETURN NEXT;
      RETURN;
    END IF;
  END IF;

  -- The series row is the queue's lock for the day: a number exists if and only if its ticket does.
  -- Who gets the later number also waits since later, whichever process' clock said p_at.
  INSERT INTO queues_series AS x (mall_id, queue_id, day, block, last, last_at)
  VALUES (p_mall, place.queue, place.day, 0, 1, p_at)
  ON CONFLICT (mall_id, queue_id, day, block)
  DO UPDATE SET last = x.last + 1, last_at = greatest(x.last_at, excluded.last_at)
  RETURNING x.last, x.last_at INTO number, v_at;
  ahead := queues_ahead(p_mall, place.queue, place.day, v_at, 9223372036854775807, v_priority);

  code := place.code;
  ticket := nextval('queues_ticket_id_seq');
  WITH visit AS (
    INSERT INTO queues_visit (
      mall_id, site_id, day, origin, device_id, checked_in_at, priority, wheelchair, deaf, interpreter
    )
    SELECT p_mall, place.site, place.day, p_origin, p_device, CASE WHEN p_origin = 'phone' THEN NULL ELSE p_at END,
      p_priority, p_wheelchair, p_deaf, p_interpreter
    WHERE v_visit IS NULL
    RETURNING id
  ), placed AS (
    INSERT INTO queues_ticket (
      id, mall_id, key, request_id, request_digest, visit_id, queue_id, variant_id, day, number, state, queued_at,
      changed_at, calls, outcome, reason, agency_number, is_priority, hold, joined, holder
    )
    SELECT ticket, p_mall, p_key, p_request, p_digest, coalesce(v_visit, (SELECT id FROM visit)), place.queue,
      place.variant, place.day, number, 'waiting', v_at, v_at, 0, '', '', '', v_priority, v_hold, p_visit_key <> '',
      p_holder
  ), period AS (
    INSERT INTO queues_period (mall_id, ticket_id, kind, started_at) VALUES (p_mall, ticket, 'waiting', v_at)
  ), told AS (
    INSERT INTO queues_event (mall_id, at, kind, zone_id, queue_id, ticket_id, number, counter, agency)
    VALUES (p_mall, p_at, 'taken', place.zone, place.queue, ticket, queues_number(code, number), '', '')
  )
  INSERT INTO audit_entry (mall_id, at, action, subject, account_id, device_id, reason)
  SELECT p_mall, p_at, 'ticket.taken', 'ticket:' || ticket, p_account, p_device, ''
  -- Asked again under the series' lock: whoever makes a quota or ends an offer counts the numbers under it.
  WHERE (place.has_quota OR NOT EXISTS (
    SELECT FROM queues_quotarule r
    WHERE r.mall_id = p_mall AND r.service_id = place.service AND r.site_id = place.site
  )) AND EXISTS (
    SELECT FROM queues_queue q, catalogue_variant v, catalogue_offering f
    WHERE q.mall_id = p_mall AND q.id = place.queue AND q.retired_at IS NULL
      AND v.mall_id = p_mall AND v.id = place.variant AND v.ended_at IS NULL
      AND f.mall_id = p_mall AND f.service_id = place.service AND f.site_id = place.site AND f.status <> 'not'
  );
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the offer changed meanwhile' USING ERRCODE = 'serialization_failure';
  END IF;

  answer := 'taken';
  key := p_key;
  service := place.service_code;
  queue := place.name;
  state := 'waiting';
  RETURN NEXT;
END
$$;
