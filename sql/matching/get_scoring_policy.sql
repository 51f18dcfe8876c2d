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
