-- Generated from sql/taxonomy/ by npm run migrations. Do not edit: change the sources and run it again.
-- Bodies are not checked here, because functions may call ones that a later file makes.
set check_function_bodies = off;
set lock_timeout = '10s';
set statement_timeout = '10min';

-- sql/taxonomy/fold_token.sql
-- Folds one value of a list ("en:Soy-Beans", "_Lait_", "CÉLERIS") for dictionary lookups: the language prefix goes,
-- then case, accents, hyphens and punctuation. Both sides of every lookup go through here.
create or replace function app.fold_token(token text)
returns text
language sql
immutable
strict
parallel safe
set search_path = ''
as $$
  select btrim(
    regexp_replace(
      app.fold_text(
        translate(regexp_replace(normalize(fold_token.token, nfkc), '^(?:[^[:alnum:]]*[a-z]{2,3}:)+', ''), 'µμ', 'uu')
      ),
      '[^[:alnum:]%+]+',
      ' ',
      'g'
    )
  );
$$;

comment on function app.fold_token(text) is
'Folds a token for dictionary lookups: without language prefix, case, accents and punctuation.';

grant execute on function app.fold_token(text) to authenticated, service_role;

-- sql/taxonomy/fold_tokens.sql
-- Folds a list of tokens: distinct, sorted, without blanks. Immutable, so that tables can store its result.
create or replace function app.fold_tokens(tokens text[])
returns text[]
language sql
immutable
parallel safe
set search_path = ''
as $$
  select coalesce(array_agg(distinct f.folded order by f.folded), '{}')
  from unnest(fold_tokens.tokens) as t (token)
  cross join lateral app.fold_token(t.token) as f (folded)
  where f.folded <> '';
$$;

comment on function app.fold_tokens(text[]) is 'Distinct folded forms of a list of tokens, sorted.';

grant execute on function app.fold_tokens(text[]) to authenticated, service_role;

-- sql/taxonomy/fold_header.sql
-- Folds a column header for lookup: case, accents, punctuation and camelCase go, unit and basis hints stay:
-- "Sodium_(mg)" -> "sodium mg", "energy-kj_100g" -> "energy kj 100g", "servingSize" -> "serving size",
-- "PatientID" -> "patient id", "UPCCode" -> "upc code", "Item #" -> "item no", "N° client" -> "no client".
create or replace function app.fold_header(header text)
returns text
language sql
immutable
strict
parallel safe
set search_path = ''
as $$
  select btrim(
    regexp_replace(
      app.fold_text(
        regexp_replace(
          regexp_replace(translate(normalize(fold_header.header, nfkc), 'µμ', 'uu'), '#|^\s*[nN]°', ' no ', 'g'),
          '([[:lower:]])(?=[[:upper:]](?:[[:lower:]]|[[:upper:]]+$))|([[:upper:]])(?=[[:upper:]][[:lower:]]{2})',
          '\1\2 ',
          'g'
        )
      ),
      '[^[:alnum:]%]+',
      ' ',
      'g'
    )
  );
$$;

comment on function app.fold_header(text) is
'Folds a column header for lookup: without case, accents and punctuation, with its unit and basis.';

grant execute on function app.fold_header(text) to authenticated, service_role;

-- sql/taxonomy/fold_headers.sql
-- Folds a list of headers: distinct, sorted, without blanks. Immutable, so that tables can store its result.
create or replace function app.fold_headers(headers text[])
returns text[]
language sql
immutable
parallel safe
set search_path = ''
as $$
  select coalesce(array_agg(distinct f.folded order by f.folded), '{}')
  from unnest(fold_headers.headers) as h (header)
  cross join lateral app.fold_header(h.header) as f (folded)
  where f.folded <> '';
$$;

comment on function app.fold_headers(text[]) is 'Distinct folded forms of a list of headers, sorted.';

grant execute on function app.fold_headers(text[]) to authenticated, service_role;

-- sql/taxonomy/taxonomy_kinds.sql
-- The six taxonomies, their tables and the dictionary domain that their codes and labels feed. The one list of them.
create or replace function app.taxonomy_kinds()
returns table (kind text, table_name text, domain text)
language sql
immutable
parallel safe
set search_path = ''
as $$
  values
    ('categories', 'tax_categories', 'category'),
    ('tags', 'tax_tags', 'diet'),
    ('allergens', 'tax_allergens', 'allergen'),
    ('cuisines', 'tax_cuisines', 'cuisine'),
    ('certifications', 'tax_certifications', 'certification'),
    ('markets', 'tax_markets', 'market');
$$;

comment on function app.taxonomy_kinds() is 'The taxonomies: kind, table and dictionary domain.';

grant execute on function app.taxonomy_kinds() to authenticated, service_role;

-- sql/taxonomy/synonym_index.sql
-- Every folded synonym and what it means, so that a lookup is one index probe and a synonym has one meaning a scope.
-- Written only by the triggers of synonyms_header, synonyms_value and the tax_* tables.
create table app.synonym_index (
  space text not null,
  folded text not null,
  owner_id uuid not null,
  vendor_id uuid,
  source text not null,
  canonical text not null,
  primary key (space, folded, owner_id),
  constraint source_is_synonym_or_term check (source in ('synonym', 'term'))
);

create unique index synonym_index_one_meaning_in_a_scope
on app.synonym_index (space, folded, vendor_id) nulls not distinct
where source = 'synonym';

create index synonym_index_owner on app.synonym_index (owner_id);

comment on table app.synonym_index is 'Folded synonyms for lookup, kept by triggers.';
comment on column app.synonym_index.space is 'header:<mode> or value:<domain>.';
comment on column app.synonym_index.folded is 'The folded header or token.';
comment on column app.synonym_index.owner_id is 'The row of synonyms_header, synonyms_value or tax_* it comes from.';
comment on column app.synonym_index.vendor_id is 'The vendor whose own it is; null for the platform''s.';
comment on column app.synonym_index.source is 'A synonym, or the code or label of a taxonomy term (weaker).';
comment on column app.synonym_index.canonical is 'What it stands for.';

alter table app.synonym_index enable row level security;
alter table app.synonym_index force row level security;

create policy "members read platform and own synonyms" on app.synonym_index
for select to authenticated
using (vendor_id is null or vendor_id = (select app.current_vendor_id()));

grant select on app.synonym_index to authenticated, service_role;

-- sql/taxonomy/check_header_synonym.sql
-- A header synonym names a field that exists and operations that can run; checked on every way in.
create or replace function app.check_header_synonym()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if not app.is_mapping_field(new.mode, new.canonical) then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => format('Mode %s has no field "%s".', new.mode, new.canonical),
      errors => jsonb_build_array(
        jsonb_build_object('pointer', '/canonical', 'code', 'unknown_field', 'detail', 'Not a field of this mode.')
      ),
      hint => 'docs/transform_operations.md lists the fields; nutrients are nutrition.<key> or nutrition_100g.<key>.'
    );
  end if;
  perform app.validate_operations(new.transform_ops);
  return new;
end;
$$;

comment on function app.check_header_synonym() is 'Trigger: the field and the transform operations exist.';

-- sql/taxonomy/check_page_limit.sql
-- Refuses a page size outside 1 to 200.
create or replace function app.check_page_limit(page_limit int)
returns void
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if page_limit is null or page_limit not between 1 and 200 then
    perform app.refuse_field_errors(
      jsonb_build_array(app.field_error('/limit', 'invalid_value', 'must be from 1 to 200'))
    );
  end if;
end;
$$;

comment on function app.check_page_limit(int) is 'Problem 400 unless the page size is from 1 to 200.';

grant execute on function app.check_page_limit(int) to authenticated, service_role;

-- sql/taxonomy/check_taxonomy_parent.sql
-- Keeps the trees of the tax_* tables sound: a parent is the platform's or the same vendor's, and never a descendant.
-- Runs as the caller, so that another vendor's term is as good as missing.
create or replace function app.check_taxonomy_parent()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_found boolean;
  v_cycle boolean;
begin
  if new.parent_id is null then
    return new;
  end if;
  execute format(
    'select exists (select from public.%I where id = $1 and (vendor_id is null or vendor_id = $2))', tg_table_name
  ) into v_found using new.parent_id, new.vendor_id;
  if not v_found then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => format('There is no parent with the id %s.', new.parent_id),
      errors => '[{"pointer": "/parent_id", "code": "unknown", "detail": "No such term in this taxonomy."}]'
    );
  end if;
  execute format(
    'with recursive ancestors (id, parent_id) as (
       select id, parent_id from public.%1$I where id = $1
       union
       select t.id, t.parent_id from public.%1$I as t join ancestors as a on t.id = a.parent_id
     )
     select exists (select from ancestors where id = $2)', tg_table_name
  ) into v_cycle using new.parent_id, new.id;
  if v_cycle then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => 'A term cannot be placed below itself or one of its descendants.',
      errors => '[{"pointer": "/parent_id", "code": "cycle", "detail": "The parent is below this term."}]'
    );
  end if;
  return new;
end;
$$;

comment on function app.check_taxonomy_parent() is 'Trigger: a parent is visible, of the same owner and no descendant.';

-- sql/taxonomy/check_value_synonym.sql
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

-- sql/taxonomy/index_synonyms.sql
-- Keeps app.synonym_index in step with a row of synonyms_header or synonyms_value and refuses a synonym that already
-- means something else in the same scope, naming it. Security definer because tenants may not write the index
-- themselves; it touches the entries of this row only, and the row has passed its own policies before.
create or replace function app.index_synonyms()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_space text;
  v_taken record;
begin
  if tg_op <> 'INSERT' then
    delete from app.synonym_index as s where s.owner_id = old.id;
  end if;
  if tg_op = 'DELETE' then
    return null;
  end if;
  v_space := case tg_argv[0]
    when 'header' then 'header:' || (to_jsonb(new) ->> 'mode')
    else 'value:' || (to_jsonb(new) ->> 'domain')
  end;
  select s.folded, s.canonical into v_taken
  from app.synonym_index as s
  where s.space = v_space
    and s.folded = any(new.folded)
    and s.vendor_id is not distinct from new.vendor_id
    and s.source = 'synonym'
  order by s.folded
  limit 1;
  if found then
    perform app.raise_problem(
      status => 409,
      type => 'synonym-taken',
      detail => format('"%s" already stands for "%s".', v_taken.folded, v_taken.canonical),
      errors => jsonb_build_array(
        jsonb_build_object(
          'pointer', '/synonyms', 'code', 'taken',
          'detail', format('"%s" already stands for "%s".', v_taken.folded, v_taken.canonical)
        )
      ),
      hint => 'Take it out of the other synonym first.'
    );
  end if;
  insert into app.synonym_index (space, folded, owner_id, vendor_id, source, canonical)
  select v_space, f.folded, new.id, new.vendor_id, 'synonym', new.canonical
  from unnest(new.folded) as f (folded);
  return null;
end;
$$;

comment on function app.index_synonyms() is 'Trigger: keeps app.synonym_index; a synonym has one meaning in a scope.';

