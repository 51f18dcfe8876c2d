-- Makes the vendor's own terms for the labels of a file that nobody knows, in the order of their codes, so that two
-- files at once cannot wait for each other.
create or replace function app.add_staged_terms(vendor_id uuid, kind text, table_name text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  most_terms constant int := 10000;
  v_room int;
  v_before bigint;
begin
  if not exists (select from pg_temp.merge_terms as t where t.kind = add_staged_terms.kind and t.id is null) then
    return;
  end if;
  -- Behind another batch that adds terms: its new fingerprint is the one to start from.
  perform from app.catalog_vocabularies as v where v.vendor_id = add_staged_terms.vendor_id for no key update;
  v_before := app.vocabulary_fingerprint(add_staged_terms.vendor_id);
  execute format('select $2 - count(*)::int from public.%I as t where t.vendor_id = $1', add_staged_terms.table_name)
  into v_room
  using add_staged_terms.vendor_id, most_terms;
  execute format(
    $query$
      insert into public.%1$I (vendor_id, code, label)
      select $2, n.code, n.label
      from (
        select distinct on (c.code) c.code, t.raw as label
        from pg_temp.merge_terms as t
        cross join lateral app.token_code(t.raw) as c (code)
        where t.kind = $1 and t.id is null and length(t.raw) <= 200
          and not pg_input_is_valid(t.raw, 'uuid')
        order by c.code, t.raw
        limit greatest($3, 0)
      ) as n
      order by n.code
      on conflict (vendor_id, code) do nothing
    $query$,
    add_staged_terms.table_name
  ) using add_staged_terms.kind, add_staged_terms.vendor_id, v_room;
  -- A file's own new terms change nothing for the rows before: they keep the vocabulary's number.
  update app.catalog_vocabularies as v
  set fingerprint = app.vocabulary_fingerprint(add_staged_terms.vendor_id)
  where v.vendor_id = add_staged_terms.vendor_id and v.fingerprint = v_before;
  -- A label whose slug is taken by a term of another label means that term.
  execute format(
    $query$
      update pg_temp.merge_terms as t
      set id = x.id
      from public.%1$I as x
      where t.kind = $1 and t.id is null and length(t.raw) <= 200
        and x.vendor_id = $2 and x.code = app.token_code(t.raw)
    $query$,
    add_staged_terms.table_name
  ) using add_staged_terms.kind, add_staged_terms.vendor_id;
end;
$$;

comment on function app.add_staged_terms is 'Adds a file''s unknown labels to the vendor''s own taxonomy.';
