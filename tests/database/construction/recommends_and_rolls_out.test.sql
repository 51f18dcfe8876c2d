-- Recommendations count people, two at least; rollouts reach a stable and growing share of the services.
begin;
select plan(21);

select tests.create_user(name) from unnest(array['ann', 'ben', 'cay', 'dan']) as name;
select tests.create_superadmin('root');
select tests.create_member('ada', 'acme', 'vendor_admin');
select tests.reset_role();
insert into public.jobs (owner_id, micro_id, micro_uuid)
select tests.user_id(j.who), j.slug, app.micro_service_uuid(j.slug)
from (values
  ('ann', 'wall-painting'), ('ann', 'floor-sanding'), ('ann', 'plaster-repair'), ('ann', 'floor-sanding'),
  ('ben', 'wall-painting'), ('ben', 'floor-sanding'), ('ben', 'plaster-repair'),
  ('cay', 'wall-painting'), ('cay', 'floor-sanding'), ('cay', 'green-roof'),
  ('dan', 'green-roof'), ('dan', 'floor-sanding')
) as j (who, slug);

select tests.act_as('ada');
select results_eq(
  $$ select slug, owners, reason from public.recommend_micro_services('wall-painting', 4) $$,
  $$ values ('floor-sanding', 3::bigint, 'ordered_together'), ('plaster-repair', 2::bigint, 'ordered_together'),
     ('cabinet-refinishing', 0::bigint, 'same_subcategory'), ('ceiling-painting', 0::bigint, 'same_subcategory') $$,
  'by the number of people, then neighbours; one person''s job does not show'
);
select is((select count(*) from public.recommend_micro_services('wall-painting')), 5::bigint, 'five unless asked');
select is((select count(*) from public.recommend_micro_services('wall-painting', 0)), 1::bigint, 'one at least');
select is_empty(
  $$ select from public.recommend_micro_services('wall-painting', 50) where slug = 'wall-painting' $$, 'never itself'
);
select results_eq(
  $$ select slug from public.recommend_micro_services('paving', 2) $$, array['fence-building', 'irrigation-system'],
  'without any job the neighbours alone'
);
select tests.refuses(
  $$ select * from public.recommend_micro_services('nope') $$, 404, 'not-found', 'an unknown service is 404'
);

select is(
  public.is_feature_enabled('new_wizard', app.micro_service_uuid('paving')), false, 'an unknown flag is off'
);
select tests.refuses(
  $$ select public.set_feature_flag('new_wizard', 10) $$, 403, 'insufficient-role', 'members set no flags'
);
select is_empty('select from public.feature_flags', 'nor see them');
select tests.act_as('root');
select lives_ok($$ select public.set_feature_flag('new_wizard', 25, description => 'Tries') $$, 'a superadmin does');
select tests.reset_role();
create temporary table seen as
select m.id, app.rollout_bucket('new_wizard', m.id) as bucket, public.is_feature_enabled('new_wizard', m.id) as enabled
from (
  select extensions.uuid_generate_v5('6f1c2a54-9d0e-5b7a-8c43-2f0d5a7e9b16', n::text) as id
  from generate_series(1, 4000) as n
) as m;
select is(
  app.rollout_bucket('new_wizard', '6f1c2a54-9d0e-5b7a-8c43-2f0d5a7e9b16'),
  ('x' || left(encode(sha256('new_wizard:6f1c2a54-9d0e-5b7a-8c43-2f0d5a7e9b16'), 'hex'), 12))::bit(48)::bigint
  % 10000 / 100.0, 'the bucket is a plain hash of flag and uuid'
);
select cmp_ok((select count(*) from seen where enabled), '>', 900::bigint, 'a quarter is in');
select cmp_ok((select count(*) from seen where enabled), '<', 1100::bigint, 'and no more');
select is_empty('select from seen where enabled <> (bucket < 25)', 'by bucket');
select public.set_feature_flag('new_wizard', 60);
select is_empty(
  $$ select from seen where enabled and not public.is_feature_enabled('new_wizard', id) $$, 'raising takes none away'
);
select is((select description from public.feature_flags), 'Tries', 'or the description');
select is(public.is_feature_enabled('new_wizard', null), false, 'without a uuid only a full rollout');
select public.set_feature_flag('new_wizard', 100);
select is(public.is_feature_enabled('new_wizard', null), true, 'is on');
select public.set_feature_flag('new_wizard', 100, enabled => false);
select is(public.is_feature_enabled('new_wizard', (select id from seen limit 1)), false, 'off is off');
select throws_ok($$ select public.set_feature_flag('new_wizard', 101) $$, '23514', null, 'a percentage is one');
select tests.act_as_anon();
select tests.forbids(
  $$ select public.is_feature_enabled('new_wizard', null) $$, 'nobody without a token asks'
);

select * from finish();
rollback;
