-- Notes that an admin tries a connector, and takes a moment of its rate limit for it. Definer, because the tables are
-- closed to writers.
create or replace function app.begin_connector_test(source text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  most_seconds constant numeric := 5;
  v_connector constant public.connectors := app.find_connector(
    app.require_vendor('vendor_admin'), begin_connector_test.source
  );
  v_slot record := app.take_connector_slot(v_connector, most_seconds);
begin
  if not v_slot.taken then
    perform app.raise_problem(
      status => 409, type => 'conflict',
      detail => format(
        'The connector''s own rate limit of %s a minute leaves no request free for %s seconds.',
        v_connector.rate_limit_rpm, ceil(v_slot.wait_seconds)
      ),
      hint => 'Try again then, or cancel the sync that is running.'
    );
  end if;
  perform app.write_audit(action => 'connector.tested', entity => 'connector', entity_id => v_connector.source);
  return app.connector_json(v_connector) || jsonb_build_object(
    'id', v_connector.id, 'wait_seconds', v_slot.wait_seconds
  );
end;
$$;
comment on function app.begin_connector_test is 'Admits a test of a connector; problems 403, 404, 409.';
grant execute on function app.begin_connector_test to authenticated;
