-- One page of a list in the shape of every list, {"data", "next_cursor"}, from rows fetched with one more than the
-- limit.
-- The cursor holds the named keys of the last row kept, signed for the scope.
create or replace function app.list_page(rows jsonb, page_limit int, scope text, keys text[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_has_more boolean := jsonb_array_length(rows) > page_limit;
  v_data jsonb := case when v_has_more then rows - page_limit else rows end;
begin
  return jsonb_build_object(
    'data', v_data,
    'next_cursor', case
      when v_has_more then
        app.encode_cursor(
          scope, (select jsonb_object_agg(k.name, v_data -> -1 -> k.name) from unnest(keys) as k (name))
        )
    end
  );
end;
$$;

comment on function app.list_page(jsonb, int, text, text[]) is
  'A page of a list with its cursor, from one row too many.';

grant execute on function app.list_page(jsonb, int, text, text[]) to authenticated, service_role;
