-- Whether an address is somebody's public server: plain unicast, and of IPv6 nothing that holds or reaches an IPv4
-- address (Teredo, 6to4, ISATAP). The same answer as addressKind() of functions/_shared/outbound, by other means.
create or replace function app.is_public_address(address inet)
returns boolean
language sql
immutable
parallel safe
set search_path = ''
as $$
  select case family(address)
    when 4 then not address <<= any (
      '{
        0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 168.63.129.16/32, 169.254.0.0/16, 172.16.0.0/12,
        192.0.0.0/24, 192.0.2.0/24, 192.31.196.0/24, 192.52.193.0/24, 192.88.99.0/24, 192.168.0.0/16,
        192.175.48.0/24, 198.18.0.0/15, 198.51.100.0/24, 203.0.113.0/24, 224.0.0.0/3
      }'::inet[]
    )
    else address <<= '2000::/3'
      and not address <<= any ('{2001::/23, 2001:db8::/32, 2002::/16, 2620:4f:8000::/48, 3fff::/20}'::inet[])
      and address & '::fdff:ffff:0:0' <> '::5efe:0:0'
  end;
$$;
comment on function app.is_public_address is 'True for addresses of the public internet.';
