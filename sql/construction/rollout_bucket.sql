-- Where a service stands in a rollout, 0.00 to 99.99. SHA-256 of flag and uuid rather than Postgres' own hashes, which
-- may differ between versions and machines: the same everywhere, for ever.
create or replace function app.rollout_bucket(flag text, micro_uuid uuid)
returns numeric
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return (
    ('x' || left(encode(sha256(convert_to(flag || ':' || micro_uuid::text, 'utf8')), 'hex'), 12))::bit(48)::bigint
    % 10000
  ) / 100.0;
end;
$$;
comment on function app.rollout_bucket is 'A stable number from 0.00 to 99.99 for a flag and a micro uuid.';
