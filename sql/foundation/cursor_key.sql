-- The key that signs cursors: 32 random bytes in Vault, made once for each database and never shown.
do $$
begin
  if not exists (select from vault.secrets where name = 'odyssey_cursor_key') then
    perform vault.create_secret(
      encode(extensions.gen_random_bytes(32), 'hex'),
      'odyssey_cursor_key',
      'Signs the cursors of lists; a new one only makes open cursors invalid.'
    );
  end if;
end;
$$;
