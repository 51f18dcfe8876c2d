-- What PATCH /v1/diet-rules/:id and rpc('update_diet_rule') call.
create or replace function public.update_diet_rule(id uuid, patch jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.update_diet_rule(update_diet_rule.id, update_diet_rule.patch);
end;
$$;

comment on function public.update_diet_rule is
  'Changes policy or active of a rule of the vendor''s own; a change is another version. For admins.';
grant execute on function public.update_diet_rule to authenticated;
