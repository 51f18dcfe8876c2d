-- Finds the terms of merge_terms that have no id yet: by id, by code, label or synonym; the vendor's own before the
-- platform's.
create or replace function app.find_staged_terms(vendor_id uuid, kind text, table_name text, domain text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  execute format(
    $query$
      with wanted as (
        select t.raw from pg_temp.merge_terms as t where t.kind = $1 and t.id is null
      ),
      coded as (
        select m.token as raw, m.canonical as code
        from app.match_tokens($2, $3, (select array_agg(w.raw) from wanted as w)) as m
        where m.canonical is not null
      ),
      found as (
        select w.raw, t.id
        from wanted as w
        inner join public.%1$I as t on t.id::text = lower(w.raw)
        where (t.vendor_id is null or t.vendor_id = $2) and t.active
        union all
        (
          select distinct on (c.raw) c.raw, t.id
          from coded as c
          inner join public.%1$I as t on t.code = c.code
          where (t.vendor_id is null or t.vendor_id = $2) and t.active
          order by c.raw, t.vendor_id is null
        )
      )
      update pg_temp.merge_terms as t
      set id = f.id
      from found as f
      where t.kind = $1 and t.raw = f.raw
    $query$,
    find_staged_terms.table_name
  ) using find_staged_terms.kind, find_staged_terms.vendor_id, find_staged_terms.domain;
end;
$$;

comment on function app.find_staged_terms is 'Looks up the ids of one taxonomy''s values in merge_terms.';
