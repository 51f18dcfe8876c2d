-- A value synonym points at something that exists: a term of its domain's taxonomy, or, in domains without one,
-- a code of the platform. Conditions are free, since rules for new ones may be added. Checked on every way in.
create or replace function app.check_value_synonym()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_known boolean;
begin
  if new.vendor_id is null or new.domain = 'condition' or new.canonical in ('none', 'unspecified') then
    return new;
  end if;
  select exists (
    select
    from app.synonym_index as s
    where s.space = 'value:' || new.domain
      and s.canonical = new.canonical
      and (s.vendor_id is null or s.vendor_id = new.vendor_id)
  ) into v_known;
  if not v_known then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => format('There is no %s "%s" that a synonym could stand for.', new.domain, new.canonical),
      errors => jsonb_build_array(
        jsonb_build_object('pointer', '/canonical', 'code', 'unknown_code', 'detail', 'Not a code of this domain.')
      ),
      hint => 'Add the term to its taxonomy first.'
    );
  end if;
  return new;
end;
$$;

comment on function app.check_value_synonym() is 'Trigger: the canonical code exists in its domain.';
