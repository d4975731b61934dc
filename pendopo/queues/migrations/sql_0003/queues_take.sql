-- Take a ticket, in one round trip: repetition, right, hours, number, visit, ticket, period, event, audit.
-- answer: taken, again, another_body, revoked, not_allowed, unknown, closed. For closed, `reason`, `label` and `until` say why.
CREATE OR REPLACE FUNCTION queues_take(
  p_mall int, p_request uuid, p_digest bytea, p_service text, p_site bigint, p_origin text,
  p_account bigint, p_token uuid, p_device bigint, p_key text, p_at timestamptz
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
  opening record;
  v_visit bigint;
BEGIN
  PERFORM set_config('pendopo.mall', p_mall::text, true);

  -- A second arrival of the same request waits here for the first, so that no number is spent on it.
  PERFORM pg_advisory_xact_lock(hashtextextended(p_request::text, p_mall));

  IF p_device IS NOT NULL AND NOT EXISTS (
    SELECT FROM tenancy_device d WHERE d.mall_id = p_mall AND d.id = p_device AND d.revoked_at IS NULL
  ) THEN
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

  SELECT t.id, t.key, t.request_digest, q.code, q.name, t.number, v.code AS service, t.state, t.queue_id, t.day, t.queued_at
  INTO found_ticket
  FROM queues_ticket t
  JOIN queues_queue q ON q.mall_id = p_mall AND q.id = t.queue_id
  JOIN catalogue_variant v ON v.mall_id = p_mall AND v.id = t.variant_id
  WHERE t.mall_id = p_mall AND t.request_id = p_request;
  IF FOUND THEN
    answer := CASE WHEN found_ticket.request_digest = p_digest THEN 'again' ELSE 'another_body' END;
    IF answer = 'again' THEN
      ticket := found_ticket.id;
      key := found_ticket.key;
      code := found_ticket.code;
      number := found_ticket.number;
      service := found_ticket.service;
      queue := found_ticket.name;
      state := found_ticket.state;
      ahead := CASE WHEN state = 'waiting'
        THEN queues_ahead(p_mall, found_ticket.queue_id, found_ticket.day, found_ticket.queued_at, found_ticket.id) ELSE 0 END;
    END IF;
    RETURN NEXT;
    RETURN;
  END IF;

  -- The service's own code means its first variant.
  SELECT v.id AS variant, v.code AS service, f.outlet_id AS outlet, f.site_id AS site, q.id AS queue, q.code, q.name,
    q.zone_id AS zone, coalesce(a.short_name, '') AS agency
  INTO place
  FROM catalogue_variant v
  JOIN catalogue_service s ON s.mall_id = p_mall AND s.id = v.service_id
  JOIN agencies_agency a ON a.mall_id = p_mall AND a.id = s.agency_id
  JOIN catalogue_offering f ON f.mall_id = p_mall AND f.service_id = s.id AND f.status <> 'not'
    AND (p_site IS NULL OR f.site_id = p_site)
  JOIN queues_queueservice qs ON qs.mall_id = p_mall AND qs.service_id = s.id AND qs.site_id = f.site_id
  JOIN queues_queue q ON q.mall_id = p_mall AND q.id = qs.queue_id
  JOIN tenancy_site t ON t.mall_id = p_mall AND t.id = f.site_id
  WHERE v.mall_id = p_mall AND (v.code = p_service OR (s.code = p_service AND v.position = 1))
  ORDER BY (v.code = p_service) DESC, t.position, t.id
  LIMIT 1;
  IF NOT FOUND THEN
    answer := 'unknown';
    RETURN NEXT;
    RETURN;
  END IF;

  SELECT * INTO opening FROM agencies_opening(p_mall, place.outlet, p_at);
  IF opening.state = 'closed' THEN
    answer := 'closed';
    reason := opening.reason;
    label := opening.label;
    until := opening.until;
    RETURN NEXT;
    RETURN;
  END IF;

  -- The series row is the queue's lock for the day: a number exists if and only if its ticket does.
  INSERT INTO queues_series AS x (mall_id, queue_id, day, block, last)
  VALUES (p_mall, place.queue, opening.day, 0, 1)
  ON CONFLICT (mall_id, queue_id, day, block) DO UPDATE SET last = x.last + 1
  RETURNING x.last INTO number;
  ahead := queues_ahead(p_mall, place.queue, opening.day, p_at, 9223372036854775807);

  INSERT INTO queues_visit (mall_id, site_id, day, origin, device_id, checked_in_at)
  VALUES (p_mall, place.site, opening.day, p_origin, p_device, CASE WHEN p_origin = 'phone' THEN NULL ELSE p_at END)
  RETURNING id INTO v_visit;
  INSERT INTO queues_ticket (
    mall_id, key, request_id, request_digest, visit_id, queue_id, variant_id, day, number, state, queued_at, changed_at,
    calls, outcome, reason, agency_number
  ) VALUES (
    p_mall, p_key, p_request, p_digest, v_visit, place.queue, place.variant, opening.day, number, 'waiting', p_at, p_at,
    0, '', '', ''
  ) RETURNING id INTO ticket;
  INSERT INTO queues_period (mall_id, ticket_id, kind, started_at) VALUES (p_mall, ticket, 'waiting', p_at);
  code := place.code;
  INSERT INTO queues_event (mall_id, at, kind, zone_id, queue_id, ticket_id, number, counter, agency)
  VALUES (p_mall, p_at, 'taken', place.zone, place.queue, ticket, queues_number(code, number), '', place.agency);
  INSERT INTO audit_entry (mall_id, at, action, subject, account_id, device_id, reason)
  VALUES (p_mall, p_at, 'ticket.taken', 'ticket:' || ticket, p_account, p_device, '');

  answer := 'taken';
  key := p_key;
  service := place.service;
  queue := place.name;
  state := 'waiting';
  RETURN NEXT;
END
$$;