-- sql/taxonomy/index_taxonomy_term.sql
-- Makes a term's code and label known to the value dictionary of its domain (the trigger's argument).
-- Security definer because tenants may not write app.synonym_index; it writes nothing but the row's own entries.
create or replace function app.index_taxonomy_term()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if tg_op <> 'INSERT' then
    delete from app.synonym_index as s where s.owner_id = old.id;
  end if;
  if tg_op <> 'DELETE' and new.active then
    insert into app.synonym_index (space, folded, owner_id, vendor_id, source, canonical)
    select 'value:' || tg_argv[0], f.folded, new.id, new.vendor_id, 'term', new.code
    from unnest(app.fold_tokens(array[new.code, new.label])) as f (folded);
  end if;
  return null;
end;
$$;

comment on function app.index_taxonomy_term() is 'Trigger: keeps a term''s code and label in app.synonym_index.';

-- sql/taxonomy/prepare_synonym_table.sql
-- What both synonym tables share: row level security, grants and triggers. Called once by the file of each table;
-- kind is header or value and names the trigger functions.
create or replace function app.prepare_synonym_table(table_name text, kind text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_statement text;
begin
  foreach v_statement in array array[
    'alter table public.%1$I enable row level security',
    'alter table public.%1$I force row level security',
    'create policy "members read platform and own synonyms" on public.%1$I for select to authenticated
       using (vendor_id is null or vendor_id = (select app.current_vendor_id()))',
    'create policy "operators add own synonyms" on public.%1$I for insert to authenticated
       with check (vendor_id = (select app.current_vendor_id()) and (select app.has_role(''vendor_operator'')))',
    'create policy "operators change own synonyms" on public.%1$I for update to authenticated
       using (vendor_id = (select app.current_vendor_id()) and (select app.has_role(''vendor_operator'')))
       with check (vendor_id = (select app.current_vendor_id()))',
    'create policy "operators remove own synonyms" on public.%1$I for delete to authenticated
       using (vendor_id = (select app.current_vendor_id()) and (select app.has_role(''vendor_operator'')))',
    'grant select, insert, update, delete on public.%1$I to authenticated, service_role',
    'create trigger check_synonym_trigger before insert or update on public.%1$I
       for each row execute function app.check_%2$s_synonym()',
    'create trigger touch_updated_at_trigger before update on public.%1$I
       for each row execute function app.touch_updated_at()',
    'create trigger index_synonyms_trigger after insert or update or delete on public.%1$I
       for each row execute function app.index_synonyms(%2$L)'
  ] loop
    execute format(v_statement, prepare_synonym_table.table_name, prepare_synonym_table.kind);
  end loop;
end;
$$;

comment on function app.prepare_synonym_table(text, text) is 'Gives a synonym table its policies, grants and triggers.';

-- sql/taxonomy/prepare_taxonomy_table.sql
-- What all tax_* tables share: row level security, grants, triggers and the words about their columns.
-- Called once by the file of each table.
create or replace function app.prepare_taxonomy_table(table_name text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_domain text := (
    select k.domain from app.taxonomy_kinds() as k where k.table_name = prepare_taxonomy_table.table_name
  );
  v_statement text;
begin
  foreach v_statement in array array[
    'alter table public.%1$I enable row level security',
    'alter table public.%1$I force row level security',
    'create policy "members read platform and own terms" on public.%1$I for select to authenticated
       using (vendor_id is null or vendor_id = (select app.current_vendor_id()))',
    'create policy "operators add own terms" on public.%1$I for insert to authenticated
       with check (vendor_id = (select app.current_vendor_id()) and (select app.has_role(''vendor_operator'')))',
    'create policy "operators change own terms" on public.%1$I for update to authenticated
       using (vendor_id = (select app.current_vendor_id()) and (select app.has_role(''vendor_operator'')))
       with check (vendor_id = (select app.current_vendor_id()))',
    'create policy "operators remove own terms" on public.%1$I for delete to authenticated
       using (vendor_id = (select app.current_vendor_id()) and (select app.has_role(''vendor_operator'')))',
    'grant select, insert, update, delete on public.%1$I to authenticated, service_role',
    'create trigger check_parent_trigger before insert or update of parent_id, vendor_id on public.%1$I
       for each row execute function app.check_taxonomy_parent()',
    'create trigger touch_updated_at_trigger before update on public.%1$I
       for each row execute function app.touch_updated_at()',
    'create trigger index_term_trigger after insert or update or delete on public.%1$I
       for each row execute function app.index_taxonomy_term(%2$L)',
    'create index on public.%1$I (parent_id) where parent_id is not null',
    'comment on column public.%1$I.id is ''Identity; the same on every installation for platform terms.''',
    'comment on column public.%1$I.vendor_id is ''The vendor whose own term it is; null for the platform''''s.''',
    'comment on column public.%1$I.code is ''Stable snake_case code, what products carry; fixed once set.''',
    'comment on column public.%1$I.label is ''What people read.''',
    'comment on column public.%1$I.parent_id is ''The broader term, or null at the top.''',
    'comment on column public.%1$I.active is ''Whether new data may use it.''',
    'comment on column public.%1$I.created_at is ''When it was added.''',
    'comment on column public.%1$I.updated_at is ''When it last changed.'''
  ] loop
    execute format(v_statement, prepare_taxonomy_table.table_name, v_domain);
  end loop;
end;
$$;

comment on function app.prepare_taxonomy_table(text) is
  'Gives a tax_* table its policies, grants, triggers and comments.';

-- sql/taxonomy/tax_allergens.sql
-- Allergens of the EU list of 14 and the US list of 9; wheat stands below gluten, so that avoiding gluten
-- avoids wheat.
create table public.tax_allergens (
  id uuid primary key default gen_random_uuid(),
  vendor_id uuid references public.vendors (id) on delete cascade,
  code text not null,
  label text not null,
  parent_id uuid references public.tax_allergens (id),
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint tax_allergens_code_is_unique_in_its_scope unique nulls not distinct (vendor_id, code),
  constraint code_is_snake_case check (code ~ '^[a-z0-9][a-z0-9_]{0,63}$'),
  constraint label_has_text check (label ~ '[^[:space:]]' and length(label) <= 200)
);

comment on table public.tax_allergens is 'Allergens; platform terms and each vendor''s own.';

select app.prepare_taxonomy_table('tax_allergens');

-- sql/taxonomy/tax_categories.sql
-- Product categories as a tree: what kind of food a product is.
create table public.tax_categories (
  id uuid primary key default gen_random_uuid(),
  vendor_id uuid references public.vendors (id) on delete cascade,
  code text not null,
  label text not null,
  parent_id uuid references public.tax_categories (id),
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint tax_categories_code_is_unique_in_its_scope unique nulls not distinct (vendor_id, code),
  constraint code_is_snake_case check (code ~ '^[a-z0-9][a-z0-9_]{0,63}$'),
  constraint label_has_text check (label ~ '[^[:space:]]' and length(label) <= 200)
);

comment on table public.tax_categories is 'Product categories; platform terms and each vendor''s own.';

select app.prepare_taxonomy_table('tax_categories');

-- sql/taxonomy/tax_certifications.sql
-- Certifications and seals a product carries.
create table public.tax_certifications (
  id uuid primary key default gen_random_uuid(),
  vendor_id uuid references public.vendors (id) on delete cascade,
  code text not null,
  label text not null,
  parent_id uuid references public.tax_certifications (id),
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint tax_certifications_code_is_unique_in_its_scope unique nulls not distinct (vendor_id, code),
  constraint code_is_snake_case check (code ~ '^[a-z0-9][a-z0-9_]{0,63}$'),
  constraint label_has_text check (label ~ '[^[:space:]]' and length(label) <= 200)
);

comment on table public.tax_certifications is 'Certifications; platform terms and each vendor''s own.';

select app.prepare_taxonomy_table('tax_certifications');

-- sql/taxonomy/tax_cuisines.sql
-- Cuisines a product belongs to.
create table public.tax_cuisines (
  id uuid primary key default gen_random_uuid(),
  vendor_id uuid references public.vendors (id) on delete cascade,
  code text not null,
  label text not null,
  parent_id uuid references public.tax_cuisines (id),
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint tax_cuisines_code_is_unique_in_its_scope unique nulls not distinct (vendor_id, code),
  constraint code_is_snake_case check (code ~ '^[a-z0-9][a-z0-9_]{0,63}$'),
  constraint label_has_text check (label ~ '[^[:space:]]' and length(label) <= 200)
);

comment on table public.tax_cuisines is 'Cuisines; platform terms and each vendor''s own.';

select app.prepare_taxonomy_table('tax_cuisines');

-- sql/taxonomy/tax_markets.sql
-- Markets a product is sold in: regions with their countries below them.
create table public.tax_markets (
  id uuid primary key default gen_random_uuid(),
  vendor_id uuid references public.vendors (id) on delete cascade,
  code text not null,
  label text not null,
  parent_id uuid references public.tax_markets (id),
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint tax_markets_code_is_unique_in_its_scope unique nulls not distinct (vendor_id, code),
  constraint code_is_snake_case check (code ~ '^[a-z0-9][a-z0-9_]{0,63}$'),
  constraint label_has_text check (label ~ '[^[:space:]]' and length(label) <= 200)
);

comment on table public.tax_markets is 'Markets; platform terms and each vendor''s own.';

select app.prepare_taxonomy_table('tax_markets');

-- sql/taxonomy/tax_tags.sql
-- Dietary tags (vegan, gluten_free, ...), the vocabulary of products.dietary_tags.
create table public.tax_tags (
  id uuid primary key default gen_random_uuid(),
  vendor_id uuid references public.vendors (id) on delete cascade,
  code text not null,
  label text not null,
  parent_id uuid references public.tax_tags (id),
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint tax_tags_code_is_unique_in_its_scope unique nulls not distinct (vendor_id, code),
  constraint code_is_snake_case check (code ~ '^[a-z0-9][a-z0-9_]{0,63}$'),
  constraint label_has_text check (label ~ '[^[:space:]]' and length(label) <= 200)
);

comment on table public.tax_tags is 'Dietary tags; platform terms and each vendor''s own.';

select app.prepare_taxonomy_table('tax_tags');

-- sql/taxonomy/body_errors.sql
-- What is wrong with a JSON body, as field errors: unknown fields, wrong types, missing fields. Fields maps a name to
-- its type: string, number, boolean, uuid, strings or array, with "!" when it is required and "?" when it may be null.
create or replace function app.body_errors(body jsonb, fields jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if jsonb_typeof(body) is distinct from 'object' then
    return jsonb_build_array(app.field_error('', 'invalid_type', 'must be an object'));
  end if;
  return (
    select coalesce(jsonb_agg(app.field_error('/' || e.name, e.code, e.detail) order by e.name), '[]')
    from (
      select b.key as name, 'unknown_field' as code, 'is not known here; remove it or correct its name' as detail
      from jsonb_object_keys(body) as b (key)
      where not fields ? b.key
      union all
      select f.key, 'required', 'is required'
      from jsonb_each_text(fields) as f
      where f.value like '%!' and not body ? f.key
      union all
      select f.key, 'invalid_type', format('must be %s', t.words)
      from jsonb_each_text(fields) as f
      cross join lateral (select body -> f.key as value, btrim(f.value, '!?') as type) as v
      cross join lateral (
        select
          case v.type
            when 'uuid' then 'a UUID'
            when 'strings' then 'a list of 1 to 500 texts'
            when 'string' then 'a text of 1 to 200 characters'
            else 'a value of type ' || v.type
          end as words,
          case v.type
            when 'string' then
              jsonb_typeof(v.value) = 'string' and length(v.value #>> '{}') <= 200 and v.value #>> '{}' ~ '\S'
            when 'uuid' then jsonb_typeof(v.value) = 'string' and pg_input_is_valid(v.value #>> '{}', 'uuid')
            when 'strings' then
              jsonb_typeof(v.value) = 'array' and jsonb_array_length(v.value) between 1 and 500
              and not v.value @? '$[*] ? (@.type() != "string")'
            else jsonb_typeof(v.value) = v.type
          end as fits
      ) as t
      where body ? f.key
        and not t.fits
        and not (f.value like '%?%' and v.value = 'null')
    ) as e
  );
end;
$$;

comment on function app.body_errors(jsonb, jsonb) is 'Field errors of a JSON body against names and types of fields.';

grant execute on function app.body_errors(jsonb, jsonb) to authenticated, service_role;

-- sql/taxonomy/create_synonym.sql
-- Adds synonyms of the vendor's own. Headers: {mode, canonical, synonyms, transform_ops?, confidence?}; values:
-- {domain, canonical, synonyms}. A row for the same target takes the new words in. Words that stand for something else
-- among the vendor's own are refused (409 synonym-taken); the platform's are overruled.
create or replace function public.create_synonym(kind text, synonym jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_operator');
  v_row jsonb;
  v_words text[];
begin
  perform app.synonym_table(kind);
  perform app.refuse_field_errors(app.synonym_errors(kind, synonym, is_patch => false));
  v_words := array(select jsonb_array_elements_text(synonym -> 'synonyms'));
  if kind = 'headers' then
    insert into public.synonyms_header as s (vendor_id, mode, canonical, synonyms, transform_ops, confidence)
    values (
      v_vendor_id, synonym ->> 'mode', synonym ->> 'canonical', v_words,
      coalesce(
        synonym -> 'transform_ops',
        (
          select f.transform_ops
          from app.mapping_fields(synonym ->> 'mode') as f
          where f.field = synonym ->> 'canonical'
        ),
        '[]'
      ),
      coalesce((synonym ->> 'confidence')::numeric, 1.0)
    )
    on conflict (vendor_id, mode, canonical, transform_ops, confidence) do update
    set synonyms = s.synonyms || array(
          select w.word from unnest(excluded.synonyms) as w (word) where w.word <> all(s.synonyms)
        )
    returning to_jsonb(s) into v_row;
  else
    insert into public.synonyms_value as s (vendor_id, domain, canonical, synonyms)
    values (v_vendor_id, synonym ->> 'domain', synonym ->> 'canonical', v_words)
    on conflict (vendor_id, domain, canonical) do update
    set synonyms = s.synonyms || array(
          select w.word from unnest(excluded.synonyms) as w (word) where w.word <> all(s.synonyms)
        )
    returning to_jsonb(s) into v_row;
  end if;
  return app.synonym_json(v_row);
end;
$$;

comment on function public.create_synonym(text, jsonb) is 'Adds header or value synonyms of the vendor''s own.';

grant execute on function public.create_synonym(text, jsonb) to authenticated;

-- sql/taxonomy/create_taxonomy_term.sql
-- Adds a term of the vendor's own: {label, code?, parent_id?, active?}. Without a code it gets one from the label.
create or replace function public.create_taxonomy_term(kind text, term jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_operator');
  v_table text := app.taxonomy_table(kind);
  v_errors jsonb := app.body_errors(
    term, '{"label": "string!", "code": "string", "parent_id": "uuid?", "active": "boolean"}'
  );
  v_code text := coalesce(term ->> 'code', left(app.slugify(term ->> 'label'), 64));
  v_row jsonb;
begin
  if v_errors = '[]' and v_code is null then
    v_errors := jsonb_build_array(
      app.field_error('/code', 'required', 'is required, since none can be made of the label')
    );
  elsif v_errors = '[]' and v_code !~ '^[a-z0-9][a-z0-9_]{0,63}$' then
    v_errors := jsonb_build_array(
      app.field_error('/code', 'invalid_format', 'must be lower case letters, digits and underscores, at most 64')
    );
  end if;
  perform app.refuse_field_errors(v_errors);
  execute format(
    'insert into public.%1$I as t (vendor_id, code, label, parent_id, active) values ($1, $2, $3, $4, $5)
     on conflict (vendor_id, code) do nothing
     returning to_jsonb(t)', v_table
  ) into v_row
  using v_vendor_id, v_code, btrim(term ->> 'label'), (term ->> 'parent_id')::uuid,
    coalesce((term ->> 'active')::boolean, true);
  if v_row is null then
    perform app.raise_problem(
      status => 409,
      type => 'already-exists',
      detail => format('You have a term with the code "%s" already.', v_code),
      errors => jsonb_build_array(app.field_error('/code', 'taken', 'is the code of another term')),
      hint => 'Change that term, or choose another code.'
    );
  end if;
  return v_row;
end;
$$;

comment on function public.create_taxonomy_term(text, jsonb) is
  'Adds a term of the vendor''s own: {label, code?, parent_id?, active?}.';

grant execute on function public.create_taxonomy_term(text, jsonb) to authenticated;

-- sql/taxonomy/delete_synonym.sql
-- Removes a synonym row of the vendor's own; the platform's meaning of its words holds again.
create or replace function public.delete_synonym(kind text, id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_operator');
  v_table text := app.synonym_table(kind);
begin
  perform app.find_own_row(v_table, delete_synonym.id, v_vendor_id);
  execute format('delete from public.%I as t where t.id = $1 and t.vendor_id = $2', v_table)
  using delete_synonym.id, v_vendor_id;
end;
$$;

comment on function public.delete_synonym(text, uuid) is 'Removes header or value synonyms of the vendor''s own.';

grant execute on function public.delete_synonym(text, uuid) to authenticated;

-- sql/taxonomy/delete_taxonomy_term.sql
-- Removes the vendor's own term. One that is in use stays: problem 409 says by what; set it inactive instead.
create or replace function public.delete_taxonomy_term(kind text, id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_operator');
  v_table text := app.taxonomy_table(kind);
  v_term jsonb := app.find_own_row(v_table, delete_taxonomy_term.id, v_vendor_id);
  v_uses text := app.taxonomy_uses(kind, v_term);
begin
  if v_uses is not null then
    perform app.raise_problem(
      status => 409,
      type => 'in-use',
      detail => format('"%s" is used by %s.', v_term ->> 'code', v_uses),
      hint => 'Set active to false: it stays where it is and is not offered again.'
    );
  end if;
  execute format('delete from public.%I as t where t.id = $1 and t.vendor_id = $2', v_table)
  using delete_taxonomy_term.id, v_vendor_id;
end;
$$;

comment on function public.delete_taxonomy_term(text, uuid) is
  'Removes the vendor''s own term unless something uses it.';

grant execute on function public.delete_taxonomy_term(text, uuid) to authenticated;

-- sql/taxonomy/field_error.sql
-- One entry of a problem's "errors": where, what kind, and a sentence.
create or replace function app.field_error(pointer text, code text, detail text)
returns jsonb
language sql
immutable
parallel safe
set search_path = ''
as $$
  select jsonb_build_object('pointer', field_error.pointer, 'code', field_error.code, 'detail', field_error.detail);
$$;

comment on function app.field_error(text, text, text) is 'One field error of a problem.';

grant execute on function app.field_error(text, text, text) to authenticated, service_role;

-- sql/taxonomy/find_own_row.sql
-- A row of a table that holds platform rows and vendors' own, for changing it: problem 404 when the vendor cannot see
-- it,
-- 403 when it is the platform's. The row is locked.
create or replace function app.find_own_row(table_name text, id uuid, vendor_id uuid)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_row jsonb;
begin
  execute format(
    'select to_jsonb(t) from public.%I as t where t.id = $1 and (t.vendor_id is null or t.vendor_id = $2)', table_name
  ) into v_row using find_own_row.id, find_own_row.vendor_id;
  if v_row is null then
    perform app.raise_problem(
      status => 404, type => 'not-found', detail => format('There is nothing with the id %s here.', id)
    );
  end if;
  if v_row ->> 'vendor_id' is null then
    perform app.raise_problem(
      status => 403,
      type => 'forbidden',
      detail => 'This belongs to the platform and is the same for every vendor; it cannot be changed.',
      hint => 'Create your own; where both fit, yours is taken.'
    );
  end if;
  execute format('select to_jsonb(t) from public.%I as t where t.id = $1 for update', table_name)
  into v_row using find_own_row.id;
  return v_row;
end;
$$;

comment on function app.find_own_row(text, uuid, uuid) is 'A vendor''s own row, locked; problem 404 or 403 otherwise.';

grant execute on function app.find_own_row(text, uuid, uuid) to authenticated, service_role;

-- sql/taxonomy/get_synonym.sql
-- One synonym row of a dictionary.
create or replace function public.get_synonym(kind text, id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_viewer');
  v_row jsonb;
begin
  execute format(
    'select app.synonym_json(to_jsonb(t)) from public.%I as t
     where t.id = $1 and (t.vendor_id is null or t.vendor_id = $2)', app.synonym_table(kind)
  ) into v_row using get_synonym.id, v_vendor_id;
  if v_row is null then
    perform app.raise_problem(
      status => 404, type => 'not-found', detail => format('There is no synonym with the id %s.', id)
    );
  end if;
  return v_row;
end;
$$;

comment on function public.get_synonym(text, uuid) is 'One row of header or value synonyms.';

grant execute on function public.get_synonym(text, uuid) to authenticated;

-- sql/taxonomy/get_taxonomy_term.sql
-- One term of a taxonomy, the platform's or the vendor's own.
create or replace function public.get_taxonomy_term(kind text, id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_viewer');
  v_row jsonb;
begin
  execute format(
    'select to_jsonb(t) from public.%I as t where t.id = $1 and (t.vendor_id is null or t.vendor_id = $2)',
    app.taxonomy_table(kind)
  ) into v_row using get_taxonomy_term.id, v_vendor_id;
  if v_row is null then
    perform app.raise_problem(
      status => 404, type => 'not-found', detail => format('There is no term with the id %s in %s.', id, kind)
    );
  end if;
  return v_row;
end;
$$;

comment on function public.get_taxonomy_term(text, uuid) is 'One term of a taxonomy.';

grant execute on function public.get_taxonomy_term(text, uuid) to authenticated;

-- sql/taxonomy/header_basis.sql
-- What a file's nutrient columns count for when they do not say: basis 100g or serving, and whether bare numbers are
-- grams (Europe) or each nutrient's usual unit (US labels). Headers come folded.
--   USDA SR28 (NDB_No) is per 100 g in usual units. A bare salt column speaks of a European table, which by Regulation
--   1169/2011 is per 100 g in grams; US labels give sodium in mg. Columns that state 100 g speak for those that do not.
create or replace function app.header_basis(headers text[], out basis text, out bare_unit text)
language sql
immutable
parallel safe
set search_path = ''
as $$
  select
    case
      when f.is_sr28 or (f.says_100g and not f.says_serving) or (f.has_salt and not f.says_serving) then '100g'
      else 'serving'
    end,
    case when f.has_salt and not f.is_sr28 then 'g' end
  from (
    select
      'ndb no' = any(header_basis.headers) as is_sr28,
      bool_or(h.header ~ '\m100 ?(?:g|gr|ml)\M') as says_100g,
      bool_or(
        h.header ~ '\m(?:per|par|por|pro|je) (?:serving|portion|porcion|racion|porzione|portie|porcao)\M'
        or h.header ~ '^nutrition (?!100g)'
      ) as says_serving,
      bool_or(h.header ~ '^(?:salt|sel|sal|salz|zout)(?: g)?$|^sale g$') as has_salt
    from unnest(header_basis.headers) as h (header)
  ) as f;
$$;

comment on function app.header_basis(text[]) is 'Basis and unit of the nutrient columns of a file that state neither.';

grant execute on function app.header_basis(text[]) to authenticated, service_role;

-- sql/taxonomy/is_mapping_field.sql
-- Whether a mapping of this mode may name this field.
create or replace function app.is_mapping_field(mode text, field text)
returns boolean
language sql
immutable
parallel safe
set search_path = ''
as $$
  select exists (
    select
    from app.mapping_fields(is_mapping_field.mode) as f
    where f.field = is_mapping_field.field
  );
$$;

comment on function app.is_mapping_field(text, text) is 'True for a field of app.mapping_fields(mode).';

grant execute on function app.is_mapping_field(text, text) to authenticated, service_role;

-- sql/taxonomy/list_page.sql
-- One page of a list in the shape of every list, {"data", "next_cursor"}, from rows fetched with one more than the
-- limit.
-- The cursor holds the named keys of the last row kept, signed for the scope.
create or replace function app.list_page(rows jsonb, page_limit int, scope text, keys text[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_has_more boolean := jsonb_array_length(rows) > page_limit;
  v_data jsonb := case when v_has_more then rows - page_limit else rows end;
begin
  return jsonb_build_object(
    'data', v_data,
    'next_cursor', case
      when v_has_more then
        app.encode_cursor(
          scope, (select jsonb_object_agg(k.name, v_data -> -1 -> k.name) from unnest(keys) as k (name))
        )
    end
  );
end;
$$;

comment on function app.list_page(jsonb, int, text, text[]) is
  'A page of a list with its cursor, from one row too many.';

grant execute on function app.list_page(jsonb, int, text, text[]) to authenticated, service_role;

-- sql/taxonomy/list_synonyms.sql
-- The synonyms of one dictionary that the caller's vendor sees, by space (mode or domain) and canonical word. q finds
-- rows by the beginning or a part of a word.
create or replace function public.list_synonyms(
  kind text,
  q text default null,
  mode text default null,
  domain text default null,
  canonical text default null,
  cursor text default null,
  page_limit int default 50
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_viewer');
  v_table text := app.synonym_table(kind);
  v_space text := case kind when 'headers' then 'mode' else 'domain' end;
  v_scope text := concat_ws(
    '/', 'synonyms', kind, v_vendor_id,
    app.fingerprint(jsonb_build_array(q, list_synonyms.mode, list_synonyms.domain, list_synonyms.canonical))
  );
  v_after jsonb := app.decode_cursor(v_scope, cursor);
  v_rows jsonb;
begin
  perform app.check_page_limit(page_limit);
  perform app.check_choice('mode', list_synonyms.mode, '{products, customers}');
  perform app.check_choice(
    'domain', list_synonyms.domain,
    '{allergen, condition, unit, diet, gender, activity, nutrient, certification, category, cuisine, market}'
  );
  execute format(
    'select coalesce(jsonb_agg(app.synonym_json(to_jsonb(r)) order by r.%1$I, r.canonical, r.id), ''[]'')
     from (
       select t.*
       from public.%2$I as t
       where (t.vendor_id is null or t.vendor_id = $1)
         and ($2 is null or t.%1$I = $2)
         and ($3 is null or t.canonical = $3)
         and ($4 is null or exists (select from unnest(t.folded) as f (word) where strpos(f.word, $4) > 0))
         and ($5 is null or (t.%1$I, t.canonical, t.id) > ($5, $6, $7))
       order by t.%1$I, t.canonical, t.id
       limit $8
     ) as r', v_space, v_table
  ) into v_rows
  using v_vendor_id, case kind when 'headers' then list_synonyms.mode else list_synonyms.domain end,
    list_synonyms.canonical, nullif(app.fold_header(q), ''),
    v_after ->> v_space, v_after ->> 'canonical', (v_after ->> 'id')::uuid, page_limit + 1;
  return app.list_page(v_rows, page_limit, v_scope, array[v_space, 'canonical', 'id']);
end;
$$;

comment on function public.list_synonyms(text, text, text, text, text, text, int) is
'A page of header or value synonyms: the platform''s and the vendor''s own.';

grant execute on function public.list_synonyms(text, text, text, text, text, text, int) to authenticated;

-- sql/taxonomy/list_taxonomy.sql
-- The terms of one taxonomy that the caller's vendor sees: the platform's and its own, by code.
create or replace function public.list_taxonomy(
  kind text,
  q text default null,
  active boolean default null,
  parent_id uuid default null,
  cursor text default null,
  page_limit int default 50
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_viewer');
  v_table text := app.taxonomy_table(kind);
  v_scope text := concat_ws(
    '/', 'taxonomy', kind, v_vendor_id, app.fingerprint(jsonb_build_array(q, active, list_taxonomy.parent_id))
  );
  v_after jsonb := app.decode_cursor(v_scope, cursor);
  v_rows jsonb;
begin
  perform app.check_page_limit(page_limit);
  execute format(
    'select coalesce(jsonb_agg(to_jsonb(r) order by r.code, r.id), ''[]'')
     from (
       select t.*
       from public.%I as t
       where (t.vendor_id is null or t.vendor_id = $1)
         and ($2 is null or strpos(app.fold_text(t.label), $2) > 0 or strpos(t.code, replace($2, '' '', ''_'')) > 0)
         and ($3 is null or t.active = $3)
         and ($4 is null or t.parent_id = $4)
         and ($5 is null or (t.code, t.id) > ($5, $6))
       order by t.code, t.id
       limit $7
     ) as r', v_table
  ) into v_rows
  using v_vendor_id, nullif(app.fold_text(q), ''), active, list_taxonomy.parent_id,
    v_after ->> 'code', (v_after ->> 'id')::uuid, page_limit + 1;
  return app.list_page(v_rows, page_limit, v_scope, array['code', 'id']);
end;
$$;

comment on function public.list_taxonomy(text, text, boolean, uuid, text, int) is
'A page of a taxonomy: platform terms and the vendor''s own, by code. q searches label and code.';

grant execute on function public.list_taxonomy(text, text, boolean, uuid, text, int) to authenticated;

-- sql/taxonomy/mapping_fields.sql
-- The fields a column may be mapped to, with the operations a column gets when nothing more is known about it.
-- Kind tells what the pipeline makes of the cell; helpers are read while mapping and not stored themselves.
create or replace function app.mapping_fields(mode text)
returns table (field text, kind text, is_helper boolean, transform_ops jsonb)
language sql
immutable
parallel safe
set search_path = ''
as $$
  with fields (mode, field, kind, is_helper, transform_ops) as (
    values
      ('products', 'external_id', 'text', false, jsonb '["trim"]'),
      ('products', 'barcode', 'text', false, '["trim"]'),
      ('products', 'name', 'text', false, '["decode_entities", "collapse_blanks"]'),
      ('products', 'brand', 'text', false, '["decode_entities", "collapse_blanks"]'),
      ('products', 'description', 'text', false, '["decode_entities", "strip_html", "collapse_blanks"]'),
      ('products', 'short_description', 'text', false, '["decode_entities", "strip_html", "collapse_blanks"]'),
      ('products', 'category', 'text', false, '["decode_entities", "collapse_blanks"]'),
      ('products', 'sub_category', 'text', false, '["decode_entities", "collapse_blanks"]'),
      ('products', 'cuisine', 'text', false, '["collapse_blanks"]'),
      ('products', 'market', 'text', false, '["collapse_blanks"]'),
      ('products', 'price', 'number', false, '["money"]'),
      ('products', 'currency', 'text', false, '["currency"]'),
      ('products', 'status', 'text', false, '["trim"]'),
      (
        'products', 'ingredients', 'text', false,
        '["decode_entities", "strip_html", "strip_emphasis", "collapse_blanks"]'
      ),
      ('products', 'serving_size', 'text', false, '["decode_entities", "collapse_blanks"]'),
      ('products', 'package_weight', 'text', false, '["decode_entities", "collapse_blanks"]'),
      ('products', 'dietary_tags', 'list', false, '["decode_entities"]'),
      ('products', 'allergens', 'list', false, '["decode_entities"]'),
      ('products', 'may_contain', 'list', false, '["decode_entities"]'),
      ('products', 'free_from', 'list', false, '["decode_entities"]'),
      ('products', 'certifications', 'list', false, '["decode_entities"]'),
      ('products', 'regulatory_codes', 'list', false, '["decode_entities"]'),
      ('products', 'image_url', 'list', false, '["trim"]'),
      ('products', 'source_url', 'text', false, '["trim"]'),
      ('products', 'serving_size_unit', 'text', true, '["trim"]'),
      ('products', 'serving_quantity', 'number', true, '["parse_number"]'),
      ('products', 'household_serving', 'text', true, '["collapse_blanks"]'),
      ('products', 'package_weight_unit', 'text', true, '["trim"]'),
      ('products', 'sub_brand', 'text', true, '["decode_entities", "collapse_blanks"]'),
      ('products', 'nutrition_basis', 'text', true, '["trim"]'),
      ('customers', 'external_id', 'text', false, '["trim"]'),
      ('customers', 'full_name', 'text', false, '["collapse_blanks"]'),
      ('customers', 'email', 'text', false, '["trim", "lower"]'),
      ('customers', 'phone', 'text', false, '["trim"]'),
      ('customers', 'dob', 'date', false, '["date_iso", "date_mdy", "date_dmy"]'),
      ('customers', 'age', 'number', false, '["parse_number"]'),
      ('customers', 'gender', 'text', false, '["trim"]'),
      ('customers', 'location', 'text', false, '["collapse_blanks"]'),
      ('customers', 'city', 'text', true, '["collapse_blanks"]'),
      ('customers', 'region', 'text', true, '["collapse_blanks"]'),
      ('customers', 'postal_code', 'text', true, '["trim"]'),
      ('customers', 'country', 'text', true, '["collapse_blanks"]'),
      ('customers', 'first_name', 'text', true, '["collapse_blanks"]'),
      ('customers', 'last_name', 'text', true, '["collapse_blanks"]'),
      ('customers', 'custom_tags', 'list', false, '[]'),
      ('customers', 'health_consent', 'text', false, '["boolean"]'),
      ('customers', 'height_cm', 'number', false, '["to_cm"]'),
      ('customers', 'weight_kg', 'number', false, '["to_kg"]'),
      ('customers', 'activity_level', 'text', false, '["trim"]'),
      ('customers', 'conditions', 'list', false, '[]'),
      ('customers', 'diet_goals', 'list', false, '[]'),
      ('customers', 'avoid_allergens', 'list', false, '[]')
  )
  select f.field, f.kind, f.is_helper, f.transform_ops
  from fields as f
  where f.mode = mapping_fields.mode
  union all
  select b.prefix || n.key, 'nutrient', false, jsonb_build_array('to_' || app.nutrient_unit(n.key))
  from unnest(app.nutrient_keys()) as n (key)
  cross join (values ('nutrition.'), ('nutrition_100g.')) as b (prefix)
  where mapping_fields.mode = 'products';
$$;

comment on function app.mapping_fields(text) is 'The fields a column of a products or customers file may be mapped to.';

grant execute on function app.mapping_fields(text) to authenticated, service_role;

-- sql/taxonomy/match_compound_tokens.sql
-- Like app.match_tokens for lists in which people join words with more than commas ("milk and eggs", "MILK/EGG/SOY",
-- "Contains wheat. May contain nuts.", "Nuts (almonds, cashews)"): a token nobody knows is taken apart there, and
-- answers each part. A part that stays unknown keeps the token unknown beside the parts that are known.
create or replace function app.match_compound_tokens(vendor_id uuid, domain text, tokens text[])
returns table (token text, canonical text)
language sql
stable
set search_path = ''
as $$
  with whole as materialized (
    select m.token, m.canonical
    from app.match_tokens(
      match_compound_tokens.vendor_id, match_compound_tokens.domain, match_compound_tokens.tokens
    ) as m
  ),
  part as materialized (
    select w.token, btrim(p.part) as part
    from whole as w
    cross join lateral regexp_split_to_table(
      w.token,
      '\s*(?:[&/+:•\n()\[\],;]|[.](?=\s|$)|\s(?:and|et|und|y|e|en|och|or|ou|oder|o|sowie|as well as)\s)\s*', 'i'
    ) as p (part)
    where w.canonical is null and p.part ~ '[[:alnum:]]' and length(w.token) <= 1000
  ),
  known as materialized (
    select m.token as part, m.canonical
    from app.match_tokens(
      match_compound_tokens.vendor_id, match_compound_tokens.domain,
      (
        select array_agg(distinct p.part) from part as p
        where app.fold_text(p.part) !~ (
          '^(?:en|fr|de|es|it|nl|pt|allergens?|allergenes?|incl|including'
          '|(?:may |peut |puede |kann |puo |pode )?'
          '(?:contains?|contenir|contient|contener|contiene|enthalt|enthalten|contenere|conter|contem|bevat)'
          '(?: traces)?)$'
        )
      )
    ) as m
  )
  select w.token, w.canonical from whole as w where w.canonical is not null
  union all
  select p.token, k.canonical from part as p join known as k on k.part = p.part
  union all
  select w.token, null from whole as w
  where w.canonical is null
    and not exists (select from part as p join known as k on k.part = p.part where p.token = w.token);
$$;

comment on function app.match_compound_tokens(uuid, text, text[]) is
  'The codes each token means in a domain, joined words taken apart; null where nobody knows.';

grant execute on function app.match_compound_tokens(uuid, text, text[]) to authenticated, service_role;

-- sql/taxonomy/match_tokens.sql
-- What each of many tokens means in a domain; canonical is null where nobody knows. One probe of the index a token,
-- so it costs the same for a file's distinct tokens as for one row's. A token is tried as it is, then without the
-- words that labels put around it ("Contains: ", "traces of"), then without a plural s.
create or replace function app.match_tokens(vendor_id uuid, domain text, tokens text[])
returns table (token text, canonical text)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
  select
    t.token,
    (
      select s.canonical
      from unnest(array[f.folded, b.bare, regexp_replace(b.bare, 's$', '')]) with ordinality as c (folded, attempt)
      inner join app.synonym_index as s
        on s.space = 'value:' || match_tokens.domain
          and s.folded = c.folded
          and (s.vendor_id is null or s.vendor_id = match_tokens.vendor_id)
      order by c.attempt, s.vendor_id is null, s.source, s.canonical
      limit 1
    )
  from (select distinct u.token from unnest(match_tokens.tokens) as u (token)) as t
  cross join lateral app.fold_token(t.token) as f (folded)
  cross join lateral regexp_replace(
    f.folded,
    '^(?:(?:may |peut |puede |kann |puo |pode )?'
    '(?:contain|contains|contenir|contient|contener|contiene|enthalt|enthalten|contenere|conter|contem|bevat)'
    '(?: des)? ?)?'
    '(?:(?:traces?|trazas|spuren|tracce|sporen|vestigios) ?(?:of|de|d|von|di|van)? )?',
    ''
  ) as b (bare);
end;
$$;

comment on function app.match_tokens(uuid, text, text[]) is
  'The code each token means in a domain, null where nobody knows.';

grant execute on function app.match_tokens(uuid, text, text[]) to authenticated, service_role;

-- sql/taxonomy/normalize_tokens.sql
-- One row's list as codes: known, sorted and distinct, and unknown, the tokens as they came.
-- "None" is an answer (both empty); "not stated" without anything else is none (both null), as is a null list.
create or replace function app.normalize_tokens(
  vendor_id uuid, domain text, tokens text[], out known text[], out unknown text[]
)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  with matched as (
    select m.token, m.canonical
    from app.match_tokens(normalize_tokens.vendor_id, normalize_tokens.domain, normalize_tokens.tokens) as m
    where m.token ~ '[[:alnum:]]'
  ),
  sorted as (
    select
      array_agg(distinct m.canonical order by m.canonical)
      filter (where m.canonical not in ('none', 'unspecified')) as known,
      array_agg(distinct m.token order by m.token) filter (where m.canonical is null) as unknown,
      bool_or(m.canonical = 'unspecified') as is_unspecified,
      bool_or(m.canonical = 'none') as is_none
    from matched as m
  )
  select coalesce(s.known, '{}'), coalesce(s.unknown, '{}')
  into normalize_tokens.known, normalize_tokens.unknown
  from sorted as s
  where normalize_tokens.tokens is not null
    and not (s.known is null and s.unknown is null and s.is_unspecified and not s.is_none);
end;
$$;

comment on function app.normalize_tokens(uuid, text, text[]) is
'A list of tokens as known codes and unknown rest; null when the list says that nothing is stated.';

grant execute on function app.normalize_tokens(uuid, text, text[]) to authenticated, service_role;

-- sql/taxonomy/nutrient_operations.sql
-- The operations that bring a nutrient column into its key's unit; null when the unit does not fit the nutrient.
-- International units count 0.025 mcg of vitamin D, 0.3 mcg of vitamin A (retinol) and 0.67 mg of vitamin E.
create or replace function app.nutrient_operations(key text, unit text)
returns jsonb
language sql
immutable
parallel safe
set search_path = ''
as $$
  select case
    when nutrient_operations.unit = 'iu' then
      (
        select jsonb_build_array(jsonb_build_object('op', 'scale', 'by', i.factor))
        from (values ('vitamin_d_mcg', 0.025), ('vitamin_a_mcg', 0.3), ('vitamin_e_mg', 0.67)) as i (key, factor)
        where i.key = nutrient_operations.key
      )
    when coalesce(nutrient_operations.unit, k.unit) = k.unit then jsonb_build_array('to_' || k.unit)
    when nutrient_operations.unit in ('kj', 'kcal') or k.unit = 'kcal' then
      case when k.unit = 'kcal' and nutrient_operations.unit = 'kj' then jsonb '["kj_to_kcal"]' end
    else jsonb_build_array(nutrient_operations.unit || '_to_' || k.unit)
  end
  from (select app.nutrient_unit(nutrient_operations.key) as unit) as k;
$$;

comment on function app.nutrient_operations(text, text) is
  'Operations from a stated unit to the unit of a nutrient key.';

grant execute on function app.nutrient_operations(text, text) to authenticated, service_role;

-- sql/taxonomy/nutrient_unit.sql
-- The unit a nutrient key is counted in, which is the end of the key: sodium_mg -> mg, calories -> kcal.
create or replace function app.nutrient_unit(key text)
returns text
language sql
immutable
strict
parallel safe
set search_path = ''
as $$
  select case nutrient_unit.key when 'calories' then 'kcal' else substring(nutrient_unit.key from '_(g|mg|mcg)$') end;
$$;

comment on function app.nutrient_unit(text) is 'The unit of a nutrient key: kcal, g, mg or mcg.';

grant execute on function app.nutrient_unit(text) to authenticated, service_role;

-- sql/taxonomy/parse_nutrient_header.sql
-- Takes a folded header apart: which nutrient (by the vendor's dictionary), in which unit, for which basis.
-- "vitamin c mg 100g" -> vitamin_c_mg, mg, 100g. Nulls when it names no nutrient, or something else about one
-- (daily values, scores, prepared food).
create or replace function app.parse_nutrient_header(
  vendor_id uuid, folded text, out key text, out name text, out unit text, out basis text
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_name text := folded;
  v_basis_words constant text :=
    '\m(?:(?:per|pour|por|pro|je|par|fur|in|en) )?(?:100 ?(?:g|gr|grams?|grammes?|ml)\M ?)+';
  v_serving_words constant text :=
    '\m(?:(?:amount|quantity|quantite) )?(?:per|par|por|pro|je)? ?'
    '(?:servings?|portions?|porcion|racion|porzione|portie|porcao)\M';
  v_units constant text :=
    'kcal|kj|kilojoules?|kilocalories|g|gr|grams?|grammes?|gramos|mg|milligrams?|mcg|ug|micrograms?|iu|ui|ie';
begin
  if v_name ~ '%|\m(?:dv|vnr|nrv|rda|rdi|ajr|daily|prepared|unit|score|source|claim|claims|label|modifier)\M' then
    return;
  end if;
  v_name := regexp_replace(v_name, '^nutrition (100g )?', '\1');
  if v_name ~ v_basis_words then
    basis := '100g';
    v_name := regexp_replace(v_name, v_basis_words, ' ');
  elsif v_name ~ v_serving_words or folded ~ '^nutrition ' then
    basis := 'serving';
    v_name := regexp_replace(v_name, v_serving_words, ' ');
  end if;
  v_name := btrim(regexp_replace(
    regexp_replace(v_name, '^(?:of which|dont|davon|de l[oa]s cuales|di cui|waarvan|d[oa]s quais) | value$', '', 'g'),
    ' +', ' ', 'g'
  ));
  unit := substring(v_name from '(?:^| )(' || v_units || ')$');
  name := btrim(regexp_replace(v_name, '(?:^| )(?:' || v_units || ')$', ''));
  key := (select m.canonical from app.match_tokens(vendor_id, 'nutrient', array[name]) as m where name <> '');
  if key is null then
    unit := null;
    name := v_name;
    key := (select m.canonical from app.match_tokens(vendor_id, 'nutrient', array[name]) as m where name <> '');
  end if;
  unit := case
    when key is null then null
    when unit in ('iu', 'ui', 'ie') then 'iu'
    when unit is null and name in ('kcal', 'kilocalories') then 'kcal'
    when unit is null and name in ('kj', 'kilojoules') then 'kj'
    else coalesce(
      (
        select u.short
        from app.unit_scale(unit) as s
        inner join (
          values ('mass', 1, 'g'), ('mass', 0.001, 'mg'), ('mass', 0.000001, 'mcg'), ('energy', 1, 'kcal')
        ) as u (dimension, factor, short) on u.dimension = s.dimension and u.factor = s.factor
      ),
      case when unit like 'k%j%' then 'kj' end
    )
  end;
end;
$$;

comment on function app.parse_nutrient_header(uuid, text) is 'Nutrient, unit and basis named by a folded header.';

grant execute on function app.parse_nutrient_header(uuid, text) to authenticated, service_role;

-- sql/taxonomy/refuse_field_errors.sql
-- Ends the statement with problem 400 invalid-input when there are field errors; does nothing when there are none.
create or replace function app.refuse_field_errors(errors jsonb)
returns void
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if jsonb_array_length(errors) > 0 then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => format('%s: %s', errors #>> '{0,pointer}', errors #>> '{0,detail}'),
      errors => errors
    );
  end if;
end;
$$;

comment on function app.refuse_field_errors(jsonb) is 'Problem 400 naming the faulty fields, if there are any.';

grant execute on function app.refuse_field_errors(jsonb) to authenticated, service_role;

-- sql/taxonomy/resolve_flag_headers.sql
-- Columns that say yes or no to one allergen or diet each ("Contains Milk", "Tree nuts", "Gluten Free", "Vegan"): which
-- word of which list, by the vendor's dictionary. An allergen's column answers three lists: contains, may contain, and
-- where it says no, free from. Allergens without a word around them count only where three or more stand side by side:
-- a column "Milk" alone may be anything. Headers come folded.
create or replace function app.resolve_flag_headers(vendor_id uuid, headers text[])
returns table (folded text, canonical text, transform_ops jsonb, confidence numeric)
language sql
stable
set search_path = ''
as $$
  with taken as (
    select
      h.header,
      c.around is not null as is_marked,
      c.around ~ '^(?:may|traces?|peut|puede|trazas|kann|spuren)' as is_may,
      c.around ~ '^(?:free|no|without|sans|sin|ohne|libre|frei)|free$|frei$' as is_free,
      btrim(replace(' ' || h.header || ' ', ' ' || coalesce(c.around, '') || ' ', ' ')) as word
    from unnest(resolve_flag_headers.headers) as h (header)
    cross join lateral (
      select coalesce(
        substring(
          h.header from '^((?:may contain|peut contenir|puede contener|kann|traces?|trazas|spuren)'
          '(?: (?:traces? of|of|de|d|von))?) '
        ),
        substring(h.header from '^((?:free from|free of|no|without|sans|sin|ohne|libre de|frei von)) '),
        substring(h.header from ' (free|frei)$'),
        substring(
          h.header from '^((?:contains?|contient|contiene|enthalt|has|is|allergens?|allergenes?|alergenos?|allergy|'
          'allergie)) '
        ),
        substring(h.header from ' (allergens?|allergenes?|allergene|alergenos?|contained|present|yn|y n|enthalten)$')
      ) as around
    ) as c
  ),
  allergen as (
    select t.header, t.is_marked, t.is_may, t.is_free, m.canonical
    from taken as t
    join app.match_tokens(
      resolve_flag_headers.vendor_id, 'allergen', (select array_agg(distinct o.word) from taken as o)
    ) as m on m.token = t.word
    where m.canonical not in ('none', 'unspecified') and t.word <> ''
  ),
  flag (header, canonical, token, answer, confidence) as (
    select a.header, f.field, a.canonical, f.answer, case when a.is_marked then 0.85 else 0.7 end
    from allergen as a
    cross join (
      values ('allergens', 'yes'), ('may_contain', 'may'), ('free_from', 'no')
    ) as f (field, answer)
    where not coalesce(a.is_may, false) and not coalesce(a.is_free, false)
      and (a.is_marked or (select count(*) >= 3 from allergen as o where not o.is_marked))
    union all
    select a.header, 'may_contain', a.canonical, f.answer, 0.85
    from allergen as a cross join (values ('yes'), ('may')) as f (answer)
    where a.is_may
    union all
    select a.header, 'free_from', a.canonical, 'yes', 0.85 from allergen as a where a.is_free
    union all
    select t.header, 'dietary_tags', m.canonical, 'yes', 0.85
    from taken as t
    join app.match_tokens(
      resolve_flag_headers.vendor_id, 'diet',
      (select array_agg(regexp_replace(o.header, '^(?:is|certified) ', '')) from taken as o)
    ) as m on m.token = regexp_replace(t.header, '^(?:is|certified) ', '')
    where m.canonical not in ('none', 'unspecified')
  )
  select
    f.header,
    f.canonical,
    jsonb_build_array(jsonb_build_object('op', 'flag', 'token', f.token, 'when', f.answer)),
    f.confidence
  from flag as f;
$$;

comment on function app.resolve_flag_headers(uuid, text[]) is
  'Fields and operations of the columns of a file that each say yes or no to an allergen or a diet.';

grant execute on function app.resolve_flag_headers(uuid, text[]) to authenticated, service_role;

-- sql/taxonomy/resolve_headers.sql
-- What the headers of one file mean, best knowledge first: the vendor's synonyms, the platform's, the fields' own
-- names, then nutrients taken apart, then known headers with words around them, then columns of yes and no.
-- A header may answer several fields and a field may have several headers
-- (candidates in order of confidence, then position); unknown headers have no row. In files with Open Food Facts'
-- columns "code" is the barcode.
create or replace function app.resolve_headers(vendor_id uuid, mode text, headers text[])
returns table (
  "position" int, header text, canonical text, transform_ops jsonb, confidence numeric, reason text
)
language sql
stable
set search_path = ''
as $$
  with columns as (
    select h.place::int as place, h.header, app.fold_header(h.header) as folded
    from unnest(resolve_headers.headers) with ordinality as h (header, place)
  ),
  names as (
    select distinct c.folded from columns as c where c.folded <> ''
  ),
  habits as (
    select array['code', 'product name'] <@ array_agg(n.folded)
      and array['ingredients text', 'last modified t', 'brands', 'url'] && array_agg(n.folded) as is_off
    from names as n
  ),
  synonyms as (
    select distinct on (n.folded) n.folded, s.canonical, s.transform_ops, s.confidence,
      case when s.vendor_id is null then 'known header' else 'synonym of the vendor' end as reason
    from names as n
    inner join app.synonym_index as i
      on i.space = 'header:' || resolve_headers.mode
        and i.folded = n.folded
        and (i.vendor_id is null or i.vendor_id = resolve_headers.vendor_id)
    inner join public.synonyms_header as s on s.id = i.owner_id
    cross join habits as k
    where s.vendor_id is not null or not k.is_off or n.folded <> 'code'
    order by n.folded, i.vendor_id is null
  ),
  off_codes as (
    select n.folded, 'barcode' as canonical, jsonb '["trim"]' as transform_ops, 0.95 as confidence,
      'barcode of an Open Food Facts file' as reason
    from names as n
    cross join habits as k
    where k.is_off and n.folded = 'code'
  ),
  fields as (
    select n.folded, f.field, f.transform_ops, 1.0 as confidence, 'name of the field' as reason
    from names as n
    inner join app.mapping_fields(resolve_headers.mode) as f on app.fold_header(f.field) = n.folded
  ),
  nutrients as (
    select n.folded, n.canonical, n.transform_ops, n.confidence, 'nutrient read from the header' as reason
    from app.resolve_nutrient_headers(
      resolve_headers.vendor_id, (select array_agg(m.folded) from names as m where resolve_headers.mode = 'products')
    ) as n
  ),
  sure as (
    select s.*, 1 as rank from synonyms as s
    union all
    select o.*, 2 from off_codes as o
    union all
    select f.*, 3 from fields as f
    union all
    select n.*, 4 from nutrients as n
  ),
  open as (
    select c.header, c.folded from columns as c
    where c.folded <> '' and not exists (select from sure as s where s.folded = c.folded)
  ),
  worded as (
    select o.folded, w.canonical, w.transform_ops, w.confidence, 'known header with words around it' as reason
    from app.resolve_worded_headers(
      resolve_headers.vendor_id, resolve_headers.mode, (select array_agg(o.header) from open as o)
    ) as w
    join open as o on o.header = w.header
  ),
  flags as (
    select f.folded, f.canonical, f.transform_ops, f.confidence, 'yes or no to one word of a list' as reason
    from app.resolve_flag_headers(
      resolve_headers.vendor_id,
      (select array_agg(distinct o.folded) from open as o where resolve_headers.mode = 'products')
    ) as f
  ),
  answers as (
    select s.* from sure as s
    union all
    select w.*, 5 from worded as w
    union all
    select f.*, 6 from flags as f
  )
  select c.place, c.header, a.canonical, a.transform_ops, a.confidence, a.reason
  from columns as c
  inner join answers as a on a.folded = c.folded
  where not exists (select from answers as better where better.folded = a.folded and better.rank < a.rank)
  order by c.place, a.confidence desc, a.canonical;
$$;

comment on function app.resolve_headers(uuid, text, text[]) is
'The fields that the headers of a file answer, with operations, confidence and reason.';

grant execute on function app.resolve_headers(uuid, text, text[]) to authenticated, service_role;

-- sql/taxonomy/resolve_nutrient_headers.sql
-- The nutrient columns among a file's folded headers: field, operations and how sure the reading is. A stated unit and
-- basis are certain; a missing one is taken from the file's habit (app.header_basis) at a lower confidence. Unstated
-- units beside "100 g" are grams and energy in kJ, as in Open Food Facts. Salt answers for sodium as well.
create or replace function app.resolve_nutrient_headers(vendor_id uuid, headers text[])
returns table (folded text, canonical text, transform_ops jsonb, confidence numeric)
language sql
stable
set search_path = ''
as $$
  with read as (
    select
      h.header,
      n.key,
      coalesce(n.basis, d.basis) as basis,
      n.unit as stated_unit,
      case
        when n.unit is not null then n.unit
        when n.name in ('calories', 'calorie', 'calorias', 'kalorien') then 'kcal'
        when n.basis = '100g' or d.bare_unit = 'g' then case n.key when 'calories' then 'kj' else 'g' end
        else app.nutrient_unit(n.key)
      end as unit,
      0.95 - case when n.basis is null then 0.05 else 0 end as confidence
    from (select distinct u.header from unnest(resolve_nutrient_headers.headers) as u (header)) as h
    cross join app.header_basis(resolve_nutrient_headers.headers) as d
    cross join lateral app.parse_nutrient_header(resolve_nutrient_headers.vendor_id, h.header) as n
    where n.key = any(app.nutrient_keys())
  ),
  targets as (
    select
      r.header, r.key, r.basis,
      -- Alcohol without a unit in a European table is % vol; a millilitre of it weighs 0.789 g.
      case
        when r.key = 'alcohol_g' and r.stated_unit is null and r.basis = '100g' then '[{"op": "scale", "by": 0.789}]'
        else app.nutrient_operations(r.key, r.unit)
      end as ops,
      r.confidence - case
        when r.stated_unit = 'iu' then 0.25
        when r.stated_unit is null then 0.1
        when r.stated_unit = 'kj' then 0.05
        else 0
      end as confidence
    from read as r
    union all
    select
      r.header, 'sodium_mg', r.basis,
      case r.unit when 'mg' then jsonb '["salt_to_sodium", "to_mg"]' else '["salt_to_sodium", "g_to_mg"]' end,
      r.confidence - 0.05
    from read as r
    where r.key = 'salt_g'
  )
  select
    t.header,
    case t.basis when '100g' then 'nutrition_100g.' else 'nutrition.' end || t.key,
    t.ops,
    t.confidence
  from targets as t
  where t.ops is not null;
$$;

comment on function app.resolve_nutrient_headers(uuid, text[]) is
  'Fields and operations of the nutrient columns of a file.';

grant execute on function app.resolve_nutrient_headers(uuid, text[]) to authenticated, service_role;

-- sql/taxonomy/resolve_worded_headers.sql
-- Known headers with something around them: brackets ("Code-barres (EAN)"), the word product, a language, a unit
-- ("Portion (g)", which a bare number in the column then gets), the order of a date (DD/MM/YYYY). Only for headers that
-- nothing else answers.
create or replace function app.resolve_worded_headers(vendor_id uuid, mode text, headers text[])
returns table (header text, canonical text, transform_ops jsonb, confidence numeric)
language sql
stable
set search_path = ''
as $$
  with form (header, unit, attempt, folded) as (
    select h.header, u.unit, f.attempt, f.folded
    from unnest(resolve_worded_headers.headers) as h (header)
    cross join lateral (select app.fold_header(regexp_replace(h.header, '\([^)]*\)|\[[^\]]*\]', ' ', 'g')) as bare) as b
    cross join lateral (
      select (regexp_match(lower(h.header), '[\s_(\[/-](g|gr|kg|mg|ml|cl|l|oz|lbs?|fl oz)[.)\]]*\s*$'))[1] as unit
    ) as u
    cross join lateral (select regexp_replace(b.bare, ' (?:g|gr|kg|ml|cl|l|oz|lbs?|fl oz)$', '') as short) as s
    cross join lateral (
      values
        (1, b.bare),
        (2, s.short),
        (3, btrim(regexp_replace(regexp_replace(
          ' ' || replace(s.short, ' ', '  ') || ' ',
          ' (?:products?|items?|articles?|produits?|productos?|produkte?s?|artikels?|articulos?|customers?|clients?|'
          'patients?|the|of|de|du|des|del|la|le|les|el|los|las|der|die|das|our|your|in|'
          'en|fr|es|eng|english|francais|deutsch|espanol|usa|uk|eu|us|eur|usd|gbp|info|information|'
          'texte?|value) ', ' ', 'g'
        ), ' +', ' ', 'g')))
    ) as f (attempt, folded)
    where f.folded <> ''
  ),
  found as (
    select distinct on (f.header) f.header, f.unit, f.attempt, s.canonical, s.transform_ops, s.confidence
    from form as f
    join app.synonym_index as i
      on i.space = 'header:' || resolve_worded_headers.mode and i.folded = f.folded
        and (i.vendor_id is null or i.vendor_id = resolve_worded_headers.vendor_id)
    join public.synonyms_header as s on s.id = i.owner_id
    order by f.header, f.attempt, i.vendor_id is null, s.confidence desc
  )
  select
    f.header,
    f.canonical,
    case
      when f.canonical = 'dob' and f.header ~* '(?:dd|jj|tt)[-/. ]?mm' then '["date_iso", "date_dmy"]'
      else coalesce(f.transform_ops, '[]')
    end || case
      when f.unit is not null and f.canonical in ('serving_size', 'package_weight')
        then jsonb_build_array(jsonb_build_object('op', 'with_unit', 'unit', f.unit))
      else '[]'
    end,
    round(f.confidence * (1 - 0.05 * f.attempt), 2)
  from found as f;
$$;

comment on function app.resolve_worded_headers(uuid, text, text[]) is
  'Fields and operations of headers that are known ones with words, brackets or a unit around them.';

grant execute on function app.resolve_worded_headers(uuid, text, text[]) to authenticated, service_role;

-- sql/taxonomy/seed_header_synonyms.sql
-- Sets the platform's header synonyms of one mode from lines "field confidence [operations]: header, header"; without
-- operations a field has those of app.mapping_fields. Used by sql/taxonomy/seeds.
create or replace function app.seed_header_synonyms(mode text, synonyms text)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into public.synonyms_header as s (mode, canonical, confidence, transform_ops, synonyms)
  select
    seed_header_synonyms.mode, l.parts[1], l.parts[2]::numeric, coalesce(l.parts[3]::jsonb, f.transform_ops, '[]'),
    regexp_split_to_array(l.parts[4], '\s*,\s*')
  from regexp_matches(
    regexp_replace(seed_header_synonyms.synonyms, ',\s*\n\s*', ', ', 'g'),
    '^\s*([a-z0-9_.]+) ([0-9.]+)(?: (\[[^\n]*\]))?:[ \t]*([^\n]*?)\s*$', 'gn'
  ) as l (parts)
  left join app.mapping_fields(seed_header_synonyms.mode) as f on f.field = l.parts[1]
  on conflict (vendor_id, mode, canonical, transform_ops, confidence) do update
  set synonyms = excluded.synonyms
  where s.synonyms <> excluded.synonyms;
$$;

comment on function app.seed_header_synonyms(text, text) is
  'Sets the platform''s header synonyms of a mode; for migrations.';

-- sql/taxonomy/seed_taxonomy_terms.sql
-- Adds or renames platform terms of one taxonomy from lines "code | label" or "code | label | parent code"; parents
-- come first. Their ids are derived from the code, so every installation has the same. Used by sql/taxonomy/seeds.
create or replace function app.seed_taxonomy_terms(kind text, terms text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  namespace constant uuid := '6f64797a-7365-5079-8d74-61786f6e6f6d';
  v_table text := (select k.table_name from app.taxonomy_kinds() as k where k.kind = seed_taxonomy_terms.kind);
  v_line text;
  v_parts text[];
begin
  foreach v_line in array regexp_split_to_array(btrim(terms, E' \n'), '\s*\n\s*') loop
    v_parts := regexp_split_to_array(v_line, '\s*\|\s*');
    execute format(
      'insert into public.%I as t (id, vendor_id, code, label, parent_id) values ($1, null, $2, $3, $4)
       on conflict (vendor_id, code) do update set label = excluded.label, parent_id = excluded.parent_id
       where (t.label, t.parent_id) is distinct from (excluded.label, excluded.parent_id)', v_table
    )
    using
      extensions.uuid_generate_v5(namespace, kind || '/' || v_parts[1]), v_parts[1], v_parts[2],
      extensions.uuid_generate_v5(namespace, kind || '/' || v_parts[3]);
  end loop;
end;
$$;

comment on function app.seed_taxonomy_terms(text, text) is 'Adds or renames platform terms; for migrations.';

-- sql/taxonomy/seed_value_synonyms.sql
-- Sets the platform's words of one domain from lines "code: word, word". Used by sql/taxonomy/seeds.
create or replace function app.seed_value_synonyms(domain text, synonyms text)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into public.synonyms_value as s (domain, canonical, synonyms)
  select seed_value_synonyms.domain, l.parts[1], regexp_split_to_array(l.parts[2], '\s*,\s*')
  from regexp_matches(
    regexp_replace(seed_value_synonyms.synonyms, ',\s*\n\s*', ', ', 'g'),
    '^\s*([a-z0-9_]+):[ \t]*([^\n]*?)\s*$', 'gn'
  ) as l (parts)
  on conflict (vendor_id, domain, canonical) do update
  set synonyms = excluded.synonyms
  where s.synonyms <> excluded.synonyms;
$$;

comment on function app.seed_value_synonyms(text, text) is 'Sets the platform''s words of a domain; for migrations.';

-- sql/taxonomy/synonym_errors.sql
-- What is wrong with the body of a synonym, as field errors. A patch may leave everything out; the space (mode or
-- domain) and the canonical word stay what they are.
create or replace function app.synonym_errors(kind text, synonym jsonb, is_patch boolean)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_fields jsonb := case
    when kind = 'headers' and is_patch then '{"synonyms": "strings", "transform_ops": "array", "confidence": "number"}'
    when kind = 'headers' then
      '{"mode": "string!", "canonical": "string!", "synonyms": "strings!", "transform_ops": "array",
        "confidence": "number"}'
    when is_patch then '{"synonyms": "strings"}'
    else '{"domain": "string!", "canonical": "string!", "synonyms": "strings!"}'
  end;
  v_errors jsonb := app.body_errors(synonym, v_fields);
  v_domains constant text[] := array[
    'allergen', 'condition', 'unit', 'diet', 'gender', 'activity', 'nutrient', 'certification', 'category', 'cuisine',
    'market'
  ];
begin
  if v_errors <> '[]' then
    return v_errors;
  end if;
  return (
    select coalesce(jsonb_agg(app.field_error(e.pointer, e.code, e.detail)), '[]')
    from (
      select '/mode' as pointer, 'invalid_value' as code, 'must be products or customers' as detail
      where synonym ->> 'mode' not in ('products', 'customers')
      union all
      select '/domain', 'invalid_value', 'must be one of ' || array_to_string(v_domains, ', ')
      where synonym ->> 'domain' <> all(v_domains)
      union all
      select '/canonical', 'invalid_format', 'must be lower case letters, digits and underscores'
      where kind = 'values' and synonym ->> 'canonical' !~ '^[a-z0-9][a-z0-9_]{0,63}$'
      union all
      select '/confidence', 'invalid_value', 'must be from 0 to 1'
      where (synonym ->> 'confidence')::numeric not between 0 and 1
      union all
      select '/synonyms/' || (s.place - 1), 'invalid_value', 'must hold a letter or digit and at most 200 characters'
      from jsonb_array_elements_text(synonym -> 'synonyms') with ordinality as s (word, place)
      where app.fold_token(s.word) = '' or app.fold_header(s.word) = '' or length(s.word) > 200
    ) as e
  ) || case when synonym ? 'transform_ops' then app.operation_faults(synonym -> 'transform_ops') else '[]' end;
end;
$$;

comment on function app.synonym_errors(text, jsonb, boolean) is 'Field errors of the body of a synonym.';

grant execute on function app.synonym_errors(text, jsonb, boolean) to authenticated, service_role;

-- sql/taxonomy/synonym_json.sql
-- A synonym as clients see it: without the folded words it is compared by.
create or replace function app.synonym_json(synonym jsonb)
returns jsonb
language sql
immutable
parallel safe
set search_path = ''
as $$
  select synonym_json.synonym - 'folded';
$$;

comment on function app.synonym_json(jsonb) is 'A synonym as clients see it.';

grant execute on function app.synonym_json(jsonb) to authenticated, service_role;

-- sql/taxonomy/synonym_table.sql
-- The table of a synonym dictionary (headers or values); problem 404 for another word.
create or replace function app.synonym_table(kind text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if kind is null or kind not in ('headers', 'values') then
    perform app.raise_problem(
      status => 404,
      type => 'not-found',
      detail => format('There is no synonym dictionary "%s".', kind),
      hint => 'Dictionaries are headers and values.'
    );
  end if;
  return case kind when 'headers' then 'synonyms_header' else 'synonyms_value' end;
end;
$$;

comment on function app.synonym_table(text) is 'Table name of a synonym dictionary, or problem 404.';

grant execute on function app.synonym_table(text) to authenticated, service_role;

-- sql/taxonomy/synonyms_header.sql
-- What column headers mean: header -> field, with the operations that bring a cell into the field's form. A field has
-- several rows where headers imply different operations (sodium in g, sodium in mg).
create table public.synonyms_header (
  id uuid primary key default gen_random_uuid(),
  vendor_id uuid references public.vendors (id) on delete cascade,
  mode text not null,
  canonical text not null,
  synonyms text[] not null,
  transform_ops jsonb not null default '[]',
  confidence numeric not null default 1.0,
  folded text[] not null generated always as (app.fold_headers(synonyms)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint a_field_has_one_row_for_the_same_operations
  unique nulls not distinct (vendor_id, mode, canonical, transform_ops, confidence),
  constraint mode_is_products_or_customers check (mode in ('products', 'customers')),
  constraint transform_ops_is_a_list check (jsonb_typeof(transform_ops) = 'array'),
  constraint confidence_is_between_0_and_1 check (confidence between 0 and 1),
  constraint some_synonym_has_letters_or_digits check (cardinality(folded) > 0)
);

comment on table public.synonyms_header is
  'Column headers and the fields they mean; the platform''s and each vendor''s own.';
comment on column public.synonyms_header.id is 'Identity.';
comment on column public.synonyms_header.vendor_id is 'The vendor whose own it is; null for the platform''s.';
comment on column public.synonyms_header.mode is 'What the file holds: products or customers.';
comment on column public.synonyms_header.canonical is 'The field, e.g. name or nutrition_100g.sodium_mg.';
comment on column public.synonyms_header.synonyms is
  'Headers as people write them; case, accents and punctuation do not matter.';
comment on column public.synonyms_header.transform_ops is
  'Operations on each cell, in order (docs/transform_operations.md).';
comment on column public.synonyms_header.confidence is
  'How sure the guess is, 0 to 1; the surest column of a file wins.';
comment on column public.synonyms_header.folded is 'The synonyms as they are compared.';
comment on column public.synonyms_header.created_at is 'When it was added.';
comment on column public.synonyms_header.updated_at is 'When it last changed.';

select app.prepare_synonym_table('synonyms_header', 'header');

-- sql/taxonomy/synonyms_value.sql
-- What values mean: "Soja", "en:soybeans", "soya" -> soybeans. A vendor's own row wins over the platform's.
create table public.synonyms_value (
  id uuid primary key default gen_random_uuid(),
  vendor_id uuid references public.vendors (id) on delete cascade,
  domain text not null,
  canonical text not null,
  synonyms text[] not null,
  folded text[] not null generated always as (app.fold_tokens(synonyms || canonical)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint a_code_has_one_row_in_its_scope unique nulls not distinct (vendor_id, domain, canonical),
  constraint domain_is_known check (
    domain in (
      'allergen', 'condition', 'unit', 'diet', 'gender', 'activity',
      'nutrient', 'certification', 'category', 'cuisine', 'market'
    )
  ),
  constraint canonical_is_snake_case check (canonical ~ '^[a-z0-9][a-z0-9_]{0,63}$')
);

comment on table public.synonyms_value is 'Words and the codes they mean; the platform''s and each vendor''s own.';
comment on column public.synonyms_value.id is 'Identity.';
comment on column public.synonyms_value.vendor_id is 'The vendor whose own it is; null for the platform''s.';
comment on column public.synonyms_value.domain is 'The vocabulary: allergen, diet, unit, ...';
comment on column public.synonyms_value.canonical is
  'The code it stands for; none and unspecified are understood in lists.';
comment on column public.synonyms_value.synonyms is
  'Words as people write them; case, accents, punctuation and en: do not matter.';
comment on column public.synonyms_value.folded is 'The synonyms and the code as they are compared.';
comment on column public.synonyms_value.created_at is 'When it was added.';
comment on column public.synonyms_value.updated_at is 'When it last changed.';

select app.prepare_synonym_table('synonyms_value', 'value');

-- sql/taxonomy/taxonomy_table.sql
-- The table of a taxonomy kind; problem 404 for a kind that is none.
create or replace function app.taxonomy_table(kind text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_table text := (select k.table_name from app.taxonomy_kinds() as k where k.kind = taxonomy_table.kind);
begin
  if v_table is null then
    perform app.raise_problem(
      status => 404,
      type => 'not-found',
      detail => format('There is no taxonomy "%s".', kind),
      hint => format('Taxonomies are %s.', (select string_agg(k.kind, ', ') from app.taxonomy_kinds() as k))
    );
  end if;
  return v_table;
end;
$$;

comment on function app.taxonomy_table(text) is 'Table name of a taxonomy kind, or problem 404.';

grant execute on function app.taxonomy_table(text) to authenticated, service_role;

-- sql/taxonomy/taxonomy_uses.sql
-- What stands in the way of removing a vendor's own term, in words; null when nothing does. A term of the same code on
-- the platform does not count: products carry codes, and the vendor's term is then only its own reading of it.
create or replace function app.taxonomy_uses(kind text, term jsonb)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id uuid := (term ->> 'vendor_id')::uuid;
  v_domain text;
  v_table text;
  v_has_children boolean;
  v_has_synonyms boolean;
  v_has_products boolean;
begin
  select k.table_name, k.domain into v_table, v_domain from app.taxonomy_kinds() as k where k.kind = taxonomy_uses.kind;
  execute format('select exists (select from public.%I where parent_id = $1)', v_table)
  into v_has_children using (term ->> 'id')::uuid;
  select exists (
    select
    from public.synonyms_value as s
    where s.vendor_id = v_vendor_id and s.domain = v_domain and s.canonical = term ->> 'code'
  ) into v_has_synonyms;
  execute format(
    'select exists (select from public.products as p where p.vendor_id = %L and p.soft_deleted_at is null and %s)',
    v_vendor_id,
    case kind
      when 'categories' then format('(p.category_id = %1$L or p.sub_category_id = %1$L)', term ->> 'id')
      when 'cuisines' then format('p.cuisine_id = %L', term ->> 'id')
      when 'markets' then format('p.market_id = %L', term ->> 'id')
      when 'tags' then format('p.dietary_tags @> array[%L]', term ->> 'code')
      when 'certifications' then format('p.certifications @> array[%L]', term ->> 'code')
      when 'allergens' then
        format(
          '(p.allergens @> array[%1$L] or p.may_contain @> array[%1$L] or p.free_from @> array[%1$L])', term ->> 'code'
        )
    end
  ) into v_has_products;
  return nullif(
    concat_ws(
      ', ',
      case when v_has_children then 'terms below it' end,
      case when v_has_synonyms then 'synonyms' end,
      case when v_has_products then 'products' end
    ), ''
  );
end;
$$;

comment on function app.taxonomy_uses(text, jsonb) is 'What uses a vendor''s own term, in words; null for nothing.';

grant execute on function app.taxonomy_uses(text, jsonb) to authenticated, service_role;

-- sql/taxonomy/update_synonym.sql
-- Changes a synonym row of the vendor's own: synonyms replaces the whole list; headers also take transform_ops and
-- confidence. What it stands for stays: delete it and create another.
create or replace function public.update_synonym(kind text, id uuid, patch jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_operator');
  v_table text := app.synonym_table(kind);
  v_row jsonb := app.find_own_row(v_table, update_synonym.id, v_vendor_id);
  v_words text[];
begin
  perform app.refuse_field_errors(app.synonym_errors(kind, patch, is_patch => true));
  v_words := case when patch ? 'synonyms' then array(select jsonb_array_elements_text(patch -> 'synonyms')) end;
  if kind = 'headers' then
    update public.synonyms_header as s
    set synonyms = coalesce(v_words, s.synonyms),
        transform_ops = coalesce(patch -> 'transform_ops', s.transform_ops),
        confidence = coalesce((patch ->> 'confidence')::numeric, s.confidence)
    where s.id = update_synonym.id and s.vendor_id = v_vendor_id
    returning to_jsonb(s) into v_row;
  else
    update public.synonyms_value as s
    set synonyms = coalesce(v_words, s.synonyms)
    where s.id = update_synonym.id and s.vendor_id = v_vendor_id
    returning to_jsonb(s) into v_row;
  end if;
  return app.synonym_json(v_row);
end;
$$;

comment on function public.update_synonym(text, uuid, jsonb) is
  'Changes header or value synonyms of the vendor''s own.';

grant execute on function public.update_synonym(text, uuid, jsonb) to authenticated;

-- sql/taxonomy/update_taxonomy_term.sql
-- Changes label, parent or active of the vendor's own term. The code stays what it is: products carry it.
create or replace function public.update_taxonomy_term(kind text, id uuid, patch jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_operator');
  v_table text := app.taxonomy_table(kind);
  v_errors jsonb := app.body_errors(
    patch, '{"label": "string", "code": "string", "parent_id": "uuid?", "active": "boolean"}'
  );
  v_row jsonb;
begin
  v_row := app.find_own_row(v_table, update_taxonomy_term.id, v_vendor_id);
  if v_errors = '[]' and patch ->> 'code' <> v_row ->> 'code' then
    v_errors := jsonb_build_array(
      app.field_error('/code', 'read_only', 'cannot be changed; create another term and deactivate this one')
    );
  end if;
  perform app.refuse_field_errors(v_errors);
  execute format(
    'update public.%I as t
     set label = coalesce(btrim($2 ->> ''label''), t.label),
         parent_id = case when $2 ? ''parent_id'' then ($2 ->> ''parent_id'')::uuid else t.parent_id end,
         active = coalesce(($2 ->> ''active'')::boolean, t.active)
     where t.id = $1 and t.vendor_id = $3
     returning to_jsonb(t)', v_table
  ) into v_row using update_taxonomy_term.id, patch, v_vendor_id;
  return v_row;
end;
$$;

comment on function public.update_taxonomy_term(text, uuid, jsonb) is
  'Changes label, parent_id or active of the vendor''s own term.';

grant execute on function public.update_taxonomy_term(text, uuid, jsonb) to authenticated;

-- sql/taxonomy/value_dictionary.sql
-- All words of a domain with their codes as one vendor sees them: its own synonyms win over its own terms, and those
-- over the platform's. Join on app.fold_token(token).
create or replace function app.value_dictionary(vendor_id uuid, domain text)
returns table (synonym text, canonical text)
language sql
stable
set search_path = ''
as $$
  select distinct on (s.folded) s.folded, s.canonical
  from app.synonym_index as s
  where s.space = 'value:' || value_dictionary.domain
    and (s.vendor_id is null or s.vendor_id = value_dictionary.vendor_id)
  order by s.folded, s.vendor_id is null, s.source, s.canonical;
$$;

comment on function app.value_dictionary(uuid, text) is
  'Folded words of a domain and their codes, as a vendor sees them.';

grant execute on function app.value_dictionary(uuid, text) to authenticated, service_role;
