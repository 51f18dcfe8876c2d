-- One row's list as codes: known, sorted and distinct, and unknown, the tokens as they came.
-- "None" is an answer (both empty); "not stated" without anything else is none (both null), as is a null list.
create or replace function app.normalize_tokens(
  vendor_id uuid, domain text, tokens text[], out known text[], out unknown text[]
)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  with matched as (
    select m.token, m.canonical
    from app.match_tokens(normalize_tokens.vendor_id, normalize_tokens.domain, normalize_tokens.tokens) as m
    where m.token ~ '[[:alnum:]]'
  ),
  sorted as (
    select
      array_agg(distinct m.canonical order by m.canonical)
      filter (where m.canonical not in ('none', 'unspecified')) as known,
      array_agg(distinct m.token order by m.token) filter (where m.canonical is null) as unknown,
      bool_or(m.canonical = 'unspecified') as is_unspecified,
      bool_or(m.canonical = 'none') as is_none
    from matched as m
  )
  select coalesce(s.known, '{}'), coalesce(s.unknown, '{}')
  into normalize_tokens.known, normalize_tokens.unknown
  from sorted as s
  where normalize_tokens.tokens is not null
    and not (s.known is null and s.unknown is null and s.is_unspecified and not s.is_none);
end;
$$;

comment on function app.normalize_tokens(uuid, text, text[]) is
'A list of tokens as known codes and unknown rest; null when the list says that nothing is stated.';

grant execute on function app.normalize_tokens(uuid, text, text[]) to authenticated, service_role;
