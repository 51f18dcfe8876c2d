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
