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
