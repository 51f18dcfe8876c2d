-- Decides once per file which column fills which field: the request's own mapping, then the vendor's saved one, then
-- the header dictionary (vendor's before platform's, inside app.resolve_headers), then what the worker recognised by
-- the cells of columns without a name, for fields that nothing else answers. A field that a person mapped is taken from
-- there alone; otherwise all columns that answer it are kept in order, and per row the first with a value counts.
-- Returns {"columns": [{position, header, targets}], "fields": {field: [{position, header, ops, confidence, reason}]}}.
create or replace function app.compile_ingest_mapping(
  vendor_id uuid, mode text, headers text[], requested jsonb default null, recognised jsonb default null
)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with header as (
    select h.header, h.place::int as place, app.fold_header(h.header) as folded
    from unnest(compile_ingest_mapping.headers) with ordinality as h (header, place)
  ),
  saved as (
    select m.map
    from public.vendor_mappings as m
    where m.vendor_id = compile_ingest_mapping.vendor_id and m.mode = compile_ingest_mapping.mode
    order by m.version desc
    limit 1
  ),
  written as (
    select 1 as source, t.header, t.target from app.mapping_targets(
      coalesce(compile_ingest_mapping.requested, '{}')
    ) as t
    union all
    select 2, t.header, t.target from saved cross join lateral app.mapping_targets(saved.map) as t
  ),
  by_hand as (
    select distinct h.place, h.header, w.source, w.target
    from header as h
    join written as w on w.header = h.header or app.fold_header(w.header) = h.folded
  ),
  by_hand_best as (
    select b.* from by_hand as b
    where b.source = (select min(other.source) from by_hand as other where other.place = b.place)
      and not exists (
        select from by_hand as other
        where other.source < b.source and other.target ->> 'field' = b.target ->> 'field'
      )
  ),
  named as (
    select b.place, b.header, f.field, coalesce(b.target -> 'ops', f.transform_ops) as ops,
      1.0 as confidence, true as is_by_hand,
      case b.source when 1 then 'given with this upload' else 'saved mapping of the vendor' end as reason
    from by_hand_best as b
    join app.mapping_fields(compile_ingest_mapping.mode) as f on f.field = b.target ->> 'field'
    union all
    select r.position, r.header, r.canonical, coalesce(r.transform_ops, '[]'), r.confidence, false, r.reason
    from app.resolve_headers(
      compile_ingest_mapping.vendor_id, compile_ingest_mapping.mode, compile_ingest_mapping.headers
    ) as r
    where not exists (select from by_hand_best as b where b.place = r.position)
      and not exists (
        select from by_hand_best as b
        where b.target ->> 'field' = r.canonical
      )
  ),
  candidate as (
    select n.* from named as n
    union all
    select h.place, h.header, f.field, f.transform_ops, (r.value ->> 'confidence')::numeric, false, r.value ->> 'reason'
    from jsonb_each(coalesce(compile_ingest_mapping.recognised, '{}')) as r
    join header as h on h.header = r.key
    join app.mapping_fields(compile_ingest_mapping.mode) as f on f.field = r.value ->> 'field'
    where not exists (select from by_hand_best as b where b.place = h.place)
      and not exists (select from named as n where n.field = f.field)
  ),
  field as (
    select c.field, jsonb_agg(jsonb_build_object(
      'position', c.place, 'header', c.header, 'ops', c.ops, 'confidence', c.confidence, 'reason', c.reason
    ) order by c.is_by_hand desc, c.confidence desc, c.place) as candidates
    from candidate as c
    group by c.field
  ),
  -- Without a column of its own, the identity is the barcode.
  identity as (
    select 'external_id' as field, (
      select jsonb_agg(b || '{"reason": "no other identity column; the barcode identifies the product"}')
      from jsonb_array_elements(f.candidates) as b
    ) as candidates
    from field as f
    where f.field = 'barcode' and not exists (select from field as other where other.field = 'external_id')
  ),
  -- Without a column of its own, the currency is what the price's header or cells name.
  money as (
    select 'currency' as field, (
      select jsonb_agg(p || jsonb_build_object(
        'ops', jsonb_build_array(jsonb_build_object('op', 'currency_of') || case
          when c.code is null then '{}' else jsonb_build_object('with', c.code) end),
        'reason', 'the currency beside the price'
      ))
      from jsonb_array_elements(f.candidates) as p
      cross join lateral (select case
        when p ->> 'header' ~ '€|\mEUR\M|\m[Ee]uros?\M' then 'EUR'
        when p ->> 'header' ~ '£|\mGBP\M' then 'GBP'
        when p ->> 'header' ~ '\mCHF\M' then 'CHF'
        when p ->> 'header' ~* '\musd\M|us ?\$' then 'USD'
      end as code) as c
    ) as candidates
    from field as f
    where f.field = 'price' and not exists (select from field as other where other.field = 'currency')
  ),
  answer as (
    select f.field, f.candidates from field as f
    union all
    select i.field, i.candidates from identity as i
    union all
    select m.field, m.candidates from money as m
  )
  select jsonb_build_object(
    'fields', coalesce((select jsonb_object_agg(a.field, a.candidates) from answer as a), '{}'),
    'columns', coalesce((
      select jsonb_agg(jsonb_build_object('position', h.place, 'header', h.header, 'targets', coalesce((
        select jsonb_agg(
          c - 'position' - 'header' || jsonb_build_object('field', a.field)
          order by c -> 'ops' @> '[{"op": "currency_of"}]', a.field
        )
        from answer as a
        cross join lateral jsonb_array_elements(a.candidates) as c
        where (c ->> 'position')::int = h.place
      ), '[]')) order by h.place)
      from header as h
    ), '[]')
  );
$$;
comment on function app.compile_ingest_mapping is 'Which column fills which field, how sure, and why.';
