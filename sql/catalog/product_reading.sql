-- How the words of a search are read: the text, whether its last word may be unfinished, whether it was corrected.
create type app.product_reading as (q text, prefix boolean, corrected boolean);
comment on type app.product_reading is 'How the words of a search are read.';
