-- Deletes a rule of the vendor's own, behind public.delete_diet_rule; the platform's counts again.
create or replace function app.delete_diet_rule(id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
begin
  perform app.find_own_row('diet_rules', delete_diet_rule.id, v_vendor_id);
  delete from public.diet_rules as r where r.id = delete_diet_rule.id and r.vendor_id = v_vendor_id;
end;
$$;

comment on function app.delete_diet_rule is 'Deletes a diet rule of the vendor''s own; see public.delete_diet_rule.';
grant execute on function app.delete_diet_rule to authenticated;
