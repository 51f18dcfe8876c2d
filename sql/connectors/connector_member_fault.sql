-- What is wrong with one member of a connector's auth or paging; null when nothing is.
create or replace function app.connector_member_fault(kind text, value jsonb)
returns text
language sql
stable
set search_path = ''
as $$
  select case kind
    when 'place' then case when value not in ('"header"', '"query"') then 'must be header or query' end
    when 'client_auth' then case when value not in ('"basic"', '"body"') then 'must be basic or body' end
    when 'word' then
      case when jsonb_typeof(value) <> 'string' or value #>> '{}' !~ '^[A-Za-z0-9_.\[\]$-]{1,100}$'
        then 'must be a name of 1 to 100 letters, digits and -_.[]$' end
    when 'path' then
      case when jsonb_typeof(value) <> 'string' or value #>> '{}' !~ '^[^\s.]+(\.[^\s.]+){0,9}$'
        or length(value #>> '{}') > 200
        then 'must be members with dots between' end
    when 'url' then
      case when jsonb_typeof(value) <> 'string' then 'must be a text'
        else app.outbound_url_fault(value #>> '{}') end
    when 'first' then case when value not in ('0', '1') then 'must be 0 or 1' end
    when 'size' then
      case when jsonb_typeof(value) <> 'number' or value::text !~ '^[0-9]{1,5}$'
        or value::text::int not between 1 and 10000
        then 'must be from 1 to 10000' end
    else
      case when jsonb_typeof(value) <> 'string' or value #>> '{}' ~ '[\u0001-\u001f\u007f]'
        or length(value #>> '{}') not between 1 and case kind when 'secret' then 4000 else 500 end
        then 'must be a text without control characters' end
  end;
$$;
comment on function app.connector_member_fault is
  'A sentence about a value that its kind does not allow; null for a good one.';
