-- Takes out everything from an opening to the next closing pattern. Cut at the closings first, each piece is searched
-- once: a text of a million openings costs no more than one of a million letters. An opening without closing stays.
create or replace function app.strip_between(value text, opening text, closing text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_pieces text[];
begin
  if value !~* opening then
    return value;
  end if;
  v_pieces := regexp_split_to_array(value, closing, 'i');
  return (
    select string_agg(
      case p.place
        when cardinality(v_pieces) then p.piece
        else regexp_replace(p.piece, opening || '.*$', '', 'i')
      end,
      ' ' order by p.place
    )
    from unnest(v_pieces) with ordinality as p (piece, place)
  );
end;
$$;

comment on function app.strip_between(text, text, text) is 'A text without what stands between two patterns.';

grant execute on function app.strip_between(text, text, text) to authenticated, service_role;
