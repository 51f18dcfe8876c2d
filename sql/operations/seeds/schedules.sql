-- The schedules. Minutes are spread, since a host runs only a few pg_cron jobs side by side.
insert into app.schedules (name, cron, call, batch, keep, only_cron, description)
values
  (
    'wake_worker', '* * * * *', 'app.wake_worker()', null, null, true,
    'Wakes the worker once a minute, whatever waits: it sweeps uploads and removes files.'
  ),
  (
    'wake_worker_for_queue', '5 seconds', $$app.wake_worker(calls => app.count_waiting_messages(2, $3))$$,
    null, null, true,
    'Wakes two workers while queued steps wait.'
  ),
  (
    'wake_webhooks', '* * * * *', $$app.wake_worker('/webhooks?seconds=55')$$, null, null, true,
    'Has the worker deliver webhooks for the coming minute.'
  ),
  (
    'audit_sealing', '5 seconds', 'app.seal_audit_log($1)', 1000, null, false,
    'Numbers and hashes new rows of the audit log.'
  ),
  (
    'audit_months', '7 1 * * *', 'app.create_audit_partitions(12, $3)', null, null, false,
    'Prepares the audit log''s months a year ahead.'
  ),
  (
    'audit_retention', '17 1 * * *', 'cardinality(app.drop_audit_partitions($2, $3))', null, '6 years', false,
    'Drops months of the audit log that are wholly older than six years.'
  ),
  (
    'analytics_months', '27 1 * * *', 'app.create_analytics_partitions(2, $3)', null, null, false,
    'Prepares the months of lookup events.'
  ),
  (
    'analytics_retention', '37 1 * * *', 'app.drop_analytics_partitions($2, $3)', null, '13 months', false,
    'Drops old months of lookup events.'
  ),
  (
    'idempotency_keys', '*/5 * * * *', 'app.purge_idempotency_keys($1, $3)', 5000, null, false,
    'Removes idempotency keys whose 24 hours are over.'
  ),
  (
    'rate_limits', '1-59/10 * * * *', 'app.purge_rate_limits($1, $2, $3)', 10000, '2 hours', false,
    'Removes rate limit buckets that nobody uses any more.'
  ),
  (
    'matches_cache', '2-59/5 * * * *', 'app.purge_matches_cache($1, $3)', 10000, null, false,
    'Removes cached matches whose 15 minutes are over.'
  ),
  (
    'health_limits', '3-59/10 * * * *', 'app.refresh_limits($1)', 500, null, false,
    'Derives health limits anew after diet rules changed.'
  ),
  (
    'catalog_lexemes', '43 * * * *', 'app.refresh_changed_lexemes($1, $3)', 5, null, false,
    'Takes the word counts of changed catalogues anew, once a day each.'
  ),
  (
    'webhook_history', '4-59/10 * * * *', 'app.purge_webhooks($1, $3)', 5000, null, false,
    'Removes old events, ended deliveries and replaced secrets; how old, says app.webhook_settings.'
  ),
  (
    'ingest_files', '47 * * * *', 'app.expire_ingest_files($1, $2, $3)', 1000, '90 days', false,
    'Notes old uploads and error files, which the worker then removes from Storage.'
  ),
  (
    'ingest_errors', '53 * * * *', 'app.purge_ingestion_errors($1, $2, $3)', 10000, '90 days', false,
    'Removes row errors of old ingestion jobs.'
  ),
  (
    'ingest_staging', '57 * * * *', 'app.drop_stale_staging($1, $2, $3)', 1000, '1 day', false,
    'Removes staging that ended or vanished jobs left behind.'
  ),
  (
    'ingest_staging_space', '8-59/10 * * * *', 'app.shrink_staging()', null, null, false,
    'Gives back the space of staging tables that stand empty.'
  ),
  (
    'connector_pages', '9-59/10 * * * *', 'app.purge_vendor_raw($1, $2, $3)', 200, '30 days', false,
    'Removes old raw pages of connectors.'
  ),
  (
    'alerts', '* * * * *', 'app.evaluate_alerts($3)', null, null, false,
    'Raises and ends alerts by the alert rules.'
  ),
  (
    'alert_history', '23 2 * * *', 'app.purge_alerts($1, $2, $3)', 10000, '90 days', false,
    'Removes alerts that ended long ago.'
  ),
  (
    'request_metrics', '6-59/10 * * * *', 'app.purge_request_metrics($1, $2, $3)', 10000, '14 days', false,
    'Removes old request counts.'
  ),
  (
    'schedule_runs', '33 * * * *', 'app.purge_schedule_runs($1, $2, $3)', 10000, '30 days', false,
    'Removes old runs of schedules, and pg_cron''s own record of its jobs.'
  )
on conflict on constraint schedules_pkey do nothing;
