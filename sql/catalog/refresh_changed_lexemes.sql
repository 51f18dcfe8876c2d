-- Takes the word counts anew of catalogues that changed by too little for touch_catalog to do it, once a day each, a
-- bounded number of vendors a call. A schedule calls it.
create or replace function app.refresh_changed_lexemes(max_vendors int, at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_vendor_id uuid;
  v_count int := 0;
begin
  for v_vendor_id in
    select s.vendor_id
    from app.catalog_statistics as s
    where s.changes > 0 and s.taken_at < refresh_changed_lexemes.at - interval '1 day'
    order by s.taken_at
    limit refresh_changed_lexemes.max_vendors
  loop
    perform app.refresh_catalog_lexemes(v_vendor_id);
    v_count := v_count + 1;
  end loop;
  return v_count;
end;
$$;
comment on function app.refresh_changed_lexemes is
  'Takes word counts anew of up to so many catalogues that changed; returns how many.';
