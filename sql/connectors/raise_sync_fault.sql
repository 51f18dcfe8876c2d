-- Ends a sync from inside the transaction of a page: the worker fails the job with this code, detail and remedy, and
-- nothing of the page stays.
create or replace function app.raise_sync_fault(code text, detail text, remedy text)
returns void
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  raise exception '%', detail using errcode = 'OD030', detail = code, hint = remedy;
end;
$$;
comment on function app.raise_sync_fault is 'Raises OD030 with the code, detail and remedy of a job that cannot go on.';
