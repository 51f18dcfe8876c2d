-- What is wrong with a URL that we are to send requests to; null when nothing is. Says at once what the sender would
-- refuse: another scheme, credentials, a host that is no public name or address. Whatever ends in a number is an
-- address, and only its plain notation is taken. Where a name leads is checked each time something is sent, and the
-- ports are the sender's setting. On a server for development (app.outbound_local) http and this machine are good too.
create or replace function app.outbound_url_fault(url text)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_is_local constant boolean := coalesce(current_setting('app.outbound_local', true), '') = 'true';
  v_parts constant text[] := regexp_match(
    outbound_url_fault.url,
    '^(https?)://(?:\[([0-9a-fA-F:.]+)\]|([a-zA-Z0-9_-]+(?:\.[a-zA-Z0-9_-]+)*)\.?)(?::[0-9]{1,5})?(?:[/?#]\S*)?$'
  );
  v_host constant text := coalesce(v_parts[2], v_parts[3]);
  v_is_address constant boolean := v_parts[2] is not null or v_host ~ '(^|\.)([0-9]+|0[xX][0-9a-fA-F]*)$';
begin
  if outbound_url_fault.url is null then
    return null;
  elsif v_parts is null or length(outbound_url_fault.url) > 2000 then
    return 'must be an https URL with a host in ASCII, without user name and password';
  elsif v_parts[1] = 'http' and not v_is_local then
    return 'must be an https URL';
  elsif v_is_address then
    if v_parts[2] is null and v_host !~ '^((0|[1-9][0-9]{0,2})\.){3}(0|[1-9][0-9]{0,2})$'
      or not pg_input_is_valid(v_host, 'inet')
      or not app.is_public_address(v_host::inet)
      and not (v_is_local and v_host::inet <<= any ('{127.0.0.0/8, ::1/128}'::inet[]))
    then
      return 'leads to an address that is not public';
    end if;
  elsif not v_is_local and v_host !~ '\.[^.]*[a-zA-Z][^.]*$' then
    return 'must name a public host';
  end if;
  return null;
end;
$$;
comment on function app.outbound_url_fault is
  'A sentence about a URL that requests may not be sent to; null for a good one.';
