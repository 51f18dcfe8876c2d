-- One spelling of a word for comparing: no accents, lower case, single blanks. Immutable, since it names its
-- dictionary; so it may stand in indexes. The blanks listed are those that \s does not know in every locale.
create or replace function app.fold_text(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  -- Plain words between single blanks, nearly every value there is.
  if value !~ '[^ -~]|  |^ | $' then
    return lower(value);
  end if;
  return btrim(
    regexp_replace(
      lower(extensions.unaccent('extensions.unaccent'::regdictionary, value)),
      '[\s\u00a0\u200b\u202f\u3000\ufeff]+', ' ', 'g'
    )
  );
end;
$$;
comment on function app.fold_text is
  'Lower case, without accents, blanks collapsed: "  Crème  Brûlée" becomes "creme brulee".';
grant execute on function app.fold_text to authenticated, service_role;
