-- Keeps updated_at honest: it moves when anything else in the row did, and only then.
create or replace function app.touch_updated_at()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  new.updated_at := old.updated_at;
  if new is distinct from old then
    new.updated_at := now();
  end if;
  return new;
end;
$$;
comment on function app.touch_updated_at is 'Before-update trigger: sets updated_at when the row changed.';
