/** The database refuses at once, over `rpc()` too, the URLs that the sender would refuse: two readings of one rule. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import ipaddr from "ipaddr.js";
import { addressKind } from "../../functions/_shared/outbound/address.ts";
import { checkUrl } from "../../functions/_shared/outbound/guard.ts";
import { connect, createMember, createVendor, outcome, type Sql } from "./database_people.ts";

async function withDatabase(work: (sql: Sql) => Promise<void>): Promise<void> {
  const sql = connect(1);
  await work(sql).finally(() => sql.end());
}

/** Whether the sender would try the URL. The ports are its own setting. */
function isSent(url: string, allowLocal: boolean): boolean {
  try {
    checkUrl(url, { allowLocal, ports: [80, 443] });
    return true;
  } catch {
    return false;
  }
}

Deno.test("outbound URLs: SQL and TypeScript sort addresses alike, at every edge of every special range", async () => {
  const ranges = [ipaddr.IPv4, ipaddr.IPv6].flatMap(({ prototype }) =>
    Object.values((prototype as unknown as { SpecialRanges: Record<string, unknown> }).SpecialRanges)
      .flatMap((range) => Array.isArray((range as unknown[])[0]) ? range as [ipaddr.IPv4, number][] : [range])
      .map((range) => (range as [ipaddr.IPv4, number]).join("/"))
  );
  ok(ranges.length > 40, `${ranges.length} ranges`);
  await withDatabase(async (sql) => {
    const rows = await sql<{ address: string; is_public: boolean }[]>`
      with ranges as (
        select network(r::inet) as network from unnest(${ranges}::text[]) as r
        union all
        select n::cidr from unnest('{168.63.129.16/32, 2000::/3, 2600::5efe:0:0/96, 2600::200:5efe:0:0/96}'::text[]) as n
      ), edges as (
        select host(network)::inet as first, host(broadcast(network))::inet as last from ranges
      ), addresses as (
        select first as address from edges
        union select last from edges
        union select first - 1 from edges where host(first) not in ('0.0.0.0', '::')
        union select last + 1 from edges where host(last) not in ('255.255.255.255', host(~ '::'::inet))
        union select '0.0.0.0'::inet + (random() * 4294967295)::bigint from generate_series(1, 500)
        union select '2000::'::inet + (random() * 9e18)::bigint from generate_series(1, 100)
      )
      select host(a.address) as address, app.is_public_address(a.address) as is_public from addresses as a`;
    ok(rows.length > 600);
    const apart = rows.filter(({ address, is_public }) => (addressKind(address) === "public") !== is_public);
    deepStrictEqual(apart, []);
  });
});

/** Hosts and URLs as people write them, and as those do who mean another host than they write. */
const urls = [
  ..."example.com EXAMPLE.com a.b.example.co.uk xn--bcher-kva.example example.com. a_b.example.com 1and1.com 1.2.3.com"
    .split(" "),
  ..."localhost localhost. intranet 10.0.0.1 10.0.0.1. 127.0.0.1 192.168.1.1 169.254.169.254 8.8.8.8 93.184.216.34"
    .split(" "),
  ..."127.1 2130706433 0x7f000001 0x7f.1 0177.0.0.1 1.2.3.256 1.2.3.4.5 example.1 example.0x7f 0x 999 8.8.8.08".split(
    " ",
  ),
  ..."[::1] [::] [::ffff:10.0.0.1] [fe80::1] [2606:4700:4700::1111] [2002:a00:1::] [64:ff9b::a00:1] [::1%25lo]"
    .split(" "),
  ..."a:b@example.com a@example.com [2606:4700::200:5efe:a00:1] 168.63.129.16 - a..b.com .com example.com:x [::1".split(
    " ",
  ),
].flatMap((host) => [`https://${host}/hook?x=1#y`, `http://${host}/`, `https://${host}`]).concat([
  "",
  "https://",
  "https:///example.com/",
  "ftp://example.com/",
  "javascript:alert(1)",
  "//example.com/",
  "https://example.com\\@10.0.0.1/",
  "https://10.0.0.1\\.example.com/",
  "https://exa mple.com/",
  "https://%31%30.0.0.1/",
  "https://１０.0.0.1/",
  "https://10。0。0。1/",
  "https://example.com/a b",
  "https://example.com:443/",
  `https://example.com/${"a".repeat(2000)}`,
]);

Deno.test("outbound URLs: what the sender refuses the database refuses", async () => {
  await withDatabase(async (sql) => {
    for (const allowLocal of [false, true]) {
      await sql`select set_config('app.outbound_local', ${String(allowLocal)}, false)`;
      const rows = await sql<{ url: string; fault: string | null }[]>`
        select u as url, app.outbound_url_fault(u) as fault from unnest(${urls}::text[]) as u`;
      const through = rows.filter(({ url, fault }) => fault === null && !isSent(url, allowLocal));
      deepStrictEqual(through, [], `local: ${allowLocal}`);
      // It may be stricter, but only about what nobody writes who means well.
      const stricter = rows.filter(({ url, fault }) => fault !== null && isSent(url, allowLocal)).map(({ url }) => url);
      const odd = /^https?:\/{3}|\\|[^ -~]|%|\s|\/\/(127\.1|2130706433|0x7f|0177)|\/\/(-|a\.\.b|\.com)|a{2000}|\.08\//;
      deepStrictEqual(stricter.filter((url) => !odd.test(url)), [], `local: ${allowLocal}`);
    }
  });
});

Deno.test("outbound URLs: webhooks and connectors are refused over rpc() as over HTTP", async () => {
  await withDatabase(async (sql) => {
    const vendorId = await createVendor(sql);
    const admin = await createMember(sql, vendorId, "vendor_admin");
    /** The outcome, on a server that is (or is not) for development. */
    const ask = (url: string, isLocal: boolean, statement: string) =>
      outcome(sql.begin(async (tx) => {
        await tx`select set_config('app.outbound_local', ${String(isLocal)}, true)`;
        await tx`select app.enter_request(app.begin_request(${admin}))`;
        await tx.unsafe(statement, [url]);
      }));
    const statements = [
      `select public.create_webhook($1, '{job.completed}')`,
      `select public.put_connector('odd', jsonb_build_object('base_url', $1::text))`,
      `select public.put_connector('oauth', jsonb_build_object('base_url', 'https://example.com/', 'auth',
        jsonb_build_object('type', 'oauth2_client_credentials', 'token_url', $1::text, 'client_id', 'a',
          'client_secret', 'b')))`,
    ];
    for (const statement of statements) {
      for (const url of ["https://10.0.0.1/", "https://localhost/", "https://[::1]/", "http://example.com/"]) {
        strictEqual(await ask(url, false, statement), "400 invalid-input", `${url}: ${statement}`);
      }
      strictEqual(await ask("https://10.0.0.1/", true, statement), "400 invalid-input", statement);
      for (const url of ["http://127.0.0.1:8080/", "http://localhost/", "https://example.com/"]) {
        strictEqual(await ask(url, true, statement), "done", `${url}: ${statement}`);
      }
    }
  });
});
