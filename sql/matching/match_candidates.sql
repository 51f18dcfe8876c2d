-- The best products found so far for a customer, best first.
create type app.match_candidates as (ids uuid[], times bigint[], scores double precision[]);
comment on type app.match_candidates is 'Products, their changes and their scores in millionths, best first.';
