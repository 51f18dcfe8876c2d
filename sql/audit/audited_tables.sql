-- Tables of tenancy whose every change is audited: who may do what, and the vendors themselves. Later domains add the
-- trigger beside their own tables.
create trigger audit_change_trigger
after insert or update or delete on public.user_links
for each row execute function app.audit_change('member', 'id');

create trigger audit_change_trigger
after insert or update or delete on public.platform_admins
for each row execute function app.audit_change('superadmin', 'user_id');

create trigger audit_change_trigger
after insert or update or delete on public.app_clients
for each row execute function app.audit_change('app_client', 'appwrite_user_id');

create trigger audit_change_trigger
after insert or delete or update of code, name, status, settings_json on public.vendors
for each row execute function app.audit_change('vendor', 'id', 'catalog_version');
