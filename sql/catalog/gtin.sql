-- What app.parse_gtin answers.
create type app.gtin as (barcode text, gtin14 text, gtin_type text, fault text);
comment on type app.gtin is
  'A barcode that was read: as stored, padded to 14 digits, its type; or the fault that forbids it.';
