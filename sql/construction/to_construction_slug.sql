-- A category as people write it, as a slug; null for what cannot be one. The same rule as toSlug in
-- functions/construction/catalogue/questions_for.ts.
create or replace function app.to_construction_slug(given text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_slug text := regexp_replace(lower(btrim(given, E' \t\n\r\f\v')), '[[:space:]_]+', '-', 'g');
begin
  if v_slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(v_slug) <= 80 then
    return v_slug;
  end if;
  return null;
end;
$$;
comment on function app.to_construction_slug is
  '''Wall painting'' as ''wall-painting''; null for what cannot be a slug.';
grant execute on function app.to_construction_slug to authenticated, service_role;
