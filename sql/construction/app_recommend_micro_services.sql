-- What people who ordered a service also ordered: counts of owners with published or closed jobs of both, most first,
-- then by slug; where that says too little, the neighbours in the taxonomy follow with a count of 0. A pair counts from
-- two owners on, so that nobody's single job shows. Definer, because it counts everybody's jobs; it tells counts only.
create or replace function app.recommend_micro_services(micro_id text, max_results int)
returns table (slug text, micro_uuid uuid, name text, category text, subcategory text, owners bigint, reason text)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_service public.micro_services;
begin
  select m.* into v_service
  from public.micro_services as m
  where m.slug = recommend_micro_services.micro_id and m.active;
  if v_service.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such service.');
  end if;
  return query
  -- Each owner once: one with a thousand jobs of a service has none of them met by each of a thousand others.
  with owner as materialized (
    select distinct j.owner_id from public.jobs as j where j.micro_uuid = v_service.id
  ),
  ordered_together as (
    select j.micro_uuid, count(distinct j.owner_id) as owners
    from owner as o
    join public.jobs as j on j.owner_id = o.owner_id and j.micro_uuid <> v_service.id
    group by j.micro_uuid
    having count(distinct j.owner_id) >= 2
  )
  select
    m.slug, m.id, m.name, m.category, m.subcategory, coalesce(t.owners, 0),
    case
      when t.owners is not null then 'ordered_together'
      when m.subcategory = v_service.subcategory then 'same_subcategory'
      else 'same_category'
    end
  from public.micro_services as m
  left join ordered_together as t on t.micro_uuid = m.id
  where m.active and m.id <> v_service.id and (t.owners is not null or m.category = v_service.category)
  order by
    coalesce(t.owners, 0) desc,
    m.category = v_service.category and m.subcategory = v_service.subcategory desc,
    m.slug
  limit least(greatest(recommend_micro_services.max_results, 1), 50);
end;
$$;
comment on function app.recommend_micro_services is
  'Services ordered by the same people, then neighbours in the taxonomy.';
grant execute on function app.recommend_micro_services to authenticated, service_role;
