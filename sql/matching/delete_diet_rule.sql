-- What DELETE /v1/diet-rules/:id and rpc('delete_diet_rule') call.
create or replace function public.delete_diet_rule(id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.delete_diet_rule(delete_diet_rule.id);
end;
$$;

comment on function public.delete_diet_rule is
  'Deletes a rule of the vendor''s own; the platform''s, if there is one, counts again. For admins.';
grant execute on function public.delete_diet_rule to authenticated;
