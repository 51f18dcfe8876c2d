-- One list of a health profile as sorted codes; words nobody knows become field errors, because leaving out a condition
-- or an allergen unasked would be dangerous. The errors do not repeat the words: they pass through logs. Open lists
-- (diet goals) keep them as codes of their own.
create or replace function app.read_health_codes(
  vendor_id uuid,
  profile jsonb,
  field text,
  domain text,
  is_open boolean,
  out codes text[],
  out errors jsonb
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_list jsonb := coalesce(nullif(profile -> field, 'null'), '[]');
begin
  codes := '{}';
  errors := '[]';
  if jsonb_typeof(v_list) <> 'array' or v_list @? '$[*] ? (@.type() != "string")' then
    errors := jsonb_build_array(app.field_error('/' || field, 'invalid_type', 'must be a list of texts'));
    return;
  elsif jsonb_array_length(v_list) > 50 or v_list @? '$[*] ? (@ like_regex "^.{201}")' then
    errors := jsonb_build_array(app.field_error('/' || field, 'too_long', 'has at most 50 entries of 200 characters'));
    return;
  end if;
  with word as (
    select e.word, e.place, m.canonical
    from jsonb_array_elements_text(v_list) with ordinality as e (word, place)
    left join app.match_tokens(
      read_health_codes.vendor_id, read_health_codes.domain, array(select jsonb_array_elements_text(v_list))
    ) as m on m.token = e.word
    where e.word ~ '\S'
  )
  select
    coalesce(
      array_agg(distinct coalesce(w.canonical, case when is_open then app.token_code(w.word) end))
      filter (where (w.canonical is not null or is_open) and coalesce(w.canonical, '') not in ('none', 'unspecified')),
      '{}'
    ),
    coalesce(
      jsonb_agg(
        app.field_error(
          format('/%s/%s', field, w.place - 1), 'unknown_' || read_health_codes.domain, format(
            'is a word nobody knows; use a known one, or add a synonym (synonyms/values, domain %s)',
            read_health_codes.domain
          )
        )
        order by w.place
      ) filter (where w.canonical is null and not is_open),
      '[]'
    )
  into codes, errors
  from word as w;
end;
$$;

comment on function app.read_health_codes is 'A list of a profile as codes, and field errors for words nobody knows.';
