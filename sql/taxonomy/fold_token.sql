-- Folds one value of a list ("en:Soy-Beans", "_Lait_", "CÉLERIS") for dictionary lookups: the language prefix goes,
-- then case, accents, hyphens and punctuation. Both sides of every lookup go through here.
create or replace function app.fold_token(token text)
returns text
language sql
immutable
strict
parallel safe
set search_path = ''
as $$
  select btrim(
    regexp_replace(
      app.fold_text(
        translate(regexp_replace(normalize(fold_token.token, nfkc), '^(?:[^[:alnum:]]*[a-z]{2,3}:)+', ''), 'µμ', 'uu')
      ),
      '[^[:alnum:]%+]+',
      ' ',
      'g'
    )
  );
$$;

comment on function app.fold_token(text) is
'Folds a token for dictionary lookups: without language prefix, case, accents and punctuation.';

grant execute on function app.fold_token(text) to authenticated, service_role;
