-- Takes from all limits of a request, or from none: the numbers of each, the name of the one that refused, and when the
-- user last sent a request that may write.
-- Always in the order user, ingest, vendor, so that no two requests wait for each other in a ring; the row that most
-- requests share comes last and is held shortest. A subject that is null has no such limit.
create or replace function app.take_rate_limits(
  user_subject text,
  vendor_id uuid,
  is_ingest boolean,
  overrides jsonb,
  at timestamptz,
  is_write boolean default false,
  out limits jsonb,
  out refused_by text,
  out last_write_at timestamptz
)
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_variable
declare
  v_user record;
  v_ingest record;
  v_vendor record;
begin
  limits := '[]';
  if user_subject is null then
    return;
  end if;
  v_user := app.take_rate_limit('user', user_subject, overrides, at, is_write);
  last_write_at := v_user.last_write_at;
  limits := limits || v_user.numbers;
  if not v_user.allowed then
    refused_by := 'user';
    return;
  end if;
  if vendor_id is null then
    return;
  end if;

  if is_ingest then
    v_ingest := app.take_rate_limit('ingest', vendor_id::text, overrides, at);
    if not v_ingest.allowed then
      refused_by := 'ingest';
      limits := jsonb_build_array(app.return_rate_limit(user_subject, v_user.numbers), v_ingest.numbers);
      return;
    end if;
    limits := limits || v_ingest.numbers;
  end if;
  v_vendor := app.take_rate_limit('vendor', vendor_id::text, overrides, at);
  limits := limits || v_vendor.numbers;
  if not v_vendor.allowed then
    refused_by := 'vendor';
    limits := jsonb_build_array(app.return_rate_limit(user_subject, v_user.numbers));
    if is_ingest then
      limits := limits || app.return_rate_limit(vendor_id::text, v_ingest.numbers);
    end if;
    limits := limits || v_vendor.numbers;
  end if;
end;
$$;
comment on function app.take_rate_limits is
  'Counts one request against user, ingest and vendor: [{name, quota, window, remaining, reset}], which refused, and '
  'when the user last sent a request that may write.';
