-- Generated from sql/matching/ by npm run migrations. Do not edit: change the sources and run it again.
-- Bodies are not checked here, because functions may call ones that a later file makes.
set check_function_bodies = off;
set lock_timeout = '10s';
set statement_timeout = '10min';

-- sql/matching/match_bits.sql
-- Which bit of a mask stands for an allergen or a dietary tag, so that a product's and a customer's sides meet in one
-- `&`. A term keeps its bit for ever: products are stored with it. Bits are given when a term is added.
-- Allergens that come after the 62nd share bit 62, which fails closed: avoiding one of them avoids all of them. Tags
-- after the 62nd have none; rules about them look at the product itself.
create table app.match_bits (
  kind text not null,
  code text not null,
  vendor_id uuid references public.vendors (id) on delete cascade,
  -- squawk-ignore prefer-bigint-over-smallint
  bit smallint not null,
  id bigint generated always as identity primary key,
  constraint match_bits_one_per_code unique nulls not distinct (vendor_id, kind, code),
  constraint kind_is_allergen_or_tag check (kind in ('allergen', 'tag')),
  constraint bit_fits_a_mask check (bit between 0 and 62)
);

comment on table app.match_bits is 'Bits of allergens and dietary tags in app.product_match_facts; never reused.';
comment on column app.match_bits.vendor_id is 'The vendor whose own term it is; null for the platform''s.';

alter table app.match_bits enable row level security;
alter table app.match_bits force row level security;

