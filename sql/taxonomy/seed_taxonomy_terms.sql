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
