-- Up to 20 entries of texts, numbers and booleans; no nesting, at most 4 KiB.
create or replace function app.location_is_sound(location jsonb)
returns boolean
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  -- A short flat one, as nearly all are: too short for 21 entries, and no bracket behind the first.
  if length(location::text) < 168 and substr(location::text, 2) !~ '[[{]' then
    return true;
  end if;
  return location is null or (
    jsonb_typeof(location) = 'object'
    and app.json_fits(location, 4096)
    and (select count(*) <= 20 from jsonb_object_keys(location) as k (key))
    and not location @? '$.* ? (@.type() == "object" || @.type() == "array")'
  );
end;
$$;

comment on function app.location_is_sound is 'Whether a location is flat and small.';
