-- What the headers of one file mean, best knowledge first: the vendor's synonyms, the platform's, the fields' own
-- names, then nutrients taken apart, then known headers with words around them, then columns of yes and no.
-- A header may answer several fields and a field may have several headers
-- (candidates in order of confidence, then position); unknown headers have no row. In files with Open Food Facts'
-- columns "code" is the barcode.
create or replace function app.resolve_headers(vendor_id uuid, mode text, headers text[])
returns table (
  "position" int, header text, canonical text, transform_ops jsonb, confidence numeric, reason text
)
language sql
stable
set search_path = ''
as $$
  with columns as (
    select h.place::int as place, h.header, app.fold_header(h.header) as folded
    from unnest(resolve_headers.headers) with ordinality as h (header, place)
  ),
  names as (
    select distinct c.folded from columns as c where c.folded <> ''
  ),
  habits as (
    select array['code', 'product name'] <@ array_agg(n.folded)
      and array['ingredients text', 'last modified t', 'brands', 'url'] && array_agg(n.folded) as is_off
    from names as n
  ),
  synonyms as (
    select distinct on (n.folded) n.folded, s.canonical, s.transform_ops, s.confidence,
      case when s.vendor_id is null then 'known header' else 'synonym of the vendor' end as reason
    from names as n
    inner join app.synonym_index as i
      on i.space = 'header:' || resolve_headers.mode
        and i.folded = n.folded
        and (i.vendor_id is null or i.vendor_id = resolve_headers.vendor_id)
    inner join public.synonyms_header as s on s.id = i.owner_id
    cross join habits as k
    where s.vendor_id is not null or not k.is_off or n.folded <> 'code'
    order by n.folded, i.vendor_id is null
  ),
  off_codes as (
    select n.folded, 'barcode' as canonical, jsonb '["trim"]' as transform_ops, 0.95 as confidence,
      'barcode of an Open Food Facts file' as reason
    from names as n
    cross join habits as k
    where k.is_off and n.folded = 'code'
  ),
  fields as (
    select n.folded, f.field, f.transform_ops, 1.0 as confidence, 'name of the field' as reason
    from names as n
    inner join app.mapping_fields(resolve_headers.mode) as f on app.fold_header(f.field) = n.folded
  ),
  nutrients as (
    select n.folded, n.canonical, n.transform_ops, n.confidence, 'nutrient read from the header' as reason
    from app.resolve_nutrient_headers(
      resolve_headers.vendor_id, (select array_agg(m.folded) from names as m where resolve_headers.mode = 'products')
    ) as n
  ),
  sure as (
    select s.*, 1 as rank from synonyms as s
    union all
    select o.*, 2 from off_codes as o
    union all
    select f.*, 3 from fields as f
    union all
    select n.*, 4 from nutrients as n
  ),
  open as (
    select c.header, c.folded from columns as c
    where c.folded <> '' and not exists (select from sure as s where s.folded = c.folded)
  ),
  worded as (
    select o.folded, w.canonical, w.transform_ops, w.confidence, 'known header with words around it' as reason
    from app.resolve_worded_headers(
      resolve_headers.vendor_id, resolve_headers.mode, (select array_agg(o.header) from open as o)
    ) as w
    join open as o on o.header = w.header
  ),
  flags as (
    select f.folded, f.canonical, f.transform_ops, f.confidence, 'yes or no to one word of a list' as reason
    from app.resolve_flag_headers(
      resolve_headers.vendor_id,
      (select array_agg(distinct o.folded) from open as o where resolve_headers.mode = 'products')
    ) as f
  ),
  answers as (
    select s.* from sure as s
    union all
    select w.*, 5 from worded as w
    union all
    select f.*, 6 from flags as f
  )
  select c.place, c.header, a.canonical, a.transform_ops, a.confidence, a.reason
  from columns as c
  inner join answers as a on a.folded = c.folded
  where not exists (select from answers as better where better.folded = a.folded and better.rank < a.rank)
  order by c.place, a.confidence desc, a.canonical;
$$;

comment on function app.resolve_headers(uuid, text, text[]) is
'The fields that the headers of a file answer, with operations, confidence and reason.';

grant execute on function app.resolve_headers(uuid, text, text[]) to authenticated, service_role;