-- sql/matching/give_match_bit.sql
-- Gives a new allergen or tag its bit: the platform's first, then each vendor's own after them.
create or replace function app.give_match_bit(kind text, code text, vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  most constant int := 61;
  v_next int;
begin
  perform pg_advisory_xact_lock(hashtextextended('match bits', 0));
  -- A platform term added later must be free with every vendor.
  select coalesce(max(b.bit) filter (where b.bit <= most), -1) + 1 into v_next
  from app.match_bits as b
  where b.kind = give_match_bit.kind
    and (give_match_bit.vendor_id is null or b.vendor_id is null or b.vendor_id = give_match_bit.vendor_id);
  if v_next > most and give_match_bit.kind = 'tag' then
    return;
  end if;
  insert into app.match_bits (kind, code, vendor_id, bit)
  values (
    give_match_bit.kind, give_match_bit.code, give_match_bit.vendor_id,
    case when v_next > most then most + 1 else v_next end
  )
  on conflict do nothing;
end;
$$;

comment on function app.give_match_bit is 'Gives an allergen or a tag its bit in the masks of the matching.';

-- sql/matching/product_match_facts.sql
-- What matching asks of a product, narrow: masks instead of lists, nutrients of one serving as columns. One row for
-- each product that can be shown (active, not deleted), kept in step with public.products by statement triggers,
-- whoever writes (keep_match_facts.sql). An approximation for finding candidates: answers are computed from the
-- product itself.
--   unsafe    allergens it contains or may contain, with those above, and those below that it is not declared free from
--   unproven  allergens that it could contain for all that is known
--   cell      products alike in what most customers' budgets ask; app.match_cells bounds each cell's scores
create table app.product_match_facts (
  vendor_id uuid not null,
  product_id uuid not null,
  changed_at bigint not null,
  written_by xid8 not null default pg_current_xact_id(),
  unsafe bigint not null,
  unproven bigint not null,
  tags bigint not null,
  cell int not null,
  calories real,
  protein_g real,
  carbs_g real,
  fat_g real,
  sat_fat_g real,
  trans_fat_g real,
  sugar_g real,
  added_sugar_g real,
  fiber_g real,
  sodium_mg real,
  cholesterol_mg real,
  potassium_mg real,
  phosphorus_mg real,
  iron_mg real,
  caffeine_mg real,
  alcohol_g real,
  primary key (vendor_id, product_id)
);

comment on table app.product_match_facts is 'Narrow companion of products for the matching, kept by triggers.';
comment on column app.product_match_facts.changed_at is 'products.updated_at in microseconds since 1970.';
comment on column app.product_match_facts.written_by is
  'The transaction that wrote the row: what the statistics of the cells do not cover yet.';
comment on column app.product_match_facts.unsafe is 'Mask of allergens contained or possible, by app.match_bits.';
comment on column app.product_match_facts.unproven is 'Mask of allergens that nothing rules out.';
comment on column app.product_match_facts.tags is 'Mask of dietary tags and those above them.';
comment on column app.product_match_facts.cell is 'Products alike in their nutrients; see app.match_cells.';
comment on column app.product_match_facts.added_sugar_g is 'Added sugar, or where it is not stated, all sugar.';

create index product_match_facts_cell on app.product_match_facts (vendor_id, cell, changed_at);
create index product_match_facts_class on app.product_match_facts (vendor_id, unsafe, unproven, tags);
create index product_match_facts_written on app.product_match_facts (vendor_id, written_by);

alter table app.product_match_facts enable row level security;
alter table app.product_match_facts force row level security;

-- sql/matching/match_candidates.sql
-- The best products found so far for a customer, best first.
create type app.match_candidates as (ids uuid[], times bigint[], scores double precision[]);
comment on type app.match_candidates is 'Products, their changes and their scores in millionths, best first.';

-- sql/matching/scoring_policies.sql
-- How a vendor weighs what makes a match: one row a vendor; vendor_id null = the platform's, used where a vendor has
-- none. Weights count relative to each other; docs/matching.md gives the formula.
create table public.scoring_policies (
  id uuid primary key default gen_random_uuid(),
  vendor_id uuid references public.vendors (id) on delete cascade,
  weights jsonb not null,
  unknown_allergens text not null default 'exclude',
  active boolean not null default true,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint scoring_policies_one_per_scope unique nulls not distinct (vendor_id),
  constraint weights_are_an_object check (jsonb_typeof(weights) = 'object'),
  constraint unknown_allergens_is_exclude_or_warn check (unknown_allergens in ('exclude', 'warn')),
  constraint version_counts_from_one check (version >= 1)
);

comment on table public.scoring_policies is
  'Scoring policies: the platform''s, and each vendor''s own. Change through put_scoring_policy.';
comment on column public.scoring_policies.id is 'Identity.';
comment on column public.scoring_policies.vendor_id is 'The vendor whose own it is; null for the platform''s.';
comment on column public.scoring_policies.weights is
  'preference_fit, budget_fit and recency: numbers from 0 to 100, not all 0.';
comment on column public.scoring_policies.unknown_allergens is
  'exclude: a product whose allergens are not fully known is not shown to somebody who avoids one; warn: it is ranked '
  'and says so.';
comment on column public.scoring_policies.active is 'false: as if the vendor had none.';
comment on column public.scoring_policies.version is 'Moves with every change.';
comment on column public.scoring_policies.created_at is 'When it was first stored.';
comment on column public.scoring_policies.updated_at is 'When it last changed.';

alter table public.scoring_policies enable row level security;
alter table public.scoring_policies force row level security;

create policy "admins read the platform's policy and their own" on public.scoring_policies
for select to authenticated
using (
  (vendor_id is null or vendor_id = (select app.current_vendor_id())) and (select app.has_role('vendor_admin'))
);
grant select on public.scoring_policies to authenticated, service_role;

insert into public.scoring_policies (vendor_id, weights, unknown_allergens)
values (null, '{"preference_fit": 0.3, "budget_fit": 0.6, "recency": 0.1}', 'exclude')
on conflict do nothing;

-- sql/matching/matches_cache.sql
-- Computed matches, for 15 minutes. They tell of a customer's health: nobody has a grant, app.match_products is the
-- only door. A row holds for the catalogue's version in its key and for the inputs it was computed from: profile,
-- lists, rules and policy are hashed into `inputs_hash`, so that a change of any of them makes the row worthless
-- without anybody having to remember to delete it.
create table public.matches_cache (
  vendor_id uuid not null,
  customer_id uuid not null,
  catalog_version bigint not null,
  results jsonb not null,
  ttl_at timestamptz not null,
  k int not null,
  inputs_hash text not null,
  excluded jsonb not null,
  generated_at timestamptz not null,
  primary key (vendor_id, customer_id, catalog_version),
  constraint vendor_exists foreign key (vendor_id) references public.vendors (id) on delete cascade,
  constraint results_is_a_list check (jsonb_typeof(results) = 'array'),
  constraint k_is_from_1_to_100 check (k between 1 and 100)
);
create index matches_cache_ttl_at on public.matches_cache (ttl_at);

comment on table public.matches_cache is
  'Matches computed in the last 15 minutes; reached through match_products only.';
comment on column public.matches_cache.k is 'How many results were asked for: fewer can be served from the row.';
comment on column public.matches_cache.inputs_hash is 'Hash of all that the customer and the vendor''s rules put in.';

alter table public.matches_cache enable row level security;
alter table public.matches_cache force row level security;

-- sql/matching/delivered_matches.sql
-- Which products a customer was ever shown as a match, and when last: the memory behind the question of a recall (who
-- had this?). Written with each computed match, read by app.affected_customers only; gone with the customer.
create table app.delivered_matches (
  vendor_id uuid not null,
  product_id uuid not null,
  customer_id uuid not null,
  last_at timestamptz not null,
  primary key (vendor_id, product_id, customer_id)
);
create index delivered_matches_customer on app.delivered_matches (vendor_id, customer_id, product_id);

comment on table app.delivered_matches is 'Products shown to customers as matches, with the last time.';

alter table app.delivered_matches enable row level security;
alter table app.delivered_matches force row level security;

-- sql/matching/customer_avoidances.sql
-- What each customer avoids, by allergen code: the own list and the rules' together, whether an entry has exceptions
-- or not. A narrow companion of customer_health_profiles: the question of a recall walks it instead of a gigabyte of
-- profiles, and asks the profile of those it finds. Who avoids nothing has no row.
create table app.customer_avoidances (
  vendor_id uuid not null,
  customer_id uuid not null,
  codes text[] not null,
  primary key (vendor_id, customer_id)
);
-- For allergens that few avoid; for others the order of customers is walked.
create index customer_avoidances_codes on app.customer_avoidances using gin (codes);

comment on table app.customer_avoidances is 'Allergens that customers avoid, kept by triggers on their profiles.';
comment on column app.customer_avoidances.codes is 'Allergen codes, sorted.';

alter table app.customer_avoidances enable row level security;
alter table app.customer_avoidances force row level security;

-- sql/matching/affected_customers.sql
-- What POST /v1/matches/affected and rpc('affected_customers') call.
create or replace function public.affected_customers(
  product_id uuid default null, allergen text default null, cursor text default null, page_limit int default 50
)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.affected_customers(
    affected_customers.product_id, affected_customers.allergen, affected_customers.cursor, affected_customers.page_limit
  );
end;
$$;

comment on function public.affected_customers is
  'Customers who had a product in a match and for whom it is unsafe now, as {"data", "next_cursor"}: those of one '
  'product (by what it contains or may contain now, or, with an allergen, by that one: a recall), or those of every '
  'product that has an allergen. For operators; audited.';
grant execute on function public.affected_customers to authenticated;

-- sql/matching/app_affected_customers.sql
-- Customers for whom a product is unsafe now and who had it in a match: the recall question, behind
-- public.affected_customers. Definer: it reads health data, which has no grants; it tells who and why, audits that it
-- was asked, and shows nothing else of a profile. Who withdrew the consent is still warned: by id and product, without
-- the reason, because that would tell of their health.
create or replace function app.affected_customers(product_id uuid, allergen text, cursor text, page_limit int)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
set plan_cache_mode = force_custom_plan
set jit = off
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_scope text;
  v_after jsonb;
  v_allergen text;
  v_rows jsonb;
  v_keys jsonb;
begin
  perform app.check_affected_input(v_vendor_id, affected_customers.product_id, affected_customers.allergen, page_limit);
  select m.canonical into v_allergen
  from app.match_tokens(v_vendor_id, 'allergen', array[affected_customers.allergen]) as m;
  v_scope := format('affected %s %s %s', v_vendor_id, affected_customers.product_id, v_allergen);
  if affected_customers.cursor is not null then
    v_after := app.decode_cursor(v_scope, affected_customers.cursor);
  end if;

  with hit as materialized (
    select a.*
    from app.find_affected(
      v_vendor_id, affected_customers.product_id, v_allergen, (v_after ->> 'c')::uuid, (v_after ->> 'p')::uuid,
      page_limit + 1
    ) as a
  ),
  page as (
    select h.*, row_number() over (order by h.customer_id, h.product_id) as place from hit as h
  )
  select
    coalesce(
      jsonb_agg(
        jsonb_build_object(
          'customer_id', p.customer_id,
          'external_id', c.external_id,
          'product_id', p.product_id,
          'last_matched_at', to_char(p.last_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
          'allergens', case
            when app.has_consent(v_vendor_id, p.customer_id, 'health_data') then to_jsonb(p.allergens)
          end
        )
        order by p.place
      ) filter (where p.place <= page_limit),
      '[]'
    ),
    case when max(p.place) > page_limit then (
      select jsonb_build_object('c', l.customer_id, 'p', l.product_id) from page as l where l.place = page_limit
    ) end
  into v_rows, v_keys
  from page as p
  inner join public.customers as c on c.vendor_id = v_vendor_id and c.id = p.customer_id;

  perform app.write_audit(
    action => 'match.affected',
    entity => case when affected_customers.product_id is null then 'allergen' else 'product' end,
    entity_id => coalesce(affected_customers.product_id::text, v_allergen),
    after => jsonb_build_object('customers', jsonb_array_length(v_rows))
  );
  return jsonb_build_object('data', v_rows, 'next_cursor', app.encode_cursor(v_scope, v_keys));
end;
$$;

comment on function app.affected_customers is
  'Customers for whom a matched product is unsafe now; see public.affected_customers.';
grant execute on function app.affected_customers to authenticated;

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

-- sql/matching/app_get_scoring_policy.sql
-- The policy in force, behind public.get_scoring_policy. Definer only because app.effective_scoring_policy is closed.
create or replace function app.get_scoring_policy()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return app.scoring_policy_json(app.effective_scoring_policy(app.require_vendor('vendor_admin')));
end;
$$;

comment on function app.get_scoring_policy is 'The scoring policy in force; see public.get_scoring_policy.';
grant execute on function app.get_scoring_policy to authenticated;

-- sql/matching/app_match_products.sql
-- Matches of a customer, behind public.match_products. Definer: health data, facts and cache have no grants; role,
-- existence and consent are checked first, and every access is audited, without values. A cached answer is served while
-- its 15 minutes last, the catalogue's version is the same and nothing that went into it changed. Of several requests
-- that miss at once, one computes and the others wait for it.
create or replace function app.match_products(customer_id uuid, k int)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_version bigint;
  v_inputs jsonb;
  v_hash text;
  v_row public.matches_cache;
  v_matches jsonb;
  v_cached boolean := true;
begin
  if match_products.k is null or match_products.k not between 1 and 100 then
    perform app.refuse_field_errors(
      jsonb_build_array(app.field_error('/k', 'invalid_value', 'must be a whole number from 1 to 100'))
    );
  end if;
  perform app.require_customer(v_vendor_id, match_products.customer_id);
  perform app.require_health_consent(v_vendor_id, match_products.customer_id);
  select v.catalog_version into v_version from public.vendors as v where v.id = v_vendor_id;
  v_inputs := app.match_inputs(v_vendor_id, match_products.customer_id);
  if v_inputs is null then
    perform app.raise_problem(
      status => 409,
      type => 'no-health-profile',
      detail => 'The customer has no health profile, so nothing is known of what to avoid.',
      hint => 'Store one with PUT /v1/customers/:id/health.'
    );
  end if;
  v_hash := md5(v_inputs::text);
  v_row := app.find_cached_matches(v_vendor_id, match_products.customer_id, v_version, v_hash, match_products.k);
  if v_row.customer_id is null then
    perform pg_advisory_xact_lock(hashtextextended('matches ' || v_vendor_id || match_products.customer_id, 0));
    v_row := app.find_cached_matches(v_vendor_id, match_products.customer_id, v_version, v_hash, match_products.k);
  end if;
  if v_row.customer_id is null then
    v_cached := false;
    v_matches := app.compute_matches(v_vendor_id, v_inputs, match_products.k);
    v_row := app.store_matches(
      v_vendor_id, match_products.customer_id, v_version, v_hash, match_products.k, v_matches
    );
  end if;
  perform app.write_audit(
    action => 'match.read',
    entity => 'customer',
    entity_id => match_products.customer_id::text,
    after => jsonb_build_object('k', match_products.k, 'catalog_version', v_version, 'cached', v_cached)
  );
  return jsonb_build_object(
    'customer_id', match_products.customer_id,
    'catalog_version', v_version,
    'cached', v_cached,
    'generated_at', to_char(v_row.generated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'results', case
      when v_row.k = match_products.k then v_row.results
      else jsonb_path_query_array(
        v_row.results, '$[*] ? (@.rank <= $k)', jsonb_build_object('k', match_products.k)
      )
    end,
    'excluded', v_row.excluded
  );
end;
$$;

comment on function app.match_products is 'Matches of a customer; see public.match_products.';
grant execute on function app.match_products to authenticated;

-- sql/matching/app_put_scoring_policy.sql
-- Stores the vendor's own policy, behind public.put_scoring_policy. The same again changes nothing, not even the
-- version.
create or replace function app.put_scoring_policy(policy jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_policy public.scoring_policies;
begin
  perform app.refuse_field_errors(app.scoring_policy_errors(put_scoring_policy.policy));
  insert into public.scoring_policies as s (vendor_id, weights, unknown_allergens)
  values (
    v_vendor_id, put_scoring_policy.policy -> 'weights',
    coalesce(put_scoring_policy.policy ->> 'unknown_allergens', 'exclude')
  )
  on conflict on constraint scoring_policies_one_per_scope do update
  set weights = excluded.weights, unknown_allergens = excluded.unknown_allergens, active = true,
      version = s.version + 1, updated_at = now()
  where (s.weights, s.unknown_allergens, s.active)
    is distinct from (excluded.weights, excluded.unknown_allergens, true);
  select s.* into v_policy from public.scoring_policies as s where s.vendor_id = v_vendor_id;
  return app.scoring_policy_json(v_policy);
end;
$$;

comment on function app.put_scoring_policy is 'Stores a vendor''s scoring policy; see public.put_scoring_policy.';
grant execute on function app.put_scoring_policy to authenticated;

create or replace trigger audit_change_trigger
after insert or update or delete on public.scoring_policies
for each row execute function app.audit_change('scoring_policy', 'id');

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

-- sql/matching/check_affected_input.sql
-- Refuses a question about affected customers that names nothing, or what nobody knows.
create or replace function app.check_affected_input(vendor_id uuid, product_id uuid, allergen text, page_limit int)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  perform app.check_page_limit(check_affected_input.page_limit);
  if check_affected_input.product_id is null and check_affected_input.allergen is null then
    perform app.refuse_field_errors(
      jsonb_build_array(app.field_error('', 'required', 'must name a product_id, an allergen or both'))
    );
  end if;
  if check_affected_input.product_id is not null and not exists (
    select from public.products as p
    where p.vendor_id = check_affected_input.vendor_id and p.id = check_affected_input.product_id
  ) then
    perform app.raise_product_not_found();
  end if;
  if check_affected_input.allergen is not null and not exists (
    select
    from app.match_tokens(check_affected_input.vendor_id, 'allergen', array[check_affected_input.allergen]) as m
    where m.canonical is not null
  ) then
    perform app.refuse_field_errors(
      jsonb_build_array(app.field_error('/allergen', 'unknown_allergen', 'is no allergen that is known here'))
    );
  end if;
end;
$$;

comment on function app.check_affected_input is 'Problem 400 or 404 for a question about affected customers.';

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

-- sql/matching/compute_matches.sql
-- A match from nothing: candidates, exact scores, counts. Writes only statistics, when they are too old.
create or replace function app.compute_matches(vendor_id uuid, inputs jsonb, k int)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_newest bigint;
  v_ids uuid[];
  v_excluded jsonb;
begin
  perform app.keep_match_statistics(compute_matches.vendor_id);
  -- Age is counted from the newest change of the catalogue, not from now: the same catalogue gives the same answer.
  v_newest := app.newest_product_change(compute_matches.vendor_id);
  -- More than k, because the fast score of the facts and the exact one can differ in the last digit.
  v_ids := app.find_candidates(
    compute_matches.vendor_id, inputs, v_newest, compute_matches.k, least(200, compute_matches.k + 10)
  );
  v_excluded := app.count_excluded(compute_matches.vendor_id, inputs);
  return jsonb_build_object(
    'results', app.score_products(compute_matches.vendor_id, inputs, v_newest, v_ids, compute_matches.k),
    'excluded', v_excluded
  );
end;
$$;

comment on function app.compute_matches is 'Results and counts of a match, computed.';

-- sql/matching/count_excluded.sql
-- How many products each hard filter excludes for a customer. A product that fails two filters counts for both, but
-- unknown_allergens counts only what allergens does not. Exact up to 20,000 products; above that allergens, unknown
-- allergens and diet rules are counted as of the last statistics (app.match_classes), and nutrient_limits counts the
-- products of cells that lie above a limit as a whole: at least so many.
create or replace function app.count_excluded(vendor_id uuid, inputs jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
set max_parallel_workers_per_gather = 0
set jit = off
as $$
declare
  few constant int := 20000;
  v_vendor_id constant uuid := count_excluded.vendor_id;
  v_is_small constant boolean := not exists (
    select from app.match_statistics as s where s.vendor_id = v_vendor_id and s.products > few
  );
  v_counts jsonb := '{"allergens": 0, "unknown_allergens": 0, "diet_rules": 0, "nutrient_limits": 0, "deny_list": 0}';
  v_filters jsonb;
  v_may_pass text;
  v_fails text;
  v_more jsonb;
begin
  select
    coalesce(jsonb_object_agg(c.filter, c.passes) filter (where c.passes is not null), '{}'),
    max(c.cell_may_pass) filter (where c.filter = 'nutrient_limits')
  into v_filters, v_may_pass
  from (
    select
      m.filter,
      string_agg(m.passes, ' and ') filter (where v_is_small or m.by_mask or m.filter = 'deny_list') as passes,
      string_agg(m.cell_may_pass, ' and ') as cell_may_pass
    from app.match_conditions(v_vendor_id, inputs) as m
    group by m.filter
  ) as c;
  select string_agg(
    format(
      '%L, coalesce(sum(%s) filter (where not (%s)%s), 0)',
      f.key,
      case when v_is_small then '1' else 'f.products' end,
      f.value,
      case when f.key = 'unknown_allergens' then ' and ' || coalesce(v_filters ->> 'allergens', 'true') end
    ),
    ', '
  ) into v_fails
  from jsonb_each_text(v_filters) as f
  where v_is_small or f.key <> 'deny_list';
  if v_fails is not null then
    execute format(
      'select jsonb_build_object(%s) from %s as f where f.vendor_id = %L', v_fails,
      case when v_is_small then 'app.product_match_facts' else 'app.match_classes' end, v_vendor_id
    ) into v_more;
    v_counts := v_counts || v_more;
  end if;
  if not v_is_small then
    if v_may_pass is not null then
      execute format(
        'select jsonb_build_object(''nutrient_limits'', coalesce(sum(c.products), 0)) from app.match_cells as c '
        'where c.vendor_id = %L and not (%s)', v_vendor_id, v_may_pass
      ) into v_more;
      v_counts := v_counts || v_more;
    end if;
    if v_filters ? 'deny_list' then
      v_counts := v_counts || jsonb_build_object('deny_list', (
        select count(*)
        from app.product_match_facts as f
        where f.vendor_id = v_vendor_id
          and f.product_id = any (array(select i.id::uuid from jsonb_array_elements_text(inputs -> 'deny') as i (id)))
      ));
    end if;
  end if;
  return v_counts;
end;
$$;

comment on function app.count_excluded is 'Products that each hard filter excludes for a customer, by filter.';

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
set plan_cache_mode = force_generic_plan
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

-- sql/matching/effective_scoring_policy.sql
-- The scoring policy in force for a vendor: its own where it has an active one, else the platform's.
create or replace function app.effective_scoring_policy(vendor_id uuid)
returns public.scoring_policies
language plpgsql
stable
set search_path = ''
as $$
declare
  v_policy public.scoring_policies;
begin
  select s.* into v_policy
  from public.scoring_policies as s
  where s.active and (s.vendor_id is null or s.vendor_id = effective_scoring_policy.vendor_id)
  order by s.vendor_id nulls last
  limit 1;
  return v_policy;
end;
$$;

comment on function app.effective_scoring_policy is 'The scoring policy that holds for a vendor.';

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

-- sql/matching/find_affected.sql
-- The customers behind app.affected_customers, in the order of customer and product, after a place. Two ways round:
-- from one product to those who had it, or from those who avoid an allergen to what they had. Both walk indexes in the
-- order of the answer and stop when there are enough; where nobody is affected they see every delivery of the product,
-- or every delivery to those who avoid the allergen. The planner is held to this: it takes lists and masks for rarer
-- than they are. Rules (celiac: gluten) count like the customer's own list.
create or replace function app.find_affected(
  vendor_id uuid, of_product uuid, of_allergen text, after_customer uuid, after_product uuid, most int
)
returns table (customer_id uuid, product_id uuid, last_at timestamptz, allergens text[])
language plpgsql
stable
set search_path = ''
set enable_hashjoin = off
set enable_mergejoin = off
set max_parallel_workers_per_gather = 0
set work_mem = '64MB'
set jit = off
as $$
declare
  v_mask bigint;
  v_codes text[];
begin
  if find_affected.of_allergen is not null then
    select t.up | t.down into v_mask
    from app.match_terms(find_affected.vendor_id, 'allergen') as t
    where t.code = find_affected.of_allergen;
  else
    v_mask := app.unsafe_mask(find_affected.vendor_id, find_affected.of_product);
  end if;
  select coalesce(array_agg(t.code), '{}') into v_codes
  from app.match_terms(find_affected.vendor_id, 'allergen') as t
  where t.self & v_mask <> 0;
  return query execute app.find_affected_statement(by_product => find_affected.of_product is not null)
  using find_affected.vendor_id, v_mask, v_codes, find_affected.of_product,
    coalesce(find_affected.after_customer, '00000000-0000-0000-0000-000000000000'),
    coalesce(find_affected.after_product, '00000000-0000-0000-0000-000000000000'), find_affected.most;
end;
$$;

comment on function app.find_affected is 'Customers who had a product that is unsafe for them now, with the allergens.';

-- sql/matching/find_affected_statement.sql
-- The statement of app.find_affected: deliveries to customers who may be affected, in order, and which allergens make
-- each unsafe for whom, by the profile itself.
--   $1 vendor  $2 mask of allergens  $3 their codes  $4 product  $5, $6 place after which to begin  $7 at most
create or replace function app.find_affected_statement(by_product boolean)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_of_product constant text := '
    select d.customer_id, d.product_id, d.last_at, $2 as unsafe
    from (
      select o.customer_id, o.product_id, o.last_at
      from app.delivered_matches as o
      where o.vendor_id = $1 and o.product_id = $4 and o.customer_id >= $5
      order by o.customer_id
    ) as d
    cross join lateral (
      select
      from app.customer_avoidances as o
      where o.vendor_id = $1 and o.customer_id = d.customer_id and o.codes && $3
      offset 0
    ) as a';
  -- The products as a hashed set: looking each up would take seconds.
  v_of_allergen constant text := '
    select a.customer_id, d.product_id, l.last_at, f.unsafe
    from (
      select o.customer_id
      from app.customer_avoidances as o
      where o.vendor_id = $1 and o.customer_id >= $5 and o.codes && $3
      order by o.customer_id
    ) as a
    cross join lateral (
      select o.product_id
      from app.delivered_matches as o
      where o.vendor_id = $1 and o.customer_id = a.customer_id
        and (
          o.product_id in (
            select u.product_id from app.product_match_facts as u where u.vendor_id = $1 and u.unsafe & $2 <> 0
          )
        ) is true
      offset 0
    ) as d
    cross join lateral (
      select o.last_at
      from app.delivered_matches as o
      where o.vendor_id = $1 and o.product_id = d.product_id and o.customer_id = a.customer_id
      offset 0
    ) as l
    cross join lateral (
      select o.unsafe
      from app.product_match_facts as o
      where o.vendor_id = $1 and o.product_id = d.product_id
      offset 0
    ) as f';
begin
  return replace($statement$
  with terms as materialized (
    select t.code, t.self from app.match_terms($1, 'allergen') as t where t.code = any ($3)
  )
  select h.customer_id, h.product_id, h.last_at, n.codes
  from ({deliveries}) as h
  cross join lateral (
    select o.avoid_allergens, o.derived_limits
    from public.customer_health_profiles as o
    where o.vendor_id = $1 and o.customer_id = h.customer_id
    offset 0
  ) as p
  cross join lateral (
    select array_agg(t.code order by t.code) as codes
    from terms as t
    where h.unsafe & t.self <> 0
      and (
        t.code = any (p.avoid_allergens)
        or exists (
          select
          from jsonb_array_elements(p.derived_limits #> '{hard,avoid_allergens}') as e (entry)
          where e.entry ->> 'allergen' = t.code
            and not exists (
              select
              from public.products as o
              where o.vendor_id = $1 and o.id = h.product_id
                and o.dietary_tags && array(select jsonb_array_elements_text(e.entry -> 'unless_tags'))
            )
        )
      )
  ) as n
  where n.codes is not null and (h.customer_id, h.product_id) > ($5, $6)
  order by h.customer_id, h.product_id
  limit $7
  $statement$, '{deliveries}', case when by_product then v_of_product else v_of_allergen end);
end;
$$;

comment on function app.find_affected_statement is 'The statement that finds affected customers.';

-- sql/matching/find_cached_matches.sql
-- A cached match that still holds and has at least k results asked for; null when there is none.
create or replace function app.find_cached_matches(
  vendor_id uuid, customer_id uuid, catalog_version bigint, inputs_hash text, k int
)
returns public.matches_cache
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_row public.matches_cache;
begin
  select c.* into v_row
  from public.matches_cache as c
  where c.vendor_id = find_cached_matches.vendor_id
    and c.customer_id = find_cached_matches.customer_id
    and c.catalog_version = find_cached_matches.catalog_version
    and c.inputs_hash = find_cached_matches.inputs_hash
    and c.k >= find_cached_matches.k
    and c.ttl_at > clock_timestamp();
  return v_row;
end;
$$;

comment on function app.find_cached_matches is 'A cached match that still holds, or null.';

-- sql/matching/find_candidates.sql
-- The best `most` products that pass a customer's hard filters, best first: the prefilter. Exact, not a sample:
-- 0. what is on the allow list;
-- 1. what was written since the statistics were taken is looked at one by one;
-- 2. the classes of products (equal masks) that pass and meet the most goals, as long as they are few: this leaves the
--    very strict customers and the rare combinations of goals nothing to search for;
-- 3. cells, in the order of the best score they could hold, and no further than the `enough`-th score found so far; of
--    a cell only what is new enough: with the best budget_fit of the cell, older ones could not reach that score. The
--    newest of the best cells are looked at first, for a score to begin with.
-- Ties go to the newest change, then by id.
create or replace function app.find_candidates(
  vendor_id uuid, inputs jsonb, newest bigint, enough int, most int default 200
)
returns uuid[]
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set max_parallel_workers_per_gather = 0
set jit = off
as $$
declare
  few constant int := 5000;
  -- A cell's bound is this much above any score in it: the rounding of both, and more.
  slack constant int := 2;
  v_horizon constant xid8 := coalesce(
    (select s.horizon from app.match_statistics as s where s.vendor_id = find_candidates.vendor_id), '0'
  );
  v_sql record;
  v_passes text;
  v_mask_passes text;
  v_may_pass text;
  v_select text;
  v_allowed constant uuid[] := array(select i.id::uuid from jsonb_array_elements_text(inputs -> 'allow') as i (id));
  v_best app.match_candidates;
  v_classes record;
  v_met int;
  v_cells int[];
  v_bounds float8[];
  v_rests float8[];
  v_unread text;
  v_newest app.match_candidates;
  v_floor float8;
  v_at int := 1;
  v_to int;
  v_portion int := 16;
begin
  v_sql := app.match_expressions(find_candidates.vendor_id, inputs, newest);
  select
    coalesce(string_agg(' and ' || m.passes, ''), ''), coalesce(string_agg(' and ' || m.cell_may_pass, ''), ''),
    coalesce(string_agg(' and ' || m.passes, '') filter (where m.by_mask), '')
  into v_passes, v_may_pass, v_mask_passes
  from app.match_conditions(find_candidates.vendor_id, inputs) as m;
  -- The best so far ($1) and those of some more rows: their ids, times and scores, best first.
  v_select :=
    'select array_agg(x.product_id), array_agg(x.changed_at), array_agg(x.score) from ('
    'select y.* from (select * from unnest(($1).ids, ($1).times, ($1).scores) as k (product_id, changed_at, score) '
    'union all select f.product_id, f.changed_at, {score} from %s where f.vendor_id = {vendor} {passes} and %s) as y '
    'where y.score >= coalesce(($1).scores[{most}], -1) order by 3 desc, 2 desc, 1 limit {most}) as x';
  v_select := replace(v_select, '{vendor}', quote_literal(find_candidates.vendor_id));
  v_select := replace(v_select, '{most}', most::text);
  if v_allowed <> '{}' then
    execute format(
      replace(replace(v_select, '{score}', v_sql.allowed_score), '{passes}', v_passes),
      'app.product_match_facts as f', 'f.product_id = any ($2)'
    ) into v_best using v_best, v_allowed;
    v_passes := v_passes || format(' and f.product_id <> all (%L)', v_allowed);
  end if;
  v_select := replace(replace(v_select, '{score}', v_sql.score), '{passes}', v_passes);

  if exists (
    select from app.product_match_facts as f where f.vendor_id = find_candidates.vendor_id and f.written_by >= v_horizon
  ) then
    execute format(v_select, 'app.product_match_facts as f', format('f.written_by >= %L::xid8', v_horizon))
    into v_best using v_best;
  end if;

  execute format(
    'select array_agg(k.unsafe) as unsafe, array_agg(k.unproven) as unproven, array_agg(k.tags) as tags, '
    'min(k.met) as met from (select f.*, %s as met, sum(f.products) over (order by %1$s desc) as so_far '
    'from app.match_classes as f where f.vendor_id = %L %s) as k where k.so_far <= %s',
    v_sql.met, find_candidates.vendor_id, v_mask_passes, few
  ) into v_classes;
  -- Goals that what is left can meet at most.
  v_met := coalesce(v_classes.met, v_sql.goals + 1) - 1;
  if v_classes.met is not null then
    execute format(
      v_select,
      'unnest($2, $3, $4) as m (unsafe, unproven, tags) '
      'inner join app.product_match_facts as f using (unsafe, unproven, tags)',
      format('f.written_by < %L::xid8', v_horizon)
    ) into v_best using v_best, v_classes.unsafe, v_classes.unproven, v_classes.tags;
  end if;

  if v_met >= 0 then
    execute format(
      'select array_agg(b.cell), array_agg(b.bound), array_agg(b.rest) from ('
      'select r.*, floor(r.rest + r.recency) as bound from ('
      'select c.cell, %s + %L::float8 as rest, %s as recency from app.match_cells as c '
      'where c.vendor_id = %L %s offset 0) as r '
      'where r.rest + r.recency >= %L::float8 order by 4 desc, 1) as b',
      v_sql.bound, v_sql.preference_at_zero + v_met * v_sql.points_per_goal + slack, v_sql.cell_recency,
      find_candidates.vendor_id, v_may_pass, coalesce((v_best).scores[enough], -1)
    ) into v_cells, v_bounds, v_rests;
  end if;
  -- What neither 1 nor 2 looked at.
  v_unread := format('f.written_by < %L::xid8 and %s <= %s', v_horizon, v_sql.met, v_met);
  if v_cells is not null then
    execute format(
      v_select,
      format(
        'unnest($2) as m (cell) cross join lateral (select n.* from app.product_match_facts as n '
        'where n.vendor_id = %L and n.cell = m.cell order by n.changed_at desc limit %s) as f',
        find_candidates.vendor_id, case when v_sql.goals = 0 then 60 else 300 end
      ),
      v_unread || format(' and %s = %s', v_sql.met, v_met)
    ) into v_newest using v_best, v_cells[:16];
  end if;
  v_floor := coalesce((v_newest).scores[enough], -1);
  while v_at <= cardinality(v_cells) and v_bounds[v_at] >= v_floor loop
    v_to := v_at + v_portion - 1;
    execute format(
      v_select, 'unnest($2, $3) as m (cell, rest) inner join app.product_match_facts as f on f.cell = m.cell',
      format(
        'f.changed_at >= case when %1$L::float8 - m.rest > %2$L::float8 / 1000 '
        'then %3$s - ((%2$L::float8 / (%1$L::float8 - m.rest) - 1) * %4$L::float8)::bigint else %5$s end and %6$s',
        v_floor, v_sql.recency, newest, 90 * 86400e6, '(-9e18)::bigint', v_unread
      )
    )
    into v_best using v_best, v_cells[v_at:v_to], v_rests[v_at:v_to];
    v_floor := greatest(v_floor, (v_best).scores[enough]);
    v_at := v_to + 1;
    v_portion := v_portion * 4;
  end loop;
  return coalesce((v_best).ids, '{}');
end;
$$;

comment on function app.find_candidates is
  'Ids of the best products for a customer that pass every hard filter, best first.';

-- sql/matching/forget_matches.sql
-- What matching keeps of a customer goes with the customer; a withdrawn consent ends what was computed under it.
create or replace function app.forget_matches()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_customer_id constant uuid := case tg_table_name when 'customer_consents' then null else to_jsonb(old) ->> 'id' end;
begin
  if tg_op = 'INSERT' then
    delete from public.matches_cache as c where c.vendor_id = new.vendor_id and c.customer_id = new.customer_id;
    return null;
  end if;
  delete from public.matches_cache as c where c.vendor_id = old.vendor_id and c.customer_id = v_customer_id;
  if tg_op = 'DELETE' then
    delete from app.delivered_matches as d where d.vendor_id = old.vendor_id and d.customer_id = v_customer_id;
  end if;
  return null;
end;
$$;

comment on function app.forget_matches is
  'Trigger: removes cached and delivered matches of a customer who is gone or withdrew.';

create or replace trigger forget_matches_trigger
after delete or update of soft_deleted_at on public.customers
for each row execute function app.forget_matches();

create or replace trigger forget_matches_trigger
after insert on public.customer_consents
for each row when (not new.granted)
execute function app.forget_matches();

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

-- sql/matching/get_scoring_policy.sql
-- What GET /v1/scoring-policy and rpc('get_scoring_policy') call.
create or replace function public.get_scoring_policy()
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return app.get_scoring_policy();
end;
$$;

comment on function public.get_scoring_policy is
  'How matches are scored for the caller''s vendor: its own policy, or the platform''s (vendor_id null). For admins.';
grant execute on function public.get_scoring_policy to authenticated;

-- sql/matching/keep_customer_avoidances.sql
-- Keeps app.customer_avoidances in step with customer_health_profiles in the statement that writes these, whoever
-- writes. Definer: writers of profiles have no rights on it.
create or replace function app.keep_customer_avoidances()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if tg_op <> 'DELETE' then
    insert into app.customer_avoidances as a (vendor_id, customer_id, codes)
    select c.vendor_id, c.customer_id, v.codes
    from changed as c
    cross join lateral (
      select array_agg(distinct w.code order by w.code) as codes
      from (
        select unnest(c.avoid_allergens) as code
        union all
        select e.entry ->> 'allergen'
        from jsonb_array_elements(c.derived_limits #> '{hard,avoid_allergens}') as e (entry)
      ) as w
    ) as v
    where v.codes is not null
    order by c.customer_id
    on conflict (vendor_id, customer_id) do update
    set codes = excluded.codes
    where a.codes <> excluded.codes;
  end if;
  if tg_op <> 'INSERT' then
    delete from app.customer_avoidances as a
    using changed as c
    where a.vendor_id = c.vendor_id and a.customer_id = c.customer_id
      and (
        tg_op = 'DELETE'
        or c.avoid_allergens = '{}' and coalesce(c.derived_limits #> '{hard,avoid_allergens}', '[]') = '[]'
      );
  end if;
  return null;
end;
$$;

comment on function app.keep_customer_avoidances is
  'Trigger: notes what the customers of a statement''s profiles avoid.';

create or replace trigger keep_customer_avoidances_on_insert_trigger
after insert on public.customer_health_profiles
referencing new table as changed
for each statement execute function app.keep_customer_avoidances();

create or replace trigger keep_customer_avoidances_on_update_trigger
after update on public.customer_health_profiles
referencing new table as changed
for each statement execute function app.keep_customer_avoidances();

create or replace trigger keep_customer_avoidances_on_delete_trigger
after delete on public.customer_health_profiles
referencing old table as changed
for each statement execute function app.keep_customer_avoidances();

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

-- sql/matching/keep_match_bits.sql
-- New terms get their bits. A term that changes its place in the tree changes what products with it are safe for: the
-- facts of the vendor (of every vendor, for a platform term) are written anew.
create or replace function app.keep_match_bits()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id uuid;
  v_is_alone boolean := false;
begin
  if tg_op = 'INSERT' then
    perform app.give_match_bit(tg_argv[0], new.code, new.vendor_id);
    v_is_alone := new.parent_id is null and not exists (
      select from app.match_bits as b where b.kind = tg_argv[0] and b.code = new.code and b.vendor_id is null
    );
  end if;
  if tg_op = 'INSERT' and new.vendor_id is null then
    -- Seeds: products that carried the word before could not name it.
    return null;
  end if;
  for v_vendor_id in
    select v.id from public.vendors as v
    where v.id = coalesce(new.vendor_id, old.vendor_id) or coalesce(new.vendor_id, old.vendor_id) is null
  loop
    -- A new term that stands below no other, and in the place of none, concerns the products that carry it and those
    -- of which too little is known. Any other change also concerns those above and below.
    perform app.rebuild_match_facts(
      v_vendor_id,
      case when v_is_alone and tg_argv[0] = 'allergen' then new.code end,
      case when v_is_alone and tg_argv[0] = 'tag' then new.code end
    );
    delete from public.matches_cache as c where c.vendor_id = v_vendor_id;
  end loop;
  return null;
end;
$$;

comment on function app.keep_match_bits is
  'Trigger: gives terms their bits and rewrites the facts that depend on them.';

create or replace trigger keep_match_bits_trigger
after insert or delete or update of parent_id, code on public.tax_allergens
for each row execute function app.keep_match_bits('allergen');

create or replace trigger keep_match_bits_trigger
after insert or delete or update of parent_id, code on public.tax_tags
for each row execute function app.keep_match_bits('tag');

select app.give_match_bit('allergen', t.code, t.vendor_id)
from (select a.code, a.vendor_id from public.tax_allergens as a order by a.vendor_id nulls first, a.code) as t;
select app.give_match_bit('tag', t.code, t.vendor_id)
from (select a.code, a.vendor_id from public.tax_tags as a order by a.vendor_id nulls first, a.code) as t;

-- sql/matching/keep_match_facts.sql
-- Keeps app.product_match_facts in step with public.products in the statement that writes these, whoever writes. By
-- statement, not by row: a batch of a file costs one more insert, not fifty thousand calls.
-- Definer: writers of products have no rights on the facts.
create or replace function app.keep_match_facts()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
set enable_mergejoin = off
-- Transition tables have no statistics; a nested loop over tens of thousands of rows and lists took a minute a batch.
set enable_nestloop = off
set work_mem = '64MB'
as $$
declare
  v_vendor_id uuid;
  v_terms record;
begin
  for v_vendor_id in select distinct c.vendor_id from changed as c loop
    if tg_op <> 'DELETE' then
      v_terms := app.match_fact_terms(v_vendor_id);
      execute app.write_match_facts_statement('changed', only_new => tg_op = 'INSERT')
      using v_vendor_id, v_terms.up, v_terms.down, v_terms.tags, v_terms.every_allergen;
    end if;
    if tg_op <> 'INSERT' then
      delete from app.product_match_facts as f
      using changed as c
      where f.vendor_id = v_vendor_id and c.vendor_id = v_vendor_id and f.product_id = c.id
        and (tg_op = 'DELETE' or c.status <> 'active' or c.soft_deleted_at is not null);
    end if;
  end loop;
  return null;
end;
$$;

comment on function app.keep_match_facts is 'Trigger: computes the facts of the products a statement wrote.';

create or replace trigger keep_match_facts_on_insert_trigger
after insert on public.products
referencing new table as changed
for each statement execute function app.keep_match_facts();

create or replace trigger keep_match_facts_on_update_trigger
after update on public.products
referencing new table as changed
for each statement execute function app.keep_match_facts();

create or replace trigger keep_match_facts_on_delete_trigger
after delete on public.products
referencing old table as changed
for each statement execute function app.keep_match_facts();

-- sql/matching/keep_match_statistics.sql
-- Takes a vendor's statistics anew when so much was written since that looking at it one by one costs more.
create or replace function app.keep_match_statistics(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_statistics app.match_statistics;
  v_most bigint;
begin
  select s.* into v_statistics from app.match_statistics as s where s.vendor_id = keep_match_statistics.vendor_id;
  -- A transaction that is still under way keeps the horizon where it is: nothing to gain yet.
  if v_statistics.horizon = pg_snapshot_xmin(pg_current_snapshot()) then
    return;
  end if;
  v_most := greatest(2000, coalesce(v_statistics.products, 0) / 50);
  if (
    select count(*)
    from (
      select
      from app.product_match_facts as f
      where f.vendor_id = keep_match_statistics.vendor_id and f.written_by >= coalesce(v_statistics.horizon, '0')
      limit v_most + 1
    ) as written
  ) > v_most then
    perform app.refresh_match_statistics(keep_match_statistics.vendor_id);
  end if;
end;
$$;

comment on function app.keep_match_statistics is 'Refreshes the statistics of a vendor''s facts when they are too old.';

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

-- sql/matching/match_budgets.sql
-- What a serving is measured against, as rows: each daily ceiling costs, each bonus (with a daily floor) earns.
--   weight  how much it counts: 2 when a condition or the customer asks for it, 1 for what holds for everybody; of a
--           bonus its own
--   full    the share of the day's amount in one serving at which it costs all, or earns all
create or replace function app.match_budgets(limits jsonb)
returns table (kind text, nutrient text, amount numeric, condition text, weight numeric, "full" numeric)
language plpgsql
immutable
set search_path = ''
as $$
begin
  return query
  select
    'ceiling', c.key, (c.value ->> 'amount')::numeric, c.value ->> 'condition',
    case when c.value ->> 'condition' = 'general' then 1 else 2 end::numeric, 0.5
  from jsonb_each(limits -> 'ceilings') as c
  union all
  select 'bonus', b.key, (limits #>> array['floors', b.key, 'amount'])::numeric, b.value ->> 'condition',
    (b.value ->> 'weight')::numeric, 0.2
  from jsonb_each(limits -> 'bonuses') as b
  where (limits #>> array['floors', b.key, 'amount'])::numeric > 0 and (b.value ->> 'weight')::numeric > 0;
end;
$$;

comment on function app.match_budgets is 'Ceilings and bonuses of derived limits with the weights of the scoring.';

-- sql/matching/match_cells.sql
-- What is known of each cell of a vendor's facts: how many products, the newest change, what all of them are unsafe
-- for, which tags any has, and the extremes of their nutrients. From these the best score a cell can hold for a
-- customer is bounded, and most cells are never opened. Taken by app.refresh_match_statistics; what was written since
-- is looked at one by one, so old statistics cost time, never a match.
create table app.match_cells (
  vendor_id uuid not null,
  cell int not null,
  products int not null,
  newest bigint not null,
  risky_for bigint not null,
  unsafe_for bigint not null,
  tags bigint not null,
  missing int not null,
  calories real,
  protein_g real,
  carbs_g real,
  fat_g real,
  sat_fat_g real,
  trans_fat_g real,
  sugar_g real,
  added_sugar_g real,
  fiber_g real,
  sodium_mg real,
  cholesterol_mg real,
  potassium_mg real,
  phosphorus_mg real,
  iron_mg real,
  caffeine_mg real,
  alcohol_g real,
  most_protein_g real,
  most_fiber_g real,
  most_iron_mg real,
  primary key (vendor_id, cell)
);

comment on table app.match_cells is 'Statistics of the cells of app.product_match_facts.';
comment on column app.match_cells.newest is 'The greatest changed_at.';
comment on column app.match_cells.risky_for is 'Allergens that every product of the cell contains or cannot rule out.';
comment on column app.match_cells.unsafe_for is 'Allergens that every product of the cell contains or may contain.';
comment on column app.match_cells.tags is 'Tags that at least one product has.';
comment on column app.match_cells.missing is
  'Nutrients some product does not state: a bit each, by app.match_nutrients.';
comment on column app.match_cells.calories is
  'The least stated, as of each nutrient that follows; most_ is the greatest.';

alter table app.match_cells enable row level security;
alter table app.match_cells force row level security;

-- sql/matching/match_classes.sql
-- How many of a vendor's products share the same masks: what each hard filter excludes is counted here instead of in
-- half a million rows. Taken with app.match_cells.
create table app.match_classes (
  vendor_id uuid not null,
  unsafe bigint not null,
  unproven bigint not null,
  tags bigint not null,
  products int not null,
  primary key (vendor_id, unsafe, unproven, tags)
);

comment on table app.match_classes is 'Products by masks, for the counts of excluded ones.';

alter table app.match_classes enable row level security;
alter table app.match_classes force row level security;

-- sql/matching/match_component.sql
-- One component of a score as answers show it: its value from 0 to 1, its share of all weights, and the points of both.
create or replace function app.match_component(weight numeric, weights numeric, value numeric)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'value', trim_scale(round(value, 6)),
    'weight', trim_scale(round(weight / weights, 6)),
    'points', trim_scale(round(weight * value / weights, 6))
  );
end;
$$;

comment on function app.match_component is 'A component of a score: value, weight and points.';

-- sql/matching/match_conditions.sql
-- The hard filters of a customer as SQL over app.product_match_facts as f, one row each: the name it is counted under,
-- what a product must satisfy, and what a cell (app.match_cells as c) must satisfy for any of its products to do so.
-- Unknown fails closed: a product whose allergens are not fully known is out when the customer avoids one that nothing
-- rules out, unless the policy says warn; a product that does not state a nutrient which labels must state is out when
-- the customer has an explicit limit on it.
-- by_mask: the condition speaks of masks only, so it can be asked of app.match_classes as f too.
-- Only constants of ours and numbers reach the text, everything else quoted.
create or replace function app.match_conditions(vendor_id uuid, inputs jsonb)
returns table (filter text, passes text, cell_may_pass text, by_mask boolean)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_strict constant boolean := inputs #>> '{policy,unknown_allergens}' <> 'warn';
  v_product constant text := format(
    'select from public.products as p where p.vendor_id = %L and p.id = f.product_id and ', vendor_id
  );
begin
  return query
  with allergen as materialized (
    select t.code, t.self from app.match_term_bits(match_conditions.vendor_id, 'allergen') as t
  ),
  tag as materialized (
    select t.code, t.self from app.match_term_bits(match_conditions.vendor_id, 'tag') as t
  ),
  avoided as (
    select a.code, null::jsonb as unless
    from jsonb_array_elements_text(inputs -> 'avoid_allergens') as a (code)
    union
    select e.entry ->> 'allergen', nullif(e.entry -> 'unless_tags', '[]')
    from jsonb_array_elements(inputs #> '{limits,hard,avoid_allergens}') as e (entry)
  ),
  avoided_mask as (
    select
      v.unless,
      bit_or(a.self) as mask,
      (select coalesce(bit_or(t.self), 0) from tag as t where v.unless ? t.code) as excuse
    from avoided as v
    inner join allergen as a on a.code = v.code
    group by v.unless
  )
  select
    k.filter,
    format(
      '(f.%I & %s = 0%s)', k.fact, m.mask, case when m.excuse <> 0 then format(' or f.tags & %s <> 0', m.excuse) end
    ),
    format(
      '(c.%I & %s = 0%s)', k.of_cell, m.mask, case when m.excuse <> 0 then format(' or c.tags & %s <> 0', m.excuse) end
    ),
    true
  from avoided_mask as m
  cross join (
    values ('allergens', 'unsafe', 'unsafe_for'), ('unknown_allergens', 'unproven', 'risky_for')
  ) as k (filter, fact, of_cell)
  where v_strict or k.filter = 'allergens'

  union all
  -- A word that is no term any more: the lists themselves are looked at.
  select
    'allergens',
    format(
      'exists (' || v_product || '(%L = any (p.free_from) or p.allergens is not null '
      'and %L <> all (p.allergens || coalesce(p.may_contain, ''{}''))))',
      v.code, v.code
    ),
    'true',
    false
  from avoided as v
  where v.code not in (select a.code from allergen as a)

  union all
  select
    'diet_rules',
    case when t.self is not null then format('f.tags & %s <> 0', t.self)
      else format('exists (' || v_product || '%L = any (p.dietary_tags))', r.tag) end,
    case when t.self is not null then format('c.tags & %s <> 0', t.self) else 'true' end,
    t.self is not null
  from (
    select distinct e.entry ->> 'tag' as tag
    from jsonb_array_elements(inputs #> '{limits,hard,require_tags}') as e (entry)
  ) as r
  left join tag as t on t.code = r.tag

  union all
  -- The facts are rounded: a hair's breadth above the limit passes here, and is judged exactly when it is scored.
  select
    'nutrient_limits',
    case
      when n.nutrient is null then format(
        'not exists (' || v_product || '(p.nutrition ->> %L)::numeric '
        '* app.serving_factor(p.nutrition_basis, p.serving_size) > %s)',
        l.nutrient, l.amount
      )
      when n.on_label then format('coalesce(f.%I <= %L::real, false)', n.nutrient, l.amount * 1.000001)
      else format('coalesce(f.%I <= %L::real, true)', n.nutrient, l.amount * 1.000001)
    end,
    case
      when n.nutrient is null then 'true'
      when n.on_label then format('coalesce(c.%I <= %L::real, false)', n.nutrient, l.amount * 1.000001)
      else format('(c.%I <= %L::real or c.missing & %s <> 0)', n.nutrient, l.amount * 1.000001, 1 << n.place)
    end,
    false
  from (
    select e.entry ->> 'nutrient' as nutrient, min((e.entry ->> 'amount')::numeric) as amount
    from jsonb_array_elements(inputs #> '{limits,hard,max_per_serving}') as e (entry)
    group by e.entry ->> 'nutrient'
  ) as l
  left join app.match_nutrients() as n on n.nutrient = l.nutrient

  union all
  select 'deny_list', format('f.product_id <> all (%L::uuid[])', d.ids), 'true', false
  from (
    select array_agg(i.id::uuid order by i.id) as ids from jsonb_array_elements_text(inputs -> 'deny') as i (id)
  ) as d
  where d.ids is not null;
end;
$$;

comment on function app.match_conditions is 'Hard filters of a customer as SQL over facts and cells.';

-- sql/matching/match_expressions.sql
-- The score as SQL: `score` over app.product_match_facts as f, `bound` over app.match_cells as c, which the budget_fit
-- of no product of the cell exceeds. To it come preference_fit (`preference_at_zero` and `points_per_goal` for each
-- goal met) and recency, at most `cell_recency`. `met` counts the goals a product of f meets. Double precision, the
-- same operations in the same order, in millionths; the score is rounded half up to whole ones. `allowed_score` is that
-- of products on the allow list. app.score_products computes what is answered, exactly; docs/matching.md tells the
-- formula.
create or replace function app.match_expressions(
  vendor_id uuid, inputs jsonb, newest bigint, out score text, out allowed_score text, out bound text, out met text,
  out goals int, out preference_at_zero double precision, out points_per_goal double precision,
  out recency double precision, out cell_recency text
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_preference double precision := (inputs #>> '{policy,weights,preference_fit}')::numeric;
  v_budget double precision := (inputs #>> '{policy,weights,budget_fit}')::numeric;
  v_recency double precision := (inputs #>> '{policy,weights,recency}')::numeric;
  v_all double precision := (v_preference + v_budget + v_recency) / 1e6;
  v_weights double precision;
begin
  select count(*), coalesce(string_agg(format('(f.tags & %s <> 0)::int', g.self), ' + ' order by g.code), '0')
  into goals, met
  from app.match_goals(match_expressions.vendor_id, inputs) as g;
  preference_at_zero := case when goals = 0 then v_preference / 2 / v_all else 0 end;
  points_per_goal := case when goals = 0 then 0 else v_preference / goals / v_all end;
  recency := v_recency / v_all;
  score := format(
    '%L::float8 / (1 + (%s - f.changed_at)::float8 * %L::float8)', recency, newest, 1 / (90 * 86400e6)
  );
  cell_recency := format(
    '%L::float8 / (1 + (%s - least(c.newest, %2$s))::float8 * %L::float8)', recency, newest, 1 / (90 * 86400e6)
  );
  bound := '0';

  select sum(b.weight)::float8 into v_weights from app.match_budgets(inputs -> 'limits') as b;
  select
    score || coalesce(string_agg(
      case
        when b.kind = 'ceiling' and b.amount > 0 then format(
          ' + greatest(0, coalesce(%1$L::float8 - %2$s * %3$L::float8, %4$L::float8))',
          p.points, coalesce('f.' || n.nutrient, v.value), p.points / (b.amount * b.full)::float8, p.points / 2
        )
        when b.kind = 'ceiling' then format(
          ' + case when %2$s > 0 then 0 when %2$s = 0 then %1$L::float8 else %3$L::float8 end',
          p.points, coalesce('f.' || n.nutrient, v.value), p.points / 2
        )
        else format(
          ' + least(%1$L::float8, coalesce(%2$s * %3$L::float8, 0))',
          p.points, coalesce('f.' || n.nutrient, v.value), p.points / (b.amount * b.full)::float8
        )
      end,
      '' order by b.kind, b.nutrient
    ), ''),
    bound || coalesce(string_agg(
      case
        when b.kind = 'ceiling' and b.amount > 0 and n.nutrient is not null then format(
          ' + greatest(0, %1$L::float8 - c.%2$I * %3$L::float8, case when c.missing & %5$s <> 0 then %4$L::float8 end)',
          p.points, n.nutrient, p.points / (b.amount * b.full)::float8, p.points / 2, 1 << n.place
        )
        when b.kind = 'bonus' and b.nutrient in ('protein_g', 'fiber_g', 'iron_mg') then format(
          ' + least(%1$L::float8, coalesce(c.%2$I * %3$L::float8, 0))',
          p.points, 'most_' || b.nutrient, p.points / (b.amount * b.full)::float8
        )
        else format(' + %L::float8', p.points)
      end,
      '' order by b.kind, b.nutrient
    ), '')
  into score, bound
  from app.match_budgets(inputs -> 'limits') as b
  left join app.match_nutrients() as n on n.nutrient = b.nutrient
  cross join lateral (select v_budget * b.weight::float8 / v_weights / v_all as points) as p
  cross join lateral (
    select format(
      '(select ((p.nutrition ->> %L)::numeric * app.serving_factor(p.nutrition_basis, p.serving_size))::float8 '
      'from public.products as p where p.vendor_id = %L and p.id = f.product_id)',
      b.nutrient, match_expressions.vendor_id
    ) as value
  ) as v;
  if v_weights is null then
    score := score || format(' + %L::float8', v_budget / 2 / v_all);
    bound := bound || format(' + %L::float8', v_budget / 2 / v_all);
  end if;
  allowed_score := format('floor(%L::float8 + %s + 0.5)', v_preference / v_all, score);
  score := format('floor(%L::float8 + (%s) * %L::float8 + %s + 0.5)', preference_at_zero, met, points_per_goal, score);
end;
$$;

comment on function app.match_expressions is 'Score of a product''s facts and bound of a cell, as SQL.';

-- sql/matching/match_fact_terms.sql
-- Writes the facts of one vendor's rows of `source`: the transition table of a trigger, or public.products itself.
create or replace function app.match_fact_terms(
  vendor_id uuid, out up jsonb, out down jsonb, out tags jsonb, out every_allergen bigint
)
language plpgsql
stable
set search_path = ''
as $$
begin
  select
    coalesce(jsonb_object_agg(t.code, t.up), '{}'), coalesce(jsonb_object_agg(t.code, t.down), '{}'),
    coalesce(bit_or(t.self), 0)
  into match_fact_terms.up, match_fact_terms.down, every_allergen
  from app.match_terms(match_fact_terms.vendor_id, 'allergen') as t;
  select coalesce(jsonb_object_agg(t.code, t.up), '{}') into match_fact_terms.tags
  from app.match_terms(match_fact_terms.vendor_id, 'tag') as t;
end;
$$;

comment on function app.match_fact_terms is 'Masks by code, as app.write_match_facts_statement takes them.';

-- sql/matching/match_goals.sql
-- The customer's goals that a product's dietary tags can meet, with their masks, and the tags that meet each: itself
-- and what stands below it. A goal that is no tag (lose_weight) says nothing about a single product and does not count.
create or replace function app.match_goals(vendor_id uuid, inputs jsonb)
returns table (code text, self bigint, below text[])
language plpgsql
stable
set search_path = ''
as $$
begin
  if inputs -> 'diet_goals' = '[]' then
    return;
  end if;
  return query
  with recursive term as materialized (
    select b.code, b.self from app.match_term_bits(match_goals.vendor_id, 'tag') as b
  ),
  above as materialized (
    select p.code, p.upper from app.match_term_parents(match_goals.vendor_id, 'tag') as p
  ),
  pair as (
    select t.code as goal, t.code as lower
    from term as t
    where inputs -> 'diet_goals' ? t.code
    union
    select p.goal, a.code
    from pair as p
    inner join above as a on a.upper = p.lower
  )
  select p.goal, bit_or(t.self) filter (where t.code = p.goal), array_agg(t.code order by t.code)
  from pair as p
  inner join term as t on t.code = p.lower
  group by p.goal
  order by p.goal;
end;
$$;

comment on function app.match_goals is 'Goals of a customer that dietary tags can meet, and the tags that meet each.';

-- sql/matching/match_inputs.sql
-- All that a customer and the vendor's rules put into a match, as one value: the scoring sees nothing else of them, and
-- its hash tells whether a cached match still holds. Null without a health profile.
create or replace function app.match_inputs(vendor_id uuid, customer_id uuid)
returns jsonb
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_profile constant public.customer_health_profiles :=
    app.fresh_health_profile(match_inputs.vendor_id, match_inputs.customer_id);
  v_policy constant public.scoring_policies := app.effective_scoring_policy(match_inputs.vendor_id);
begin
  if v_profile.customer_id is null then
    return null;
  end if;
  return jsonb_build_object(
    'limits', v_profile.derived_limits,
    'avoid_allergens', to_jsonb(v_profile.avoid_allergens),
    'diet_goals', to_jsonb(v_profile.diet_goals),
    'policy', jsonb_build_object('weights', v_policy.weights, 'unknown_allergens', v_policy.unknown_allergens),
    'allow', (
      select coalesce(jsonb_agg(w.product_id order by w.product_id), '[]')
      from public.customer_whitelists as w
      where w.vendor_id = match_inputs.vendor_id and w.customer_id = match_inputs.customer_id
    ),
    'deny', (
      select coalesce(jsonb_agg(b.product_id order by b.product_id), '[]')
      from public.customer_blacklists as b
      where b.vendor_id = match_inputs.vendor_id and b.customer_id = match_inputs.customer_id
    )
  );
end;
$$;

comment on function app.match_inputs is 'What a customer''s matches are computed from; null without a health profile.';

-- sql/matching/match_nutrients.sql
-- The nutrients that app.product_match_facts has columns for, by place; the place is the bit in match_cells.missing.
-- on_label: US labels must state it (21 CFR 101.9), so that a missing value counts against an explicit limit.
create or replace function app.match_nutrients()
returns table (place int, nutrient text, on_label boolean)
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return query
  values
    (0, 'calories', true), (1, 'protein_g', true), (2, 'carbs_g', true), (3, 'fat_g', true), (4, 'sat_fat_g', true),
    (5, 'trans_fat_g', true), (6, 'sugar_g', true), (7, 'added_sugar_g', true), (8, 'fiber_g', true),
    (9, 'sodium_mg', true), (10, 'cholesterol_mg', true), (11, 'potassium_mg', true), (12, 'phosphorus_mg', false),
    (13, 'iron_mg', true), (14, 'caffeine_mg', false), (15, 'alcohol_g', false);
end;
$$;

comment on function app.match_nutrients is
  'Nutrients that the facts of the matching hold, and whether labels must state them.';

-- sql/matching/match_products.sql
-- What GET /v1/matches/:customer_id and rpc('match_products') call.
create or replace function public.match_products(customer_id uuid, k int default 20)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.match_products(match_products.customer_id, match_products.k);
end;
$$;

comment on function public.match_products is
  'The k (1 to 100) products that suit a customer best, scored and explained: {"customer_id", "catalog_version", '
  '"cached", "generated_at", "results", "excluded"}. For operators; needs the consent '
  'health_data and a health profile.';
grant execute on function public.match_products to authenticated;

-- sql/matching/match_reasons.sql
-- Why each product is where it is, in plain words, what the customer's own conditions ask first. All matches together:
-- a call for each took as long as scoring them. `matches` has for each its rank and what app.score_products knows.
create or replace function app.match_reasons(matches jsonb)
returns table (rank int, reasons jsonb)
language plpgsql
immutable
set search_path = ''
as $$
begin
  return query
  with match as materialized (
    select (m.value ->> 'rank')::int as rank, m.value as facts from jsonb_array_elements(matches) as m
  ),
  budget as materialized (
    select
      m.rank, b.value ->> 'kind' as kind, b.value ->> 'nutrient' as nutrient, (b.value ->> 'share')::numeric as share,
      (b.value ->> 'daily')::numeric as daily, b.value ->> 'condition' as condition,
      b.value ->> 'condition' = 'general' as is_general, b.value ->> 'amount' is not null as is_stated
    from match as m
    cross join lateral jsonb_array_elements(m.facts -> 'nutrients') as b
  ),
  -- What a reason says of a budget, whatever the product.
  phrase as materialized (
    select
      d.kind, d.nutrient, w.name,
      case d.kind when 'ceiling' then 'uses' else 'gives' end as verb,
      format(
        '%% of the daily %s %s (%s %s, %s)', w.name, case d.kind when 'ceiling' then 'budget' else 'goal' end,
        rtrim(to_char(d.daily, 'FM999,999,990.99'), '.'), w.unit,
        case d.condition
          when 'general' then 'general advice'
          when 'customer' then 'own limit'
          else replace(d.condition, '_', ' ')
        end
      ) as rest
    from (select distinct b.kind, b.nutrient, b.daily, b.condition from budget as b) as d
    cross join lateral app.nutrient_words(d.nutrient) as w
  ),
  reason (rank, place, weight, text) as (
    select m.rank, 1, 0, 'is on the allow list, and passes every hard filter'
    from match as m
    where (m.facts ->> 'is_allowed')::boolean
    union all
    select m.rank, 2, 0, format(
      'meets %s of %s goals%s', jsonb_array_length(m.facts -> 'met'), jsonb_array_length(m.facts -> 'goals'),
      ': ' || (
        select string_agg(replace(g.code, '_', ' '), ', ')
        from jsonb_array_elements_text(m.facts -> 'met') as g (code)
      )
    )
    from match as m
    where m.facts -> 'goals' <> '[]'
    union all
    select b.rank, case when b.is_general then 4 else 3 end, -b.share,
      p.verb || ' ' || round(b.share * 100) || ' ' || p.rest
    from budget as b
    inner join phrase as p on p.kind = b.kind and p.nutrient = b.nutrient
    where b.share is not null and (not b.is_general or b.share >= 0.05)
    union all
    select b.rank, 5, 0, format(
      'does not state %s: counts as half of what a serving may cost', string_agg(p.name, ', ' order by p.name)
    )
    from budget as b
    inner join phrase as p on p.kind = b.kind and p.nutrient = b.nutrient
    where not b.is_stated and b.kind = 'ceiling'
    group by b.rank
    union all
    select m.rank, 6, 0, 'states nutrients per 100 g and no serving size: a serving counts as 100 g'
    from match as m
    where (m.facts ->> 'is_per_100g')::boolean
    union all
    select m.rank, 0, 0, format(
      'allergens are not fully known: %s cannot be ruled out',
      (
        select string_agg(replace(u.code, '_', ' '), ', ')
        from jsonb_array_elements_text(m.facts -> 'unproven') as u (code)
      )
    )
    from match as m
    where m.facts -> 'unproven' <> '[]'
  )
  select m.rank, coalesce(jsonb_agg(r.text order by r.place, r.weight, r.text) filter (where r.text is not null), '[]')
  from match as m
  left join reason as r on r.rank = m.rank
  group by m.rank;
end;
$$;

comment on function app.match_reasons is 'Reasons of matches in plain words, by rank.';

-- sql/matching/match_statistics.sql
-- Up to where a vendor's cells and classes are known: rows written by transactions from `horizon` on may be missing.
create table app.match_statistics (
  vendor_id uuid primary key references public.vendors (id) on delete cascade,
  horizon xid8 not null,
  products bigint not null,
  taken_at timestamptz not null default clock_timestamp()
);

comment on table app.match_statistics is 'Which transactions app.match_cells covers, by vendor.';

alter table app.match_statistics enable row level security;
alter table app.match_statistics force row level security;

-- sql/matching/match_term_bits.sql
-- The allergens or tags of a vendor, each with its bit as a mask. Where the vendor has a term of its own in the place
-- of the platform's, its own bit counts.
create or replace function app.match_term_bits(vendor_id uuid, kind text)
returns table (code text, self bigint)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select distinct on (t.code) t.code, 1::bigint << b.bit
  from (
    select a.code, a.vendor_id, 'allergen' as kind from public.tax_allergens as a
    union all
    select g.code, g.vendor_id, 'tag' from public.tax_tags as g
  ) as t
  inner join app.match_bits as b
    on b.kind = t.kind and b.code = t.code and b.vendor_id is not distinct from t.vendor_id
  where t.kind = match_term_bits.kind and (t.vendor_id is null or t.vendor_id = match_term_bits.vendor_id)
  order by t.code, t.vendor_id nulls last;
end;
$$;

comment on function app.match_term_bits is 'Allergens or dietary tags of a vendor with their bits.';

-- sql/matching/match_term_parents.sql
-- What stands above the allergens or tags of a vendor. A vendor's own term of a platform term's code adds to its place
-- in the tree: what stands above or below the platform's stays there.
create or replace function app.match_term_parents(vendor_id uuid, kind text)
returns table (code text, upper text)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  with visible as materialized (
    select t.id, t.parent_id, t.code
    from (
      select a.id, a.parent_id, a.code, a.vendor_id, 'allergen' as kind from public.tax_allergens as a
      union all
      select g.id, g.parent_id, g.code, g.vendor_id, 'tag' from public.tax_tags as g
    ) as t
    where t.kind = match_term_parents.kind and (t.vendor_id is null or t.vendor_id = match_term_parents.vendor_id)
  )
  select distinct v.code, u.code
  from visible as v
  inner join visible as u on u.id = v.parent_id;
end;
$$;

comment on function app.match_term_parents is 'Allergens or dietary tags of a vendor with what stands right above.';

-- sql/matching/match_terms.sql
-- The allergens or tags of a vendor as masks: `self`, `up` (itself and what stands above it), `down` (itself and what
-- stands below it). Avoiding gluten means wheat too, and gluten may be wheat.
create or replace function app.match_terms(vendor_id uuid, kind text)
returns table (code text, self bigint, up bigint, down bigint)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  with recursive term as materialized (
    select b.code, b.self from app.match_term_bits(match_terms.vendor_id, match_terms.kind) as b
  ),
  above as materialized (
    select p.code, p.upper from app.match_term_parents(match_terms.vendor_id, match_terms.kind) as p
  ),
  pair as (
    select t.code as lower, t.code as upper from term as t
    union
    select p.lower, a.upper
    from pair as p
    inner join above as a on a.code = p.upper
  )
  select t.code, t.self, u.mask, l.mask
  from term as t
  inner join (
    select p.lower, bit_or(o.self) as mask from pair as p inner join term as o on o.code = p.upper group by p.lower
  ) as u on u.lower = t.code
  inner join (
    select p.upper, bit_or(o.self) as mask from pair as p inner join term as o on o.code = p.lower group by p.upper
  ) as l on l.upper = t.code;
end;
$$;

comment on function app.match_terms is
  'Allergens or dietary tags of a vendor with the masks of themselves, above and below.';

-- sql/matching/newest_product_change.sql
-- When a vendor's catalogue last changed, in microseconds since 1970; 0 while it is empty.
create or replace function app.newest_product_change(vendor_id uuid)
returns bigint
language plpgsql
stable
set search_path = ''
as $$
declare
  v_key constant text := replace(newest_product_change.vendor_id::text, '-', '');
  v_newest timestamptz;
begin
  execute format('select * from partitions.newest_product_%s()', v_key) into v_newest;
  return coalesce((extract(epoch from v_newest) * 1000000)::bigint, 0);
end;
$$;

comment on function app.newest_product_change is
  'The newest change of a vendor''s products in microseconds since 1970.';

-- sql/matching/nutrient_words.sql
-- How a nutrient is spoken of: sodium_mg is sodium, in mg.
create or replace function app.nutrient_words(nutrient text, out name text, out unit text)
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  -- No regular expressions: an answer speaks of a hundred nutrients.
  unit := case when nutrient = 'calories' then 'kcal' else split_part(nutrient, '_', -1) end;
  name := case nutrient
    when 'calories' then 'energy'
    when 'sat_fat_g' then 'saturated fat'
    when 'carbs_g' then 'carbohydrate'
    else replace(left(nutrient, -length(unit) - 1), '_', ' ')
  end;
end;
$$;

comment on function app.nutrient_words is 'Name and unit of a nutrient in plain words.';

-- sql/matching/purge_matches_cache.sql
-- Removes cached matches whose time is over, a bounded number a call. A schedule calls it.
create or replace function app.purge_matches_cache(max_rows int default 10000, at timestamptz default clock_timestamp())
returns bigint
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_removed bigint;
begin
  delete from public.matches_cache as c
  where c.ctid = any (array(
    select o.ctid from public.matches_cache as o
    where o.ttl_at < purge_matches_cache.at
    order by o.ttl_at
    limit purge_matches_cache.max_rows
    for update skip locked
  ));
  get diagnostics v_removed = row_count;
  return v_removed;
end;
$$;

comment on function app.purge_matches_cache is
  'Removes up to max_rows cached matches whose time is over; returns how many.';
grant execute on function app.purge_matches_cache to service_role;

-- sql/matching/put_scoring_policy.sql
-- What PUT /v1/scoring-policy and rpc('put_scoring_policy') call.
create or replace function public.put_scoring_policy(policy jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.put_scoring_policy(put_scoring_policy.policy);
end;
$$;

comment on function public.put_scoring_policy is
  'Stores the vendor''s own scoring policy {"weights": {"preference_fit", "budget_fit", "recency"}, '
  '"unknown_allergens"}; a change is another version and makes cached matches void. For admins.';
grant execute on function public.put_scoring_policy to authenticated;

-- sql/matching/rebuild_match_facts.sql
-- Computes the facts of a vendor's products anew: all of them, or those that a new allergen or tag concerns. A new
-- allergen concerns what carries it, and what may contain it because too little is known.
create or replace function app.rebuild_match_facts(vendor_id uuid, allergen text default null, tag text default null)
returns bigint
language plpgsql
volatile
set search_path = ''
set enable_mergejoin = off
set work_mem = '64MB'
as $$
declare
  v_terms constant record := app.match_fact_terms(rebuild_match_facts.vendor_id);
  v_written bigint;
begin
  execute app.write_match_facts_statement(
    case
      when allergen is not null then format(
        '(select p.* from public.products as p where p.vendor_id = %L '
        'and (%L = any (p.allergens || p.may_contain || p.free_from) or p.allergens is null '
        'or not p.allergens || p.may_contain <@ %L))',
        rebuild_match_facts.vendor_id, allergen, array(select jsonb_object_keys(v_terms.up))
      )
      when tag is not null then format(
        '(select p.* from public.products as p where p.vendor_id = %L and %L = any (p.dietary_tags))',
        rebuild_match_facts.vendor_id, tag
      )
      else 'public.products'
    end,
    only_new => false
  )
  using rebuild_match_facts.vendor_id, v_terms.up, v_terms.down, v_terms.tags, v_terms.every_allergen;
  get diagnostics v_written = row_count;
  return v_written;
end;
$$;

comment on function app.rebuild_match_facts is 'Computes facts of a vendor''s products anew; returns how many.';
grant execute on function app.rebuild_match_facts to service_role;

-- sql/matching/refresh_match_statistics.sql
-- Takes a vendor's cells and classes anew (half a second for 500,000 products). Called by the matching itself when too
-- much was written since, and by anybody after a large load. Only one at a time; the others go on with what there is.
create or replace function app.refresh_match_statistics(vendor_id uuid)
returns boolean
language plpgsql
volatile
set search_path = ''
set work_mem = '64MB'
as $$
#variable_conflict use_column
declare
  v_vendor_id constant uuid := refresh_match_statistics.vendor_id;
  -- Taken first: a row seen below twice is harmless, one missed is not.
  v_horizon constant xid8 := pg_snapshot_xmin(pg_current_snapshot());
  v_products bigint;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('match statistics ' || v_vendor_id, 0)) then
    return false;
  end if;
  delete from app.match_cells as c where c.vendor_id = v_vendor_id;
  insert into app.match_cells
  select
    v_vendor_id, f.cell, count(*), max(f.changed_at), bit_and(f.unsafe | f.unproven), bit_and(f.unsafe), bit_or(f.tags),
    (count(f.calories) < count(*))::int | ((count(f.protein_g) < count(*))::int << 1)
      | ((count(f.carbs_g) < count(*))::int << 2) | ((count(f.fat_g) < count(*))::int << 3)
      | ((count(f.sat_fat_g) < count(*))::int << 4) | ((count(f.trans_fat_g) < count(*))::int << 5)
      | ((count(f.sugar_g) < count(*))::int << 6) | ((count(f.added_sugar_g) < count(*))::int << 7)
      | ((count(f.fiber_g) < count(*))::int << 8) | ((count(f.sodium_mg) < count(*))::int << 9)
      | ((count(f.cholesterol_mg) < count(*))::int << 10) | ((count(f.potassium_mg) < count(*))::int << 11)
      | ((count(f.phosphorus_mg) < count(*))::int << 12) | ((count(f.iron_mg) < count(*))::int << 13)
      | ((count(f.caffeine_mg) < count(*))::int << 14) | ((count(f.alcohol_g) < count(*))::int << 15),
    min(f.calories), min(f.protein_g), min(f.carbs_g), min(f.fat_g), min(f.sat_fat_g), min(f.trans_fat_g),
    min(f.sugar_g), min(f.added_sugar_g), min(f.fiber_g), min(f.sodium_mg), min(f.cholesterol_mg), min(f.potassium_mg),
    min(f.phosphorus_mg), min(f.iron_mg), min(f.caffeine_mg), min(f.alcohol_g), max(f.protein_g), max(f.fiber_g),
    max(f.iron_mg)
  from app.product_match_facts as f
  where f.vendor_id = v_vendor_id
  group by f.cell;

  delete from app.match_classes as c where c.vendor_id = v_vendor_id;
  insert into app.match_classes
  select v_vendor_id, f.unsafe, f.unproven, f.tags, count(*)
  from app.product_match_facts as f
  where f.vendor_id = v_vendor_id
  group by f.unsafe, f.unproven, f.tags;

  select coalesce(sum(c.products), 0) into v_products from app.match_cells as c where c.vendor_id = v_vendor_id;
  insert into app.match_statistics as s (vendor_id, horizon, products)
  values (v_vendor_id, v_horizon, v_products)
  on conflict (vendor_id) do update
  set horizon = excluded.horizon, products = excluded.products, taken_at = clock_timestamp();
  return true;
end;
$$;

comment on function app.refresh_match_statistics is
  'Takes the statistics of a vendor''s facts anew; false when somebody else is at it.';
grant execute on function app.refresh_match_statistics to service_role;

-- sql/matching/score_products.sql
-- The results of a match: the best k of some candidates, scored exactly from the products themselves (numeric, no
-- rounding but of the finished score and components, half up to six decimals), with breakdown and reasons. Order:
-- score, newest change, id. The formula stands in docs/matching.md; match_expressions.sql is its fast twin.
-- The products come from the vendor's fetch_products (app.create_vendor_search), so that this statement touches no
-- partitions and its plan is made once a connection: planning it took longer than running it.
create or replace function app.score_products(vendor_id uuid, inputs jsonb, newest bigint, ids uuid[], k int)
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set max_parallel_workers_per_gather = 0
set jit = off
as $$
declare
  v_vendor_id constant uuid := score_products.vendor_id;
  days constant numeric := 86400000000;
  v_preference constant numeric := (inputs #>> '{policy,weights,preference_fit}')::numeric;
  v_budget constant numeric := (inputs #>> '{policy,weights,budget_fit}')::numeric;
  v_recency constant numeric := (inputs #>> '{policy,weights,recency}')::numeric;
  v_weights constant numeric := v_preference + v_budget + v_recency;
  v_goals constant jsonb := (
    select coalesce(jsonb_agg(jsonb_build_object('code', g.code, 'below', g.below) order by g.code), '[]')
    from app.match_goals(v_vendor_id, inputs) as g
  );
  v_documents jsonb[];
  v_results jsonb;
begin
  execute format(
    'select array_agg(f) from partitions.fetch_products_%s($1, null) as f', replace(v_vendor_id::text, '-', '')
  )
  using ids
  into v_documents;

  with budget as materialized (
    select b.* from app.match_budgets(inputs -> 'limits') as b
  ),
  product as materialized (
    select d.document, (d.document ->> 'id')::uuid as id, (d.document ->> 'updated_at')::timestamptz as updated_at,
      -- Where added sugar is not stated, all sugar takes its place.
      jsonb_build_object('added_sugar_g', d.document #> '{nutrition,sugar_g}')
        || nullif(d.document -> 'nutrition', 'null') as nutrition,
      s.factor,
      d.document ->> 'nutrition_basis' = '100g' and s.factor = 1 and d.document ->> 'serving_size' is null
        as is_per_100g,
      inputs -> 'allow' ? (d.document ->> 'id') as is_allowed
    from unnest(v_documents) as d (document)
    cross join lateral app.serving_factor(d.document ->> 'nutrition_basis', d.document ->> 'serving_size') as s (factor)
    where d.document ->> 'status' = 'active'
  ),
  passing as materialized (
    select p.*
    from product as p
    where not exists (
      select
      from jsonb_array_elements(inputs #> '{limits,hard,max_per_serving}') as l (entry)
      where (p.nutrition ->> (l.entry ->> 'nutrient'))::numeric * p.factor > (l.entry ->> 'amount')::numeric
    )
  ),
  fit as materialized (
    select
      p.id, b.*, s.stated,
      case
        when b.kind = 'bonus' then least(1, coalesce(s.stated / (b.amount * b."full"), 0))
        when s.stated is null then 0.5
        when b.amount > 0 then greatest(0, 1 - s.stated / (b.amount * b."full"))
        when s.stated > 0 then 0
        else 1
      end as value
    from passing as p
    cross join budget as b
    cross join lateral (select (p.nutrition ->> b.nutrient)::numeric * p.factor as stated) as s
  ),
  budget_fit as materialized (
    select f.id, sum(f.weight * f.value) / sum(f.weight) as value from fit as f group by f.id
  ),
  component as (
    select
      p.*,
      g.met,
      case
        when p.is_allowed then 1
        when v_goals = '[]' then 0.5
        else jsonb_array_length(g.met)::numeric / jsonb_array_length(v_goals)
      end as preference_fit,
      coalesce(b.value, 0.5) as budget_fit,
      90 * days / (90 * days + newest - (extract(epoch from p.updated_at) * 1000000)::bigint) as recency
    from passing as p
    left join budget_fit as b on b.id = p.id
    cross join lateral (
      select coalesce(jsonb_agg(e.goal -> 'code' order by e.goal ->> 'code'), '[]') as met
      from jsonb_array_elements(v_goals) as e (goal)
      where p.document -> 'dietary_tags' ?| array(select jsonb_array_elements_text(e.goal -> 'below'))
    ) as g
  ),
  scored as (
    select
      c.*,
      round(
        (v_preference * c.preference_fit + v_budget * c.budget_fit + v_recency * c.recency) / v_weights, 6
      ) as score
    from component as c
  ),
  ranked as materialized (
    select s.*, row_number() over (order by s.score desc, s.updated_at desc, s.id) as rank
    from scored as s
    order by s.score desc, s.updated_at desc, s.id
    limit k
  ),
  nutrients as materialized (
    select
      f.id,
      jsonb_agg(
        jsonb_build_object(
          'kind', f.kind, 'nutrient', f.nutrient, 'amount', trim_scale(round(f.stated, 6)), 'daily', f.amount,
          'share', trim_scale(round(f.stated / nullif(f.amount, 0), 6)), 'fit', trim_scale(round(f.value, 6)),
          'weight', f.weight, 'condition', f.condition
        )
        order by f.kind, f.nutrient
      ) as list
    from fit as f
    where f.id in (select r.id from ranked as r)
    group by f.id
  ),
  unproven as materialized (
    select u.* from app.unproven_allergens(v_vendor_id, ids, inputs) as u
  ),
  explained as materialized (
    select r.*, coalesce(n.list, '[]') as nutrients, coalesce(u.codes, '[]') as unproven
    from ranked as r
    left join nutrients as n on n.id = r.id
    left join unproven as u on u.product_id = r.id
  )
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'product_id', x.id,
        'rank', x.rank,
        'score', trim_scale(x.score),
        'breakdown', jsonb_build_object(
          'preference_fit', app.match_component(v_preference, v_weights, x.preference_fit),
          'budget_fit', app.match_component(v_budget, v_weights, x.budget_fit)
            || jsonb_build_object('nutrients', x.nutrients),
          'recency', app.match_component(v_recency, v_weights, x.recency),
          'unknown_allergens', x.unproven
        ),
        'product', x.document,
        'reasons', e.reasons
      )
      order by x.rank
    ),
    '[]'
  )
  into v_results
  from app.match_reasons((
    select jsonb_agg(jsonb_build_object(
      'rank', a.rank, 'is_allowed', a.is_allowed, 'is_per_100g', a.is_per_100g, 'met', a.met, 'goals', v_goals,
      'unproven', a.unproven, 'nutrients', a.nutrients
    ))
    from explained as a
  )) as e
  inner join explained as x on x.rank = e.rank;
  return v_results;
end;
$$;

comment on function app.score_products is 'The best k of some products for a customer, scored and explained.';

-- sql/matching/scoring_policy_errors.sql
-- What is wrong with a scoring policy as given, as field errors.
create or replace function app.scoring_policy_errors(policy jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  names constant text[] := array['preference_fit', 'budget_fit', 'recency'];
  v_weights jsonb := policy -> 'weights';
  v_errors jsonb := app.body_errors(policy, '{"weights": "object!", "unknown_allergens": "string"}');
begin
  if v_errors <> '[]' then
    return v_errors;
  end if;
  select coalesce(jsonb_agg(app.field_error(e.pointer, e.code, e.detail) order by e.pointer), '[]') into v_errors
  from (
    select '/weights/' || w.key as pointer, 'unknown_field' as code,
      'is not known here; there are preference_fit, budget_fit and recency' as detail
    from jsonb_object_keys(v_weights) as w (key)
    where w.key <> all (names)
    union all
    select '/weights/' || n.name, case when v_weights ? n.name then 'invalid_value' else 'required' end,
      'must be a number from 0 to 100'
    from unnest(names) as n (name)
    where case
      when jsonb_typeof(v_weights -> n.name) = 'number' then (v_weights ->> n.name)::numeric not between 0 and 100
      else true
    end
    union all
    select '/unknown_allergens', 'invalid_value', 'must be exclude or warn'
    where policy ->> 'unknown_allergens' not in ('exclude', 'warn')
  ) as e;
  if v_errors = '[]' and not v_weights @? '$.* ? (@ > 0)' then
    return jsonb_build_array(app.field_error('/weights', 'invalid_value', 'must not all be 0'));
  end if;
  return v_errors;
end;
$$;

comment on function app.scoring_policy_errors is 'Field errors of a scoring policy.';

-- sql/matching/scoring_policy_json.sql
-- The one shape of a scoring policy in answers.
create or replace function app.scoring_policy_json(policy public.scoring_policies)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'vendor_id', policy.vendor_id,
    'weights', policy.weights,
    'unknown_allergens', policy.unknown_allergens,
    'version', policy.version,
    'updated_at', to_char(policy.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  );
end;
$$;

comment on function app.scoring_policy_json is 'A scoring policy as answers show it.';
grant execute on function app.scoring_policy_json to authenticated, service_role;

-- sql/matching/serving_factor.sql
-- What the nutrients of a product are multiplied with to be those of one serving. Stated for 100 g: by the serving's
-- weight, and where that is unknown a serving counts as 100 g.
create or replace function app.serving_factor(nutrition_basis text, serving_size text)
returns numeric
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_amount numeric;
begin
  if nutrition_basis is distinct from '100g' or serving_size is null then
    return 1;
  end if;
  v_amount := (app.parse_quantity(serving_size)).base_amount;
  return case when v_amount > 0 and v_amount <= 5000 then v_amount / 100 else 1 end;
end;
$$;

comment on function app.serving_factor is 'Factor from the stated nutrients of a product to those of one serving.';

-- sql/matching/store_matches.sql
-- Keeps a computed match for 15 minutes in the place of older ones of the customer, and remembers what was shown.
create or replace function app.store_matches(
  vendor_id uuid, customer_id uuid, catalog_version bigint, inputs_hash text, k int, matches jsonb
)
returns public.matches_cache
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_now constant timestamptz := clock_timestamp();
  v_row public.matches_cache;
begin
  delete from public.matches_cache as c
  where c.vendor_id = store_matches.vendor_id and c.customer_id = store_matches.customer_id
    and c.catalog_version <> store_matches.catalog_version;
  insert into public.matches_cache as c (
    vendor_id, customer_id, catalog_version, results, ttl_at, k, inputs_hash, excluded, generated_at
  )
  values (
    store_matches.vendor_id, store_matches.customer_id, store_matches.catalog_version,
    store_matches.matches -> 'results', v_now + interval '15 minutes', store_matches.k, store_matches.inputs_hash,
    store_matches.matches -> 'excluded', v_now
  )
  on conflict (vendor_id, customer_id, catalog_version) do update
  set results = excluded.results, ttl_at = excluded.ttl_at, k = excluded.k, inputs_hash = excluded.inputs_hash,
    excluded = excluded.excluded, generated_at = excluded.generated_at
  returning c.* into v_row;

  insert into app.delivered_matches as d (vendor_id, product_id, customer_id, last_at)
  select store_matches.vendor_id, (r.result ->> 'product_id')::uuid, store_matches.customer_id, v_now
  from jsonb_array_elements(store_matches.matches -> 'results') as r (result)
  order by 2
  on conflict (vendor_id, product_id, customer_id) do update set last_at = excluded.last_at;
  return v_row;
end;
$$;

comment on function app.store_matches is 'Caches a match and remembers its products as delivered.';

-- sql/matching/unproven_allergens.sql
-- The allergens a customer avoids that nothing rules out for each of some products; only where the policy says warn,
-- since otherwise no such product is shown.
create or replace function app.unproven_allergens(vendor_id uuid, ids uuid[], inputs jsonb)
returns table (product_id uuid, codes jsonb)
language plpgsql
stable
set search_path = ''
as $$
begin
  if inputs #>> '{policy,unknown_allergens}' <> 'warn' then
    return;
  end if;
  return query
  with avoided as materialized (
    select t.code, t.self
    from app.match_term_bits(unproven_allergens.vendor_id, 'allergen') as t
    where inputs -> 'avoid_allergens' ? t.code
      or exists (
        select
        from jsonb_array_elements(inputs #> '{limits,hard,avoid_allergens}') as e (entry)
        where e.entry ->> 'allergen' = t.code
      )
  )
  select f.product_id, jsonb_agg(a.code order by a.code)
  from app.product_match_facts as f
  inner join avoided as a on f.unproven & a.self <> 0
  where f.vendor_id = unproven_allergens.vendor_id and f.product_id = any (ids)
  group by f.product_id;
end;
$$;

comment on function app.unproven_allergens is 'Avoided allergens that cannot be ruled out, by product.';

-- sql/matching/unsafe_mask.sql
-- The allergens one product contains or may contain, as a mask, whether it is still shown or not: recalled products
-- have no facts any more.
create or replace function app.unsafe_mask(vendor_id uuid, product_id uuid)
returns bigint
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_terms constant record := app.match_fact_terms(unsafe_mask.vendor_id);
begin
  return (
    select
      (select coalesce(bit_or((v_terms.up ->> a)::bigint), 0) from unnest(p.allergens || p.may_contain) as a)
      | (
        (select coalesce(bit_or((v_terms.down ->> a)::bigint), 0) from unnest(p.allergens || p.may_contain) as a)
        & ~(select coalesce(bit_or((v_terms.down ->> a)::bigint), 0) from unnest(p.free_from) as a)
      )
    from public.products as p
    where p.vendor_id = unsafe_mask.vendor_id and p.id = unsafe_mask.product_id
  );
end;
$$;

comment on function app.unsafe_mask is 'Mask of the allergens a product contains or may contain.';

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

-- sql/matching/write_match_facts_statement.sql
-- The one way facts are computed: from rows of products in pg_temp-like input `changed`, which is the transition table
-- of the triggers, or the products a rebuild names. Masks are made once for each distinct set of lists, because a batch
-- of a hundred thousand rows has a few hundred of them. The cell: which steps the nutrients of a serving stand on, as
-- the digits of one number (0 = not stated; of fiber and iron, which only earn, also next to none), chosen so that the
-- lowest costs next to nothing of a budget (sodium: 5 mg is FDA's "free") and the highest earns all of a bonus.
-- Products of one cell differ little in score, so the best a cell can give is a useful bound; more and finer steps
-- bound better and cost time for each cell. The last digit sets products apart that are safe for everybody, and those
-- of which too little is known. When a step changes: select app.rebuild_match_facts(id) from public.vendors.
-- New rows are written in the order of the cells, because they are read by cell: the rows of one then lie together.
-- Rows that may be there already are written in the order of their ids, as everybody does, so that nobody deadlocks.
create or replace function app.write_match_facts_statement(source text, only_new boolean)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return replace($statement$
  with row as materialized (
    select
      c.id, c.updated_at, c.nutrition as n,
      case when c.nutrition_basis = '100g' and c.serving_size is not null
        then app.serving_factor(c.nutrition_basis, c.serving_size)::real else 1::real end as f,
      c.allergens, c.may_contain, c.free_from, c.dietary_tags,
      hash_record_extended(row(c.allergens, c.may_contain, c.free_from, c.dietary_tags), 0) as hash
    from {source} as c
    where c.vendor_id = $1 and c.status = 'active' and c.soft_deleted_at is null
  ),
  list as (
    select distinct r.allergens, r.may_contain, r.free_from, r.dietary_tags from row as r
  ),
  mask as materialized (
    select
      l.allergens, l.may_contain, l.free_from, l.dietary_tags,
      hash_record_extended(row(l.allergens, l.may_contain, l.free_from, l.dietary_tags), 0) as hash,
      m.up | (m.down & ~m.freed) as unsafe,
      case when l.allergens is null or m.strange then $5 & ~m.freed else 0 end as unproven,
      m.tags
    from list as l
    cross join lateral (
      select
        (select coalesce(bit_or(($2 ->> a)::bigint), 0) from unnest(l.allergens || l.may_contain) as a) as up,
        (select coalesce(bit_or(($3 ->> a)::bigint), 0) from unnest(l.allergens || l.may_contain) as a) as down,
        (select coalesce(bit_or(($3 ->> a)::bigint), 0) from unnest(l.free_from) as a) as freed,
        (select coalesce(bit_or(($4 ->> a)::bigint), 0) from unnest(l.dietary_tags) as a) as tags,
        exists (select from unnest(l.allergens || l.may_contain) as a where not $2 ? a) as strange
    ) as m
  ),
  serving as (
    select
      r.id, r.updated_at, m.unsafe, m.unproven, m.tags,
      (r.n ->> 'calories')::real * r.f as calories,
      (r.n ->> 'protein_g')::real * r.f as protein_g,
      (r.n ->> 'carbs_g')::real * r.f as carbs_g,
      (r.n ->> 'fat_g')::real * r.f as fat_g,
      (r.n ->> 'sat_fat_g')::real * r.f as sat_fat_g,
      (r.n ->> 'trans_fat_g')::real * r.f as trans_fat_g,
      (r.n ->> 'sugar_g')::real * r.f as sugar_g,
      (coalesce(r.n ->> 'added_sugar_g', r.n ->> 'sugar_g'))::real * r.f as added_sugar_g,
      (r.n ->> 'fiber_g')::real * r.f as fiber_g,
      (r.n ->> 'sodium_mg')::real * r.f as sodium_mg,
      (r.n ->> 'cholesterol_mg')::real * r.f as cholesterol_mg,
      (r.n ->> 'potassium_mg')::real * r.f as potassium_mg,
      (r.n ->> 'phosphorus_mg')::real * r.f as phosphorus_mg,
      (r.n ->> 'iron_mg')::real * r.f as iron_mg,
      (r.n ->> 'caffeine_mg')::real * r.f as caffeine_mg,
      (r.n ->> 'alcohol_g')::real * r.f as alcohol_g
    from row as r
    inner join mask as m
      on m.hash = r.hash
      and m.allergens is not distinct from r.allergens and m.may_contain is not distinct from r.may_contain
      and m.free_from is not distinct from r.free_from and m.dietary_tags is not distinct from r.dietary_tags
    -- Computed once a row, not once for each mention below.
    offset 0
  )
  insert into app.product_match_facts as f (
    vendor_id, product_id, changed_at, unsafe, unproven, tags, cell, calories, protein_g, carbs_g, fat_g, sat_fat_g,
    trans_fat_g, sugar_g, added_sugar_g, fiber_g, sodium_mg, cholesterol_mg, potassium_mg, phosphorus_mg, iron_mg,
    caffeine_mg, alcohol_g
  )
  select
    $1, s.id, (extract(epoch from s.updated_at) * 1000000)::bigint, s.unsafe, s.unproven, s.tags,
    case when s.calories is null then 0 when s.calories <= 80 then 1 else 2 end
    + 3 * case when s.sodium_mg is null then 0 when s.sodium_mg <= 5 then 1 when s.sodium_mg <= 60 then 2
      when s.sodium_mg <= 200 then 3 else 4 end
    + 15 * case when s.added_sugar_g is null then 0 when s.added_sugar_g <= 0.5 then 1 when s.added_sugar_g <= 4 then 2
      else 3 end
    + 60 * case when s.sat_fat_g is null then 0 when s.sat_fat_g <= 0.3 then 1 when s.sat_fat_g <= 1.5 then 2 else 3 end
    + 240 * case when s.fiber_g > 4 then 2 when s.fiber_g > 1.5 then 1 else 0 end
    + 720 * case when s.iron_mg > 2 then 2 when s.iron_mg > 0.5 then 1 else 0 end
    + 2160 * case when s.unproven <> 0 then 2 when s.unsafe <> 0 then 1 else 0 end as cell,
    s.calories, s.protein_g, s.carbs_g, s.fat_g, s.sat_fat_g, s.trans_fat_g, s.sugar_g, s.added_sugar_g, s.fiber_g,
    s.sodium_mg, s.cholesterol_mg, s.potassium_mg, s.phosphorus_mg, s.iron_mg, s.caffeine_mg, s.alcohol_g
  from serving as s
  order by $statement$, '{source}', source) || case when only_new then 'cell, s.id' else $conflict$s.id
  on conflict (vendor_id, product_id) do update
  set changed_at = excluded.changed_at, written_by = excluded.written_by, unsafe = excluded.unsafe,
    unproven = excluded.unproven, tags = excluded.tags, cell = excluded.cell, calories = excluded.calories,
    protein_g = excluded.protein_g, carbs_g = excluded.carbs_g, fat_g = excluded.fat_g,
    sat_fat_g = excluded.sat_fat_g, trans_fat_g = excluded.trans_fat_g, sugar_g = excluded.sugar_g,
    added_sugar_g = excluded.added_sugar_g, fiber_g = excluded.fiber_g, sodium_mg = excluded.sodium_mg,
    cholesterol_mg = excluded.cholesterol_mg, potassium_mg = excluded.potassium_mg,
    phosphorus_mg = excluded.phosphorus_mg, iron_mg = excluded.iron_mg, caffeine_mg = excluded.caffeine_mg,
    alcohol_g = excluded.alcohol_g
  $conflict$ end;
end;
$$;

comment on function app.write_match_facts_statement is
  'The statement that computes facts of products in a given relation.';
