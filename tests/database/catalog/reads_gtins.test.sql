-- app.parse_gtin: check digits decide; one lost zero comes back where they prove it; a spreadsheet's damage is named.
begin;
select plan(26);

create temporary table cases (raw text, barcode text, gtin14 text, gtin_type text, fault text);
insert into cases values
  ('96385074', '96385074', '00000096385074', 'GTIN-8', null),
  ('036000291452', '036000291452', '00036000291452', 'GTIN-12', null),
  ('4006381333931', '4006381333931', '04006381333931', 'GTIN-13', null),
  ('10012345678902', '10012345678902', '10012345678902', 'GTIN-14', null),
  -- A zero in front of a GTIN-12 is another notation of the same article.
  ('0036000291452', '0036000291452', '00036000291452', 'GTIN-13', null),
  -- One lost zero, proven.
  ('36000291452', '036000291452', '00036000291452', 'GTIN-12', null),
  ('1234565', '01234565', '00000001234565', 'GTIN-8', null),
  ('36000291452.0', '036000291452', '00036000291452', 'GTIN-12', null),
  -- As printed.
  (' 4 006381 333931 ', '4006381333931', '04006381333931', 'GTIN-13', null),
  ('0-36000-29145-2', '036000291452', '00036000291452', 'GTIN-12', null),
  -- A wrong digit, a wrong length, no number at all.
  ('036000291453', null, null, null, 'barcode_invalid'),
  ('36000291453', null, null, null, 'barcode_invalid'),
  ('1234567', null, null, null, 'barcode_invalid'),
  ('360002914', null, null, null, 'barcode_invalid'),
  ('6000291452', null, null, null, 'barcode_invalid'),
  ('123456789012345', null, null, null, 'barcode_invalid'),
  ('00000000', null, null, null, 'barcode_invalid'),
  ('n/a', null, null, null, 'barcode_invalid'),
  ('٩٦٣٨٥٠٧٤', null, null, null, 'barcode_invalid'),
  ('1e', null, null, null, 'barcode_invalid'),
  -- Digits lost for good.
  ('3.25E+12', null, null, null, 'barcode_damaged'),
  ('3,25E+12', null, null, null, 'barcode_damaged'),
  ('3.25e12', null, null, null, 'barcode_damaged'),
  ('8E+12', null, null, null, 'barcode_damaged'),
  -- Nothing.
  ('  ', null, null, null, null),
  (null, null, null, null, null);

select is(
  app.parse_gtin(c.raw)::text,
  row(c.barcode, c.gtin14, c.gtin_type, c.fault)::text,
  format('reads %s', coalesce(quote_literal(c.raw), 'null'))
)
from cases as c;

select * from finish();
rollback;
