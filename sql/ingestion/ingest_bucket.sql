-- The private bucket for uploads and error files: `<vendor_id>/<job_id>/upload` and `.../errors.csv`. No policy opens
-- it: uploads carry a signed token, downloads a signed URL.
insert into storage.buckets (id, name, public)
values ('ingest', 'ingest', false)
on conflict (id) do nothing;
