-- The canonical key for a nutrient as a caller wrote it; null when nobody knows it. nutrients: folded synonym to key,
-- from the value dictionary, fetched once a call.
create or replace function app.nutrient_key(key text, nutrients jsonb)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if key = any (app.nutrient_keys()) then
    return key;
  end if;
  return nutrients ->> app.fold_token(key);
end;
$$;

comment on function app.nutrient_key is 'Canonical nutrient key for a key or alias.';
