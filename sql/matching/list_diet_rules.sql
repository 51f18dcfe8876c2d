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
