-- The number of a vendor's vocabulary now; a new one when anything of it changed since it was last asked for.
create or replace function app.current_vocabulary(vendor_id uuid)
returns bigint
language plpgsql
volatile
set search_path = ''
as $$
-- The key named by on conflict is the table's.
#variable_conflict use_column
declare
  v_fingerprint constant bigint := app.vocabulary_fingerprint(current_vocabulary.vendor_id);
  v_epoch bigint;
begin
  select v.epoch into v_epoch from app.catalog_vocabularies as v
  where v.vendor_id = current_vocabulary.vendor_id and v.fingerprint = v_fingerprint;
  if v_epoch is not null then
    return v_epoch;
  end if;
  insert into app.catalog_vocabularies as v (vendor_id, fingerprint)
  values (current_vocabulary.vendor_id, v_fingerprint)
  on conflict (vendor_id) do update
  set epoch = v.epoch + (v.fingerprint <> excluded.fingerprint)::int, fingerprint = excluded.fingerprint
  returning v.epoch into v_epoch;
  return v_epoch;
end;
$$;

comment on function app.current_vocabulary is 'Epoch of a vendor''s vocabulary, moved on when it changed.';
