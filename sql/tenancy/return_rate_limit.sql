-- Gives back what this very transaction took, because another limit refused the request: the row is still locked, so
-- nobody has seen the number in between. Returns the numbers as they are again.
create or replace function app.return_rate_limit(subject text, numbers jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  update app.rate_limit_buckets as b
  set used = b.used - 1
  where b.name = numbers ->> 'name' and b.subject = return_rate_limit.subject;
  return numbers || jsonb_build_object('remaining', (numbers ->> 'remaining')::int + 1);
end;
$$;
comment on function app.return_rate_limit is 'Undoes one app.take_rate_limit of the same transaction.';
