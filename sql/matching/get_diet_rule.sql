-- One diet rule the caller's vendor sees. An invoker: row level security counts.
create or replace function public.get_diet_rule(id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_rule public.diet_rules;
begin
  select r.* into v_rule
  from public.diet_rules as r
  where r.id = get_diet_rule.id and (r.vendor_id is null or r.vendor_id = v_vendor_id);
  if not found then
    perform app.raise_problem(status => 404, type => 'not-found', detail => 'There is no such diet rule.');
  end if;
  return app.diet_rule_json(v_rule);
end;
$$;

comment on function public.get_diet_rule is 'A diet rule by its id: the platform''s or the vendor''s own. For admins.';
grant execute on function public.get_diet_rule to authenticated;
