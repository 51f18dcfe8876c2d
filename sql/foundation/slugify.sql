-- A code from a label. Null when nothing of it is left, so that a not-null column refuses it.
create or replace function app.slugify(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return nullif(btrim(regexp_replace(app.fold_text(value), '[^a-z0-9]+', '_', 'g'), '_'), '');
end;
$$;
comment on function app.slugify is 'A snake_case code: "Sans gluten (certifié)" becomes "sans_gluten_certifie".';
grant execute on function app.slugify to authenticated, service_role;
