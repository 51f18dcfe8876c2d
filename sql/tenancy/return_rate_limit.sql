-- Gives back what this very transaction took, because another limit refused the request: the row is still locked, so
-- nobody has seen the number in between.
create or replace function app.return_rate_limit(name text, subject text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  update app.rate_limit_buckets as b
  set used = b.used - 1
  where b.name = return_rate_limit.name and b.subject = return_rate_limit.subject and b.used > 0;
end;
$$;
comment on function app.return_rate_limit is 'Undoes one app.take_rate_limit of the same transaction.';
