import { deepStrictEqual, strictEqual } from "node:assert";
import { type RestStand, withRest } from "./rest_stand.ts";

const setup = `
  create function public.rest_echo(number int, words text[] default '{}', body jsonb default null, at timestamptz default null)
    returns jsonb language sql stable
    as $$ select jsonb_build_object('number', number, 'words', words, 'body', body, 'at', at) $$;
  create function public.rest_text(value text) returns text language sql stable as $$ select value $$;
  create function public.rest_nothing() returns void language plpgsql as $$ begin end $$;
  create function public.rest_numbers(upto int) returns setof int language sql stable as $$ select generate_series(1, upto) $$;
  create function public.rest_table(upto int) returns table (n int, label text) language sql stable
    as $$ select i, 'n' || i from generate_series(1, upto) as i $$;
  create function public.rest_one_column() returns table (n int) language sql stable as $$ select 7 $$;
  create function public.rest_outs(out x int, out y text) language sql stable as $$ select 1, 'y' $$;
  create function public.rest_over(a int) returns text language sql stable as $$ select 'a' $$;
  create function public.rest_over(a int, b int) returns text language sql stable as $$ select 'ab' $$;
  create function public.rest_body(jsonb) returns int language sql stable as $$ select jsonb_array_length($1) $$;
  create function public.rest_variadic(variadic items int[]) returns int language sql stable as $$ select cardinality(items) $$;
  create function public.rest_raise(state text, message text default 'm', detail text default 'd', hint text default 'h')
    returns void language plpgsql
    as $$ begin raise exception using errcode = state, message = message, detail = detail, hint = hint; end $$;
  create function public.rest_context() returns jsonb language plpgsql as $$ begin
    perform set_config('response.headers', '[{"X-Seen": "yes"}]', true), set_config('response.status', '202', true);
    return jsonb_build_object('role', current_user, 'claims', current_setting('request.jwt.claims')::jsonb,
      'method', current_setting('request.method'), 'path', current_setting('request.path'),
      'agent', current_setting('request.headers')::jsonb ->> 'x-agent', 'timeout', current_setting('statement_timeout'));
  end $$;
  create table public.rest_log (n int);
  create function public.rest_write() returns int language sql as $$ insert into public.rest_log values (1) returning n $$;
  grant select, insert on public.rest_log to service_role;
  do $$ declare v_name text; begin
    for v_name in select oid::regprocedure from pg_proc where proname like 'rest\\_%' and pronamespace = 'public'::regnamespace
    loop
      execute format('revoke execute on function %s from public', v_name);
      execute format('grant execute on function %s to authenticated, service_role', v_name);
    end loop;
  end $$;`;
const cleanup = `
  do $$ declare v_name text; begin
    for v_name in select oid::regprocedure from pg_proc where proname like 'rest\\_%' and pronamespace = 'public'::regnamespace
    loop execute format('drop function %s', v_name); end loop;
  end $$;
  drop table if exists public.rest_log;`;
const withFunctions = (run: (stand: RestStand) => Promise<void>) => withRest(setup, cleanup, run);

Deno.test("rpc passes named arguments and shapes results", async () => {
  await withFunctions(async ({ service }) => {
    const at = "2025-01-02T03:04:05+00:00";
    const all = { number: 1, words: ["a,b", 'c"', "é"], body: { x: [1, "y"] }, at };
    const cases: [string, PromiseLike<{ data: unknown; status: number; error: unknown }>, unknown, number?][] = [
      ["json", service.rpc("rest_echo", all), all],
      ["defaults", service.rpc("rest_echo", { number: 2 }), { number: 2, words: [], body: null, at: null }],
      ["null", service.rpc("rest_text", { value: null }), null],
      ["scalar", service.rpc("rest_text", { value: `it's "so"; --` }), `it's "so"; --`],
      ["void", service.rpc("rest_nothing"), null, 204],
      ["set of scalars", service.rpc("rest_numbers", { upto: 3 }), [1, 2, 3]],
      ["empty set", service.rpc("rest_numbers", { upto: 0 }), []],
      ["table", service.rpc("rest_table", { upto: 2 }), [{ n: 1, label: "n1" }, { n: 2, label: "n2" }]],
      ["table of one column", service.rpc("rest_one_column"), [{ n: 7 }]],
      ["out arguments", service.rpc("rest_outs"), { x: 1, y: "y" }],
      ["overload of one", service.rpc("rest_over", { a: 1 }), "a"],
      ["overload of two", service.rpc("rest_over", { a: 1, b: 2 }), "ab"],
      ["variadic", service.rpc("rest_variadic", { items: [1, 2, 3] }), 3],
      ["get", service.rpc("rest_echo", { number: 3, words: ["a", "b"] }, { get: true }), {
        number: 3,
        words: ["a", "b"],
        body: null,
        at: null,
      }],
      [
        "filters on the result",
        service.rpc("rest_table", { upto: 9 }).select("n").gt("n", 7).order("n", { ascending: false }),
        [
          { n: 9 },
          { n: 8 },
        ],
      ],
      ["get with filters", service.rpc("rest_table", { upto: 9 }, { get: true }).eq("label", "n4"), [{
        n: 4,
        label: "n4",
      }]],
      ["single", service.rpc("rest_table", { upto: 1 }).single(), { n: 1, label: "n1" }],
    ];
    for (const [name, reply, expected, status = 200] of cases) {
      const { data, error, status: actual } = await reply;
      deepStrictEqual({ error, data, status: actual }, { error: null, data: expected, status }, name);
    }
    const counted = await service.rpc("rest_numbers", { upto: 5 }, { count: "exact" }).limit(2);
    deepStrictEqual([counted.data, counted.count, counted.status], [[1, 2], 5, 206]);
  });
});

