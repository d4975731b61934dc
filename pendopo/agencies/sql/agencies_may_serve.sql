-- Whether an account serves at counters on a day: of one agency (its officers, the common desk's, managers), of the
-- common desk (p_agency NULL), or of any (p_any). With a token number, the token must be that account's and not
-- revoked: this is where a revoked token ends. Answers yes, no, revoked.
CREATE OR REPLACE FUNCTION agencies_may_serve(
  p_mall int, p_account bigint, p_token uuid, p_agency bigint, p_any boolean, p_at timestamptz
)
RETURNS text
LANGUAGE plpgsql STABLE SECURITY INVOKER AS $$
#variable_conflict use_column
BEGIN
  RETURN CASE
    WHEN p_token IS NOT NULL AND NOT EXISTS (
      SELECT FROM agencies_apitoken t
      WHERE t.mall_id = p_mall AND t.number = p_token AND t.account_id = p_account AND t.revoked_at IS NULL
    ) THEN 'revoked'
    WHEN EXISTS (
      SELECT FROM tenancy_mall m
      CROSS JOIN LATERAL (SELECT (p_at AT TIME ZONE m.timezone)::date AS today) AS l
      JOIN agencies_membership s
        ON s.mall_id = p_mall AND s.account_id = p_account
        AND s.starts_on <= l.today AND (s.ends_on IS NULL OR s.ends_on >= l.today)
        AND (s.role = 'manager' OR (s.role = 'officer' AND (p_any OR s.agency_id IS NULL OR s.agency_id = p_agency)))
      WHERE m.id = p_mall
    ) THEN 'yes'
    ELSE 'no'
  END;
END
$$;
