-- The chain shows every kind of tampering, and names the first place. (Rows of a running transaction are never sealed;
-- the tests therefore write rows as of an older one.)
begin;
select plan(36);

select tests.create_member('ada', 'acme', 'vendor_admin');
select tests.create_member('vera', 'acme', 'vendor_viewer');
select tests.create_superadmin('root');
select tests.reset_role();
create function tests.part(name text) returns text language sql set search_path = '' as $$
  select format('partitions.%s_%s', name, to_char(now() at time zone 'utc', 'yyyy_mm'))
$$;
-- What an attacker with the owner's rights can do: take the triggers off, and act.
do $$
begin
  execute format('alter table %s disable trigger all', tests.part('audit_log'));
  execute format('alter table %s disable trigger all', tests.part('audit_seals'));
  alter table public.audit_log disable trigger all;
  alter table app.audit_seals disable trigger all;
end $$;
create function tests.tamper(statement text) returns void language plpgsql set search_path = '' as $$
begin
  execute statement;
end $$;
create function tests.first_broken() returns text language sql set search_path = '' as $$
  select concat_ws(' ', coalesce(v #>> '{first_broken,code}', 'valid'), v #>> '{first_broken,seq}') from public.verify_audit_log() as v
$$;
-- Undoes what the statement did, and tells what verification said in between.
create function tests.after_tampering(statement text) returns text language plpgsql set search_path = '' as $$
declare
  v_found text;
begin
  begin
    perform tests.tamper(statement);
    v_found := tests.first_broken();
    raise exception using errcode = 'ZZ001';
  exception when sqlstate 'ZZ001' then
    return v_found;
  end;
end $$;

delete from public.audit_log;
select app.write_audit('a.b', 'thing', n::text, after => jsonb_build_object('n', n)) from generate_series(1, 20) as n;
select is(app.seal_audit_log(), 0, 'rows of a transaction still running are not sealed');
update public.audit_log set xact = '5';
select is((app.audit_head() ->> 'unsealed')::int, 20, 'they are counted as waiting');
select is(tests.first_broken(), 'valid', 'an empty chain is valid');
select is(app.seal_audit_log(8), 8, 'rows are sealed in batches');
select is(app.seal_audit_log(), 12, 'until none is left');
select is(app.seal_audit_log(), 0, 'then there is nothing to do');
select is(
  public.verify_audit_log() #- '{hash}' #- '{head,hash}',
  '{"valid": true, "first_broken": null, "from_seq": 1, "to_seq": 20, "checked": 20, "next_seq": null, "head": {"seq": 20}}', 'an untouched chain is valid');
select is(public.verify_audit_log() #>> '{head,hash}', app.audit_head() ->> 'hash', 'and ends at the head');
select is(public.verify_audit_log(5, 9) ->> 'checked', '5', 'a part of it can be checked by itself');
select is(public.verify_audit_log(5, 9) ->> 'next_seq', '10', 'and says where to go on');
select is(encode(sha256(decode(repeat('00', 32), 'hex') || convert_to((select app.audit_row_text(a) from public.audit_log a order by id limit 1), 'utf8')), 'hex'),
  (select encode(hash, 'hex') from app.audit_seals where seq = 1), 'the hash is SHA-256 of the hash before and the canonical row');
set local timezone = 'Asia/Kathmandu';
select is(tests.first_broken(), 'valid', 'whatever the time zone');
set local timezone = 'UTC';

select is(tests.after_tampering(format('update %s set after = %L where entity_id = ''7''', tests.part('audit_log'), '{"n": 8}')), 'row_changed 7', 'a changed row is named');
select is(tests.after_tampering(format('update %s set "timestamp" = "timestamp" + interval ''1 microsecond'' where entity_id = ''7''', tests.part('audit_log'))), 'row_missing 7', 'a moved one');
select is(tests.after_tampering(format('delete from %s where entity_id = ''9''', tests.part('audit_log'))), 'row_missing 9', 'a removed row');
select is(tests.after_tampering(format('delete from %s where seq = 9', tests.part('audit_seals'))), 'seal_missing 10', 'a removed seal, by the gap after it');
select is(tests.after_tampering(format('delete from %s where seq = 1', tests.part('audit_seals'))), 'seal_missing 2', 'even the first');
select is(tests.after_tampering(format('delete from %s where seq >= 18', tests.part('audit_seals'))), 'seal_missing 20', 'a chain cut short');
select is(tests.after_tampering(format('update %s set hash = sha256(hash) where seq = 9', tests.part('audit_seals'))), 'row_changed 9', 'a seal written anew');
select is(tests.after_tampering($$ insert into public.audit_log (actor_role, action, entity, xact) values ('x', 'a.b', 'c', '4') $$), 'row_not_sealed', 'a row slipped in behind');
select is(tests.after_tampering($$ insert into public.audit_log (id, actor_role, action, entity, xact) overriding system value values (-1, 'x', 'a.b', 'c', '4') $$), 'row_not_sealed', 'with whatever id');
select is(tests.after_tampering(format('update %s set hash = sha256(hash) where seq = 8; update %s set previous_hash = (select hash from %s where seq = 8) where seq = 9', tests.part('audit_seals'), tests.part('audit_seals'), tests.part('audit_seals'))), 'chain_broken 8',
  'even one that fits its neighbours, against the checkpoint');
-- Months past their retention leave gaps that are explained; others are not.
select is(tests.after_tampering(format('delete from %1$s where entity_id::int <= 6; delete from %2$s where seq <= 6; insert into app.audit_retired_months values (''audit_seals_2019_01'', 1, 6)', tests.part('audit_log'), tests.part('audit_seals'))),
  'valid', 'what was retired is missed by nobody');
select is(tests.after_tampering(format('delete from %1$s where entity_id::int <= 7; delete from %2$s where seq <= 7; insert into app.audit_retired_months values (''audit_seals_2019_01'', 1, 6)', tests.part('audit_log'), tests.part('audit_seals'))),
  'seal_missing 8', 'one more is');
-- Nor does it help to say that a young month was retired.
create function tests.after_retiring(part text, retired_at timestamptz, last_seq int) returns text language sql set search_path = '' as $$
  select tests.after_tampering(format(
    'delete from %1$s where entity_id::int <= %5$s; delete from %2$s where seq <= %5$s; insert into app.audit_retired_months values (%3$L, 1, %5$s, %4$L)',
    tests.part('audit_log'), tests.part('audit_seals'), part, retired_at, last_seq
  ))
$$;
select is(tests.after_retiring('audit_seals_' || to_char(now() - interval '5 years 10 months', 'yyyy_mm'), now(), 6), 'seal_missing 7', 'by its name');
select is(tests.after_retiring('audit_seals_' || to_char(now() - interval '1 year', 'yyyy_mm'), now() + interval '9 years', 6), 'seal_missing 7', 'by the time to come');
select is(tests.after_retiring('audit_seals_2019_01', now(), 9), 'seal_missing 10', 'or by an old name, where a checkpoint tells its age');
select is(tests.after_tampering(format('delete from %1$s; delete from %2$s; update app.audit_sealer set seq = 0, hash = decode(repeat(''00'', 32), ''hex''), last_xact = ''0'', last_id = 0', tests.part('audit_log'), tests.part('audit_seals'))),
  'seal_missing 8', 'nor does a sealer that begins anew: a checkpoint knows better');
select is(tests.after_tampering(format('delete from %1$s where entity_id::int > 7; delete from %2$s where seq > 7; update app.audit_sealer set seq = 7, last_id = (select max(id) from %1$s), hash = (select hash from %2$s where seq = 7)', tests.part('audit_log'), tests.part('audit_seals'))),
  'seal_missing 8', 'or one that is sent back');
select is(tests.after_tampering(format('delete from %1$s; delete from %2$s', tests.part('audit_log'), tests.part('audit_seals'))), 'seal_missing 20', 'all gone');
select is(tests.first_broken(), 'valid', 'and with none of that it is valid');

-- A restore from a dump numbers transactions anew: what was sealed lies in the future then.
select app.write_audit('a.b', 'thing', 'before') from generate_series(1, 2);
update public.audit_log set xact = '900000000001' where entity_id = 'before';
update app.audit_sealer set last_xact = '900000000000';
select is(app.seal_audit_log(), 2, 'after a restore, what had not been sealed before it is');
select is((select s.last_xact from app.audit_sealer s), '0'::xid8, 'and sealing begins anew');
select app.write_audit('a.b', 'thing', 'later');
update public.audit_log set xact = '3' where entity_id = 'later';
select is(app.seal_audit_log(), 1, 'with what is written from then on');

select tests.act_as('vera');
select tests.refuses('select public.verify_audit_log()', 403, 'insufficient-role', 'a viewer does not verify');
select tests.act_as('ada');
select is(public.verify_audit_log() ->> 'valid', 'true', 'an admin does');

select * from finish();
rollback;
