-- The door to app.preview_ingest for the api.
create or replace function public.preview_ingest(
  mode text, headers text[], rows jsonb, requested jsonb default null, recognised jsonb default null
)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.preview_ingest(
    preview_ingest.mode, preview_ingest.headers, preview_ingest.rows, preview_ingest.requested,
    preview_ingest.recognised
  );
$$;
comment on function public.preview_ingest is
  'What a file''s columns are taken for, and what its first rows ([{"row_no", "cells"}]) would become; writes nothing. '
  'Needs vendor_operator.';
grant execute on function public.preview_ingest to authenticated;
