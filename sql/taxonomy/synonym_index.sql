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