Deno.test("rpc takes a whole body for a single unnamed json argument", async () => {
  await withFunctions(async ({ fetch }) => {
    const post = (body: string) =>
      fetch("/rpc/rest_body", { method: "POST", body, headers: { "content-type": "application/json" } });
    strictEqual(await (await post("[{},{}]")).text(), "2");
    const broken = await post("{nope");
    deepStrictEqual([broken.status, (await broken.json()).code], [400, "PGRST102"]);
  });
});

Deno.test("rpc refuses what does not exist or does not fit", async () => {
  await withFunctions(async ({ service, guest }) => {
    const missing = await service.rpc("rest_ecko", { number: 1 });
    deepStrictEqual([missing.status, missing.error], [404, {
      code: "PGRST202",
      details: "Searched for the function public.rest_ecko with parameter number or with a single unnamed json/jsonb " +
        "parameter, but no matches were found in the schema cache.",
      hint: "Perhaps you meant to call the function public.rest_echo(number, words, body, at)",
      message: "Could not find the function public.rest_ecko(number) in the schema cache",
    }]);
    strictEqual((await service.rpc("rest_echo", { numer: 1 })).error?.code, "PGRST202");
    strictEqual((await service.rpc("rest_echo", { number: "x" })).error?.code, "22P02");
    const written = await service.rpc("rest_write", {}, { get: true });
    deepStrictEqual([written.status, written.error?.code], [405, "25006"]);
    const denied = await guest.rpc("rest_nothing");
    deepStrictEqual([denied.status, denied.error?.code], [401, "42501"]);
  });
});

Deno.test("raised errors become PostgREST's statuses and shape", async () => {
  await withFunctions(async ({ service, fetch, sql }) => {
    const cases: [string, number][] = [
      ["P0001", 400],
      ["PT409", 409],
      ["PT503", 503],
      ["22023", 400],
      ["23503", 409],
      [
        "42501",
        403,
      ],
      ["40001", 500],
      ["57014", 500],
      ["53300", 503],
      ["42P01", 404],
    ];
    for (const [state, status] of cases) {
      const reply = await service.rpc("rest_raise", { state });
      deepStrictEqual([reply.status, reply.error], [
        status,
        { code: state, message: "m", details: "d", hint: "h" } as never,
      ]);
    }
    const whole = await fetch("/rpc/rest_raise", {
      method: "POST",
      body: JSON.stringify({
        state: "PGRST",
        message: '{"code":"123","message":"Payment needed","details":"d","hint":"h"}',
        detail: '{"status":402,"headers":{"X-Powered-By":"pets"}}',
      }),
    });
    deepStrictEqual([whole.status, whole.headers.get("x-powered-by")], [402, "pets"]);
    deepStrictEqual(await whole.json(), { code: "123", message: "Payment needed", details: "d", hint: "h" });
    deepStrictEqual((await sql`select * from public.rest_log`).length, 0);
  });
});

Deno.test("functions see role, claims and request; they may set status and headers", async () => {
  await withFunctions(async ({ as, fetch, service }) => {
    const claims = { role: "authenticated", sub: crypto.randomUUID(), tenant: "v" };
    const { data, status } = await as(claims).rpc("rest_context");
    const seen = data as Record<string, unknown>;
    deepStrictEqual([status, seen.role, seen.claims, seen.timeout], [202, "authenticated", claims, "8s"]);
    const response = await fetch("/rpc/rest_context", { method: "POST", headers: { "x-agent": "test" } });
    strictEqual(response.headers.get("x-seen"), "yes");
    const { role, method, path, agent } = await response.json();
    deepStrictEqual({ role, method, path, agent }, {
      role: "service_role",
      method: "POST",
      path: "/rpc/rest_context",
      agent: "test",
    });
    const [one, two] = await Promise.all([service.rpc("rest_write"), as(claims).rpc("rest_write")]);
    deepStrictEqual([one.data, two.error?.code], [1, "42501"]);
  });
});

Deno.test("a changed function is seen without a restart", async () => {
  await withFunctions(async ({ service, sql }) => {
    strictEqual((await service.rpc("rest_later", { a: 1 })).error?.code, "PGRST202");
    await sql`create function public.rest_later(a int) returns int language sql stable as $$ select a $$`;
    await sql`grant execute on function public.rest_later(int) to service_role`;
    strictEqual((await service.rpc("rest_later", { a: 1 })).data, 1);
  });
});
