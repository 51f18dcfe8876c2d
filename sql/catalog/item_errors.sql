-- Errors of a merge as a caller of a batch sees them: the item's index, and pointers from the body's root.
create or replace function app.item_errors(errors jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'index', e.error -> 'row_no',
        'external_id', e.error -> 'external_id',
        'pointer', format('/items/%s%s', e.error ->> 'row_no', e.error ->> 'pointer'),
        'code', e.error -> 'code',
        'detail', e.error -> 'detail'
      )
      order by (e.error ->> 'row_no')::bigint, e.error ->> 'pointer'
    ),
    '[]'
  )
  from jsonb_array_elements(item_errors.errors) as e (error);
$$;

comment on function app.item_errors is 'Merge errors with item indexes and full pointers.';
