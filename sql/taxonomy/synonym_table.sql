-- The table of a synonym dictionary (headers or values); problem 404 for another word.
create or replace function app.synonym_table(kind text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if kind is null or kind not in ('headers', 'values') then
    perform app.raise_problem(
      status => 404,
      type => 'not-found',
      detail => format('There is no synonym dictionary "%s".', kind),
      hint => 'Dictionaries are headers and values.'
    );
  end if;
  return case kind when 'headers' then 'synonyms_header' else 'synonyms_value' end;
end;
$$;

comment on function app.synonym_table(text) is 'Table name of a synonym dictionary, or problem 404.';

grant execute on function app.synonym_table(text) to authenticated, service_role;
