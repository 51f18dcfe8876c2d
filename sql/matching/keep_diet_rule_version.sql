-- A rule that says something else is another version of it; what was derived under the old one is stale by that.
create or replace function app.keep_diet_rule_version()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if (new.policy, new.active) is distinct from (old.policy, old.active) then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end;
$$;

comment on function app.keep_diet_rule_version is 'Trigger: moves version and updated_at when policy or active change.';

create or replace trigger keep_diet_rule_version_trigger
before update on public.diet_rules
for each row execute function app.keep_diet_rule_version();

create or replace trigger audit_change_trigger
after insert or update or delete on public.diet_rules
for each row execute function app.audit_change('diet_rule', 'id');
