-- Generated from sql/matching/ by npm run migrations. Do not edit: change the sources and run it again.
-- Bodies are not checked here, because functions may call ones that a later file makes.
set check_function_bodies = off;
set lock_timeout = '10s';
set statement_timeout = '10min';

-- sql/matching/app_create_diet_rule.sql
-- Adds a rule of the vendor's own, behind public.create_diet_rule. Definer, because rules have no write grants.
create or replace function app.create_diet_rule(rule jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_condition text;
  v_row public.diet_rules;
begin
  perform app.refuse_field_errors(app.diet_rule_errors(v_vendor_id, create_diet_rule.rule, is_patch => false));
  v_condition := coalesce(
    app.value_code(v_vendor_id, 'condition', create_diet_rule.rule -> 'condition_code'), 'general'
  );
  insert into public.diet_rules as r (vendor_id, condition_code, policy, active)
  values (
    v_vendor_id, v_condition, create_diet_rule.rule -> 'policy',
    coalesce((create_diet_rule.rule ->> 'active')::boolean, true)
  )
  on conflict (vendor_id, condition_code) do nothing
  returning r.* into v_row;
  if v_row.id is null then
    perform app.raise_problem(
      status => 409,
      type => 'already-exists',
      detail => 'There is a rule of your own for this condition.',
      hint => 'Change it with update_diet_rule.'
    );
  end if;
  return app.diet_rule_json(v_row);
end;
$$;

comment on function app.create_diet_rule is 'Adds a diet rule of the vendor''s own; see public.create_diet_rule.';
grant execute on function app.create_diet_rule to authenticated;

-- sql/matching/app_delete_diet_rule.sql
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

-- sql/matching/app_update_diet_rule.sql
-- Changes a rule of the vendor's own, behind public.update_diet_rule.
create or replace function app.update_diet_rule(id uuid, patch jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_row public.diet_rules;
begin
  perform app.find_own_row('diet_rules', update_diet_rule.id, v_vendor_id);
  perform app.refuse_field_errors(app.diet_rule_errors(v_vendor_id, update_diet_rule.patch, is_patch => true));
  update public.diet_rules as r
  set policy = coalesce(update_diet_rule.patch -> 'policy', r.policy),
      active = coalesce((update_diet_rule.patch ->> 'active')::boolean, r.active)
  where r.id = update_diet_rule.id and r.vendor_id = v_vendor_id
  returning r.* into v_row;
  return app.diet_rule_json(v_row);
end;
$$;

comment on function app.update_diet_rule is 'Changes a diet rule of the vendor''s own; see public.update_diet_rule.';
grant execute on function app.update_diet_rule to authenticated;

-- sql/matching/combine_diet_rules.sql
-- One set of daily limits from all rules that hold for a person: the strictest ceiling and the highest floor of each
-- nutrient, all hard rules, all bonuses (the greatest weight). `general` gives way, nutrient by nutrient, to
-- conditions; the person's own max and min (macro_targets) join as the condition `customer`. A floor above its ceiling
-- is reported under conflicts. The shape is documented at the top of docs/health.md.
create or replace function app.combine_diet_rules(
  vendor_id uuid,
  conditions text[],
  macro_targets jsonb,
  tdee numeric,
  weight_kg numeric,
  age int,
  gender text
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  own_source constant text := 'The customer''s own limit';
  v_limits jsonb;
begin
  with rule as materialized (
    select r.condition_code as condition, r.policy
    from app.effective_diet_rules(combine_diet_rules.vendor_id, combine_diet_rules.conditions) as r
  ),
  own as (
    select m.key as nutrient, m.value as target
    from jsonb_each(combine_diet_rules.macro_targets) as m
  ),
  bound as (
    select k.kind, e.entry ->> 'nutrient' as nutrient, r.condition, e.entry ->> 'source' as source,
      app.diet_limit_amount(
        e.entry, combine_diet_rules.tdee, combine_diet_rules.weight_kg, combine_diet_rules.age,
        combine_diet_rules.gender
      ) as amount
    from rule as r
    cross join (values ('ceilings'), ('floors')) as k (kind)
    cross join lateral jsonb_array_elements(coalesce(r.policy -> k.kind, '[]')) as e (entry)
  ),
  spoken as (
    select b.* from bound as b
    where b.amount is not null
      and (
        b.condition <> 'general'
        or not exists (
          select from bound as o
          where o.nutrient = b.nutrient and o.condition <> 'general' and o.amount is not null
        )
      )
    union all
    select 'ceilings', o.nutrient, 'customer', own_source, (o.target ->> 'max')::numeric
    from own as o
    where o.target ? 'max'
    union all
    select 'floors', o.nutrient, 'customer', own_source, (o.target ->> 'min')::numeric
    from own as o
    where o.target ? 'min'
  ),
  chosen as (
    select distinct on (s.kind, s.nutrient) s.kind, s.nutrient, s.amount,
      jsonb_build_object(
        'amount', trim_scale(round(s.amount, 2)), 'condition', s.condition, 'source', s.source
      ) as "limit"
    from spoken as s
    order by s.kind, s.nutrient, case s.kind when 'ceilings' then s.amount else -s.amount end, s.condition, s.source
  ),
  hard as (
    select k.kind,
      jsonb_agg(e.entry || jsonb_build_object('condition', r.condition) order by r.condition, e.place) as entries
    from rule as r
    cross join (values ('avoid_allergens'), ('require_tags'), ('max_per_serving')) as k (kind)
    cross join lateral jsonb_array_elements(coalesce(r.policy #> array['hard', k.kind], '[]'))
      with ordinality as e (entry, place)
    group by k.kind
  ),
  own_hard as (
    select jsonb_agg(
      jsonb_build_object(
        'nutrient', o.nutrient, 'amount', o.target -> 'max', 'condition', 'customer', 'source', own_source
      )
      order by o.nutrient
    ) as entries
    from own as o
    where o.target ? 'max'
  ),
  bonus as (
    select distinct on (e.entry ->> 'nutrient') e.entry ->> 'nutrient' as nutrient,
      jsonb_build_object(
        'weight', e.entry -> 'weight', 'condition', r.condition, 'source', e.entry -> 'source'
      ) as entry
    from rule as r
    cross join lateral jsonb_array_elements(coalesce(r.policy -> 'bonuses', '[]')) as e (entry)
    order by e.entry ->> 'nutrient', (e.entry ->> 'weight')::numeric desc, r.condition
  )
  select jsonb_build_object(
    'ceilings', coalesce(
      (select jsonb_object_agg(c.nutrient, c."limit") from chosen as c where c.kind = 'ceilings'), '{}'
    ),
    'floors', coalesce((select jsonb_object_agg(c.nutrient, c."limit") from chosen as c where c.kind = 'floors'), '{}'),
    'hard', jsonb_build_object(
      'avoid_allergens', coalesce((select h.entries from hard as h where h.kind = 'avoid_allergens'), '[]'),
      'require_tags', coalesce((select h.entries from hard as h where h.kind = 'require_tags'), '[]'),
      'max_per_serving', coalesce((select h.entries from hard as h where h.kind = 'max_per_serving'), '[]')
        || coalesce((select o.entries from own_hard as o), '[]')
    ),
    'bonuses', coalesce((select jsonb_object_agg(b.nutrient, b.entry) from bonus as b), '{}'),
    'conflicts', coalesce(
      (
        select jsonb_agg(
          jsonb_build_object(
            'nutrient', c.nutrient, 'ceiling', c."limit", 'floor', f."limit", 'detail', format(
              '%s asks for at least %s of %s a day, %s for at most %s; the ceiling counts. Ask a professional.',
              f."limit" ->> 'condition', f."limit" ->> 'amount', c.nutrient, c."limit" ->> 'condition',
              c."limit" ->> 'amount'
            )
          )
          order by c.nutrient
        )
        from chosen as c
        inner join chosen as f on f.kind = 'floors' and f.nutrient = c.nutrient and f.amount > c.amount
        where c.kind = 'ceilings'
      ),
      '[]'
    ),
    'rules_version', app.diet_rules_version(combine_diet_rules.vendor_id, combine_diet_rules.conditions)
  ) into v_limits;
  return v_limits;
end;
$$;

comment on function app.combine_diet_rules is
  'Daily limits of a person with these conditions: docs/health.md gives the shape.';

-- sql/matching/create_diet_rule.sql
-- What POST /v1/diet-rules and rpc('create_diet_rule') call.
create or replace function public.create_diet_rule(rule jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.create_diet_rule(create_diet_rule.rule);
end;
$$;

comment on function public.create_diet_rule is
  'Adds a rule {condition_code, policy, active?} of the vendor''s own, which takes the place of the platform''s. For '
  'admins.';
grant execute on function public.create_diet_rule to authenticated;

-- sql/matching/delete_diet_rule.sql
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

-- sql/matching/diet_limit_amount.sql
-- The amount a day that one entry of a policy means for one person, exact. An entry says it in one way: `amount`,
-- `percent_of_energy`, `per_1000_kcal`, `per_kg` or, for energy, `plus_tdee`; `at_least` is a lower bound.
-- Null when the entry is not about this person (genders, min_age, max_age).
create or replace function app.diet_limit_amount(entry jsonb, tdee numeric, weight_kg numeric, age int, gender text)
returns numeric
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_amount numeric;
begin
  if age < (entry ->> 'min_age')::int or age > (entry ->> 'max_age')::int
    or (entry ? 'genders' and not entry -> 'genders' ? gender)
  then
    return null;
  end if;
  v_amount := case
    when entry ? 'amount' then (entry ->> 'amount')::numeric
    when entry ? 'percent_of_energy' then
      tdee * (entry ->> 'percent_of_energy')::numeric / 100 / app.energy_per_gram(entry ->> 'nutrient')
    when entry ? 'per_1000_kcal' then tdee * (entry ->> 'per_1000_kcal')::numeric / 1000
    when entry ? 'per_kg' then weight_kg * (entry ->> 'per_kg')::numeric
    when entry ? 'plus_tdee' then tdee + (entry ->> 'plus_tdee')::numeric
  end;
  return greatest(v_amount, coalesce((entry ->> 'at_least')::numeric, 0));
end;
$$;

comment on function app.diet_limit_amount is
  'Daily amount of one policy entry for one person; null when it is not about them.';

-- sql/matching/diet_policy_errors.sql
-- What is wrong with the policy of a diet rule, as field errors below /policy. Its shape stands in docs/health.md.
create or replace function app.diet_policy_errors(policy jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  amounts constant text[] := array['amount', 'percent_of_energy', 'per_1000_kcal', 'per_kg', 'plus_tdee'];
  conditions constant text[] := array['nutrient', 'source', 'at_least', 'min_age', 'max_age', 'genders'];
begin
  if jsonb_typeof(policy) is distinct from 'object' or not app.json_fits(policy, 65536) then
    return jsonb_build_array(app.field_error('/policy', 'invalid_type', 'must be an object of at most 64 KiB'));
  end if;
  return (
    with section as (
      select '/policy/' || s.key as pointer, s.key as name, s.value,
        s.key in ('ceilings', 'floors', 'bonuses') as is_list
      from jsonb_each(policy) as s
      union all
      select '/policy/hard/' || h.key, 'hard.' || h.key, h.value, true
      from jsonb_each(case jsonb_typeof(policy -> 'hard') when 'object' then policy -> 'hard' else '{}' end) as h
    ),
    entry as (
      select s.name, format('%s/%s', s.pointer, e.place - 1) as pointer, e.entry
      from section as s
      cross join lateral jsonb_array_elements(
        case when s.is_list and jsonb_typeof(s.value) = 'array' then s.value else '[]' end
      ) with ordinality as e (entry, place)
    ),
    fault (pointer, code, detail) as (
      select s.pointer, 'unknown_field', 'is not known here; a policy has ceilings, floors, hard, bonuses and notes'
      from section as s
      where s.name not in (
        'ceilings', 'floors', 'hard', 'bonuses', 'notes', 'hard.avoid_allergens', 'hard.require_tags',
        'hard.max_per_serving'
      )
      union all
      select s.pointer, 'invalid_type',
        case when s.is_list then 'must be a list of at most 100' else 'must be an object' end
      from section as s
      where case
        when s.is_list then jsonb_typeof(s.value) <> 'array' or jsonb_array_length(s.value) > 100
        when s.name = 'hard' then jsonb_typeof(s.value) <> 'object'
        else false
      end
      union all
      select e.pointer || '/source', 'required', 'is required: who says so'
      from entry as e
      where jsonb_typeof(e.entry -> 'source') is distinct from 'string' or e.entry ->> 'source' !~ '\S'
      union all
      select e.pointer || '/nutrient', 'unknown_nutrient', 'must be a nutrient; docs/catalog.md lists the keys'
      from entry as e
      where e.name in ('ceilings', 'floors', 'bonuses', 'hard.max_per_serving')
        and coalesce(e.entry ->> 'nutrient', '') <> all (app.nutrient_keys())
      union all
      select e.pointer, 'invalid_value',
        'must say one amount: amount, percent_of_energy, per_1000_kcal, per_kg or (for calories) plus_tdee'
      from entry as e
      where e.name in ('ceilings', 'floors')
        and (
          (select count(*) <> 1 from unnest(amounts) as a (key) where e.entry ? a.key)
          or e.entry - amounts - conditions <> '{}'
          or (e.entry ? 'plus_tdee' and e.entry ->> 'nutrient' is distinct from 'calories')
          or (e.entry ? 'percent_of_energy' and app.energy_per_gram(e.entry ->> 'nutrient') is null)
        )
      union all
      select e.pointer || '/' || v.key, 'invalid_value',
        'must be a number from 0 to 100000 (plus_tdee from -5000 to 5000)'
      from entry as e
      cross join lateral jsonb_each(case jsonb_typeof(e.entry) when 'object' then e.entry else '{}' end) as v
      where v.key = any (amounts || array['at_least', 'min_age', 'max_age', 'weight'])
        and case
          when jsonb_typeof(v.value) <> 'number' then true
          when v.key = 'plus_tdee' then v.value::numeric not between -5000 and 5000
          when v.key in ('min_age', 'max_age') then v.value::numeric not between 0 and 130 or v.value::numeric % 1 <> 0
          when v.key = 'weight' then v.value::numeric not between 0 and 10
          else v.value::numeric not between 0 and 100000
        end
      union all
      select e.pointer || '/genders', 'invalid_value', 'must be a list of male, female, other and unspecified'
      from entry as e
      where e.entry ? 'genders'
        and not (e.entry -> 'genders' <@ '["male", "female", "other", "unspecified"]' and e.entry -> 'genders' <> '[]')
      union all
      select e.pointer || '/weight', 'required', 'is required: a number from 0 to 10'
      from entry as e
      where e.name = 'bonuses' and not e.entry ? 'weight'
      union all
      select e.pointer || '/amount', 'required', 'is required: the most of it a serving may have'
      from entry as e
      where e.name = 'hard.max_per_serving' and not e.entry ? 'amount'
      union all
      select e.pointer, 'invalid_value', format(
        'must be {"%s": <code>, "source": ...}%s', case e.name when 'hard.require_tags' then 'tag' else 'allergen' end,
        case e.name when 'hard.require_tags' then '' else ', with a list unless_tags if need be' end
      )
      from entry as e
      where e.name in ('hard.require_tags', 'hard.avoid_allergens')
        and not (
          coalesce(e.entry ->> case e.name when 'hard.require_tags' then 'tag' else 'allergen' end, '')
            ~ '^[a-z0-9][a-z0-9_]{0,63}$'
          and e.entry - array['tag', 'allergen', 'unless_tags', 'source'] = '{}'
          and (
            not e.entry ? 'unless_tags'
            or (
              jsonb_typeof(e.entry -> 'unless_tags') = 'array'
              and not e.entry @? '$.unless_tags[*] ? (@.type() != "string")'
            )
          )
        )
    )
    select coalesce(jsonb_agg(app.field_error(f.pointer, f.code, f.detail) order by f.pointer, f.code), '[]')
    from fault as f
  );
end;
$$;

comment on function app.diet_policy_errors is 'Field errors of the policy of a diet rule.';

-- sql/matching/diet_rule_errors.sql
-- What is wrong with the body of a diet rule of a vendor, as field errors: its shape, its policy, and words that no
-- dictionary knows. general, which holds for everybody, is a condition too.
create or replace function app.diet_rule_errors(vendor_id uuid, rule jsonb, is_patch boolean)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_errors jsonb := app.body_errors(rule, case
    when is_patch then '{"policy": "object", "active": "boolean"}'
    else '{"condition_code": "string!", "policy": "object!", "active": "boolean"}'
  end::jsonb);
begin
  if v_errors <> '[]' then
    return v_errors;
  end if;
  if rule ? 'policy' then
    v_errors := app.diet_policy_errors(rule -> 'policy');
  end if;
  if v_errors = '[]' then
    select coalesce(jsonb_agg(app.field_error(w.pointer, 'unknown_' || w.domain, 'is a word nobody knows')), '[]')
    into v_errors
    from (
      select '/condition_code' as pointer, 'condition' as domain, rule ->> 'condition_code' as word
      where rule ->> 'condition_code' <> 'general'
      union all
      select format('/policy/hard/avoid_allergens/%s/allergen', a.place - 1), 'allergen', a.entry ->> 'allergen'
      from jsonb_array_elements(coalesce(rule #> '{policy,hard,avoid_allergens}', '[]'))
        with ordinality as a (entry, place)
    ) as w
    where not exists (
      select
      from app.match_tokens(diet_rule_errors.vendor_id, w.domain, array[w.word]) as m
      where m.canonical is not null
    );
  end if;
  return v_errors;
end;
$$;

comment on function app.diet_rule_errors is 'Field errors of the body of a diet rule.';

-- sql/matching/diet_rule_json.sql
-- The one shape of a diet rule in answers.
create or replace function app.diet_rule_json(rule public.diet_rules)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'id', rule.id,
    'vendor_id', rule.vendor_id,
    'condition_code', rule.condition_code,
    'policy', rule.policy,
    'active', rule.active,
    'version', rule.version,
    'created_at', to_char(rule.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'updated_at', to_char(rule.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  );
end;
$$;

comment on function app.diet_rule_json is 'A diet rule as answers show it.';
grant execute on function app.diet_rule_json to authenticated, service_role;

-- sql/matching/diet_rules_version.sql
-- A fingerprint of the rules in force for these conditions. Limits derived under another one are stale: profiles keep
-- theirs and are derived anew when they are read, or in batches (app.refresh_stale_limits).
create or replace function app.diet_rules_version(vendor_id uuid, conditions text[])
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select md5(coalesce(string_agg(r.id || ':' || r.version, ',' order by r.condition_code), ''))
    from app.effective_diet_rules(diet_rules_version.vendor_id, diet_rules_version.conditions) as r
  );
end;
$$;

comment on function app.diet_rules_version is
  'Names the rules in force for these conditions; changes when one of them does.';

-- sql/matching/effective_diet_rules.sql
-- The rules in force for a set of conditions and for everybody (general): a vendor's own takes the place of the
-- platform's, also when it is switched off, which switches both off.
create or replace function app.effective_diet_rules(vendor_id uuid, conditions text[])
returns setof public.diet_rules
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select r.*
  from (
    select distinct on (d.condition_code) d.*
    from public.diet_rules as d
    where d.condition_code = any (effective_diet_rules.conditions || 'general'::text)
      and (d.vendor_id is null or d.vendor_id = effective_diet_rules.vendor_id)
    order by d.condition_code, d.vendor_id nulls last
  ) as r
  where r.active;
end;
$$;

comment on function app.effective_diet_rules is
  'The diet rules that hold for a vendor''s customer with these conditions.';

-- sql/matching/energy_per_gram.sql
-- Kilocalories in a gram of a nutrient (Atwater's general factors); 1 for energy itself, null for what has none.
create or replace function app.energy_per_gram(nutrient text)
returns numeric
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return case
    when nutrient = 'calories' then 1
    when nutrient in ('protein_g', 'carbs_g', 'sugar_g', 'added_sugar_g') then 4
    when nutrient = 'alcohol_g' then 7
    when nutrient like '%fat_g' then 9
  end;
end;
$$;

comment on function app.energy_per_gram is 'kcal per gram of a nutrient, by Atwater''s general factors.';

-- sql/matching/get_diet_rule.sql
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

-- sql/matching/keep_diet_rule_version.sql
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

-- sql/matching/list_diet_rules.sql
-- The diet rules the caller's vendor sees, by condition; where both have one, the vendor's own comes first and counts.
create or replace function public.list_diet_rules(
  condition_code text default null, cursor text default null, page_limit int default 50
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_scope constant text := concat_ws(
    '/', v_vendor_id, 'diet-rules', app.fingerprint(to_jsonb(list_diet_rules.condition_code))
  );
  v_after constant jsonb := app.decode_cursor(v_scope, list_diet_rules.cursor);
  v_rows jsonb;
begin
  perform app.check_page_limit(page_limit);
  select coalesce(
    jsonb_agg(app.diet_rule_json(page.r) order by (page.r).condition_code, (page.r).vendor_id is null), '[]'
  ) into v_rows
  from (
    select r
    from public.diet_rules as r
    where (r.vendor_id is null or r.vendor_id = v_vendor_id)
      and (list_diet_rules.condition_code is null or r.condition_code = list_diet_rules.condition_code)
      and (
        v_after is null
        or (r.condition_code, r.vendor_id is null)
          > (v_after ->> 'condition_code', v_after ->> 'vendor_id' is null)
      )
    order by r.condition_code, r.vendor_id is null
    limit page_limit + 1
  ) as page;
  return app.list_page(v_rows, page_limit, v_scope, array['condition_code', 'vendor_id']);
end;
$$;

comment on function public.list_diet_rules is
  'Diet rules by condition, the platform''s and the vendor''s own, as {"data", "next_cursor"}. For admins.';
grant execute on function public.list_diet_rules to authenticated;

-- sql/matching/update_diet_rule.sql
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
