-- The code of a word that no dictionary knows: a slug, or a short hash where no letter of it survives (other scripts).
create or replace function app.token_code(token text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return coalesce(rtrim(left(app.slugify(app.fold_token(token)), 60), '_'), 'x' || left(md5(token), 12));
end;
$$;

comment on function app.token_code is 'A code for a word that no dictionary knows.';
