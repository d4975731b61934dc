-- What every hot path is measured against: update a counter's row returning, insert a ticket. It never changes.
\set queue random(1, 16)
WITH given AS (UPDATE bench_series SET last = last + 1 WHERE queue = :queue RETURNING last) INSERT INTO bench_ticket (queue, number, request_id, taken_at) SELECT :queue, last, gen_random_uuid(), now() FROM given RETURNING number;
