-- The one shape of an entry of a customer's list in answers; entry is a row of either table as json.
create or replace function app.list_entry_json(list text, entry jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return entry - array['vendor_id', 'created_at', 'updated_at'] || jsonb_build_object(
    'list', list,
    'created_at',
    to_char((entry ->> 'created_at')::timestamptz at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'updated_at',
    to_char((entry ->> 'updated_at')::timestamptz at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  );
end;
$$;

comment on function app.list_entry_json is 'An entry of a customer''s list as answers show it.';
