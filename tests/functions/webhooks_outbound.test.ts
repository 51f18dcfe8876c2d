/** Where requests to given URLs may go, and how they are made: the published tricks of SSRF, restated as a table. */
import { deepStrictEqual, ok, rejects, strictEqual, throws } from "node:assert";
import fc from "fast-check";
import { addressKind } from "../../functions/_shared/outbound/address.ts";
import { closeIdle, keepIdle, takeIdle } from "../../functions/_shared/outbound/connections.ts";
import { checkedAddresses, checkUrl, type OutboundPolicy } from "../../functions/_shared/outbound/guard.ts";
import { writeRequest } from "../../functions/_shared/outbound/http1.ts";
import { OutboundFailed, OutboundRefused } from "../../functions/_shared/outbound/refused.ts";
import { outboundRequest } from "../../functions/_shared/outbound/request.ts";

const hosted: OutboundPolicy = { allowLocal: false, ports: [443, 8443] };
const local: OutboundPolicy = { allowLocal: true, ports: [443] };

const refusedAddresses = [
  // this network, private, carrier-grade NAT, loopback, link-local with the clouds' metadata
  "0.0.0.0",
  "0.1.2.3",
  "10.0.0.1",
  "10.255.255.255",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.0.1",
  "100.64.0.1",
  "100.100.100.200",
  "100.127.255.255",
  "169.254.169.254",
  "169.254.170.2",
  "169.254.0.1",
  "168.63.129.16",
  // special: IETF, documentation, 6to4 relays, benchmarking, AS112, AMT, multicast, reserved, broadcast
  "192.0.0.1",
  "192.0.0.192",
  "192.0.2.1",
  "192.88.99.1",
  "198.18.0.1",
  "198.19.255.255",
  "198.51.100.7",
  "203.0.113.9",
  "192.31.196.1",
  "192.52.193.1",
  "192.175.48.1",
  "224.0.0.1",
  "239.255.255.250",
  "240.0.0.1",
  "255.255.255.255",
  // IPv6: unspecified, link-local, unique local (with AWS' metadata), site-local, multicast, documentation, discard
  "::",
  "fe80::1",
  "fe80::1%eth0",
  "febf::1",
  "fc00::1",
  "fd00:ec2::254",
  "fdff::1",
  "fec0::1",
  "ff02::1",
  "ff0e::1",
  "2001:db8::1",
  "3fff::1",
  "100::1",
  "5f00::1",
  "2001:2::1",
  "2001:10::1",
  "2001:20::1",
  "4000::1",
  "1::1",
  // IPv6 that holds an IPv4 address: mapped, compatible, translated, NAT64, 6to4, Teredo, ISATAP
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "::ffff:10.0.0.1",
  "::ffff:8.8.8.8",
  "::ffff:169.254.169.254",
  "::127.0.0.1",
  "::8.8.8.8",
  "::ffff:0:127.0.0.1",
  "64:ff9b::127.0.0.1",
  "64:ff9b::a9fe:a9fe",
  "64:ff9b::8.8.8.8",
  "64:ff9b:1::1",
  "2002:7f00:1::",
  "2002:a9fe:a9fe::1",
  "2002:808:808::1",
  "2001::1",
  "2001:0:4136:e378:8000:63bf:3fff:fdd2",
  "2a00:1450::5efe:a00:1",
  "2a00:1450::200:5efe:10.0.0.1",
  // no address at all
  "",
  "localhost",
  "1.2.3",
  "256.1.1.1",
  "1.2.3.4.5",
  "[::1]",
];

const refusedUrls = [
  "http://example.com/",
  "ftp://example.com/",
  "file:///etc/passwd",
  "gopher://example.com:70/_x",
  "data:text/plain,x",
  "javascript:alert(1)",
  "//example.com/",
  "example.com",
  "",
  "https://",
  "https://user@example.com/",
  "https://user:pass@example.com/",
  "https://:pass@example.com/",
  "https://example.com@127.0.0.1/",
  "https://example.com:0/",
  "https://example.com:22/",
  "https://example.com:80/",
  "https://example.com:6379/",
  "https://example.com:5432/",
  // names of this machine and of its network
  "https://localhost/",
  "https://LOCALHOST/",
  "https://localhost./",
  "https://kubernetes/",
  "https://metadata/",
  // every way to write an address
  "https://127.0.0.1/",
  "https://127.1/",
  "https://2130706433/",
  "https://0x7f000001/",
  "https://0x7f.1/",
  "https://0177.0.0.1/",
  "https://017700000001/",
  "https://0/",
  "https://0.0.0.0/",
  "https://127.0.0.1./",
  "https://①②⑦.⓪.⓪.①/",
  "https://169.254.169.254/latest/meta-data/",
  "https://[::1]/",
  "https://[::]/",
  "https://[::ffff:127.0.0.1]/",
  "https://[::ffff:a9fe:a9fe]/",
  "https://[0:0:0:0:0:ffff:127.0.0.1]/",
  "https://[fe80::1]/",
  "https://[64:ff9b::7f00:1]/",
  "https://[2002:7f00:1::]/",
  "https://10.0.0.8:8443/",
];

Deno.test("addressKind() takes plain unicast alone for public", () => {
  for (const address of refusedAddresses) strictEqual(addressKind(address), "refused", address);
  for (const address of ["127.0.0.1", "127.255.255.254", "::1"]) strictEqual(addressKind(address), "loopback", address);
  for (const address of ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.63.255.255", "2606:4700::1111", "2a00:1450::1"]) {
    strictEqual(addressKind(address), "public", address);
  }
});

Deno.test("checkUrl() refuses other schemes, credentials, ports and private places, however they are written", () => {
  for (const url of refusedUrls) {
    try {
      checkUrl(url, hosted);
    } catch (error) {
      ok(error instanceof OutboundRefused, `${url}: ${error}`);
      continue;
    }
    throw new Error(`${url} passed`);
  }
  for (
    const url of [
      "https://example.com/x?y",
      "https://example.com:8443",
      "https://8.8.8.8/",
      "https://b\u00fccher.example/",
    ]
  ) {
    checkUrl(url, hosted);
  }
  for (const url of ["http://127.0.0.1:9/", "http://localhost:3000/", "http://[::1]:1/"]) checkUrl(url, local);
  for (const url of ["http://10.0.0.1/", "http://169.254.169.254/", "http://u:p@127.0.0.1/"]) {
    try {
      checkUrl(url, local);
    } catch {
      continue;
    }
    throw new Error(`${url} passed locally`);
  }
});

Deno.test("checkedAddresses() refuses a name when one of its addresses is not public", async () => {
  const url = new URL("https://hooks.example.com/");
  const named = (...addresses: string[]) => checkedAddresses(url, hosted, () => Promise.resolve(addresses));
  deepStrictEqual(await named("2606:4700::1111", "1.1.1.1"), ["1.1.1.1", "2606:4700::1111"]);
  for (const address of ["127.0.0.1", "::1", ...refusedAddresses]) {
    await rejects(named("1.1.1.1", address), OutboundRefused, address);
  }
  await rejects(named(), OutboundFailed);
});

/** A server that answers raw bytes; `connections` counts how often it was connected to. */
function rawServer(answer: (connection: Deno.TcpConn, request: string) => Promise<void>) {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const state = { connections: 0, requests: [] as string[] };
  const open = new Set<Deno.TcpConn>();
  (async () => {
    for await (const connection of listener) {
      state.connections++;
      open.add(connection);
      (async () => {
        const chunk = new Uint8Array(65_536);
        for (let count = await connection.read(chunk); count; count = await connection.read(chunk)) {
          const request = new TextDecoder().decode(chunk.subarray(0, count));
          state.requests.push(request);
          await answer(connection, request);
        }
      })().catch(() => {});
    }
  })();
  return {
    url: `http://127.0.0.1:${listener.addr.port}`,
    state,
    close() {
      closeIdle();
      listener.close();
      for (const connection of open) {
        try {
          connection.close();
        } catch {
          // The answer closed it.
        }
      }
    },
  };
}

const say = (connection: Deno.TcpConn, text: string) => connection.write(new TextEncoder().encode(text)).then(() => {});
const post = (url: string, more: Record<string, unknown> = {}) =>
  outboundRequest({
    url,
    method: "POST",
    body: new Uint8Array([123, 125]),
    timeoutMs: 2000,
    mostBytes: 10,
    policy: local,
    ...more,
  });

Deno.test("outboundRequest() connects to the checked address, resolves once and keeps the host's name", async () => {
  const server = rawServer((connection) => say(connection, "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"));
  try {
    let asked = 0;
    const { port } = new URL(server.url);
    const resolve = () => Promise.resolve(asked++ === 0 ? ["127.0.0.1"] : ["10.0.0.1"]);
    const answer = await post(`http://rebinding.example:${port}/path?q=1`, { resolve, headers: { "X-Note": "a" } });
    deepStrictEqual([answer.status, new TextDecoder().decode(answer.body), answer.truncated, asked], [
      200,
      "ok",
      false,
      1,
    ]);
    const head = server.state.requests[0]!;
    ok(head.startsWith("POST /path?q=1 HTTP/1.1\r\n"), head);
    ok(/\r\nhost: rebinding\.example:\d+\r\n/i.test(head), head);
    ok(/\r\nx-note: a\r\n/i.test(head) && /\r\ncontent-length: 2\r\n/i.test(head));
    await rejects(post(`http://rebinding.example:${port}/`, { resolve }), OutboundRefused);
    strictEqual(server.state.connections, 1);
  } finally {
    server.close();
  }
});

Deno.test("outboundRequest() does not follow redirects, whatever they say", async () => {
  const server = rawServer((connection) =>
    say(connection, "HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n")
  );
  try {
    strictEqual((await post(server.url)).status, 302);
    strictEqual(server.state.requests.length, 1);
  } finally {
    server.close();
  }
});

Deno.test("outboundRequest() reads bodies by length, in chunks and to the end, up to its limit", async () => {
  const answers: [string, string, boolean][] = [
    ["HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello", "hello", false],
    ["HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n" + "a".repeat(50), "a".repeat(10), true],
    ["HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", "abcde", false],
    ["HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n" + "b".repeat(255), "b".repeat(10), true],
    ["HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n", "", false],
    ["HTTP/1.0 200 OK\r\n\r\nold", "old", false],
    ["HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\ncut", "cut", true],
    ["HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n", "", true],
  ];
  let at = 0;
  const server = rawServer(async (connection) => {
    await say(connection, answers[at]![0]);
    if (at >= 5) connection.closeWrite();
  });
  try {
    for (; at < answers.length; at++) {
      const answer = await post(server.url);
      const [, body, truncated] = answers[at]!;
      deepStrictEqual([new TextDecoder().decode(answer.body), answer.truncated], [body, truncated], answers[at]![0]);
    }
  } finally {
    server.close();
  }
});

Deno.test("outboundRequest() uses a connection again, and makes a new one when it was closed meanwhile", async () => {
  const server = rawServer(async (connection, request) => {
    await say(connection, "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    if (request.includes("/last")) connection.close();
  });
  try {
    await post(server.url);
    await post(`${server.url}/last`);
    strictEqual(server.state.connections, 1);
    await new Promise((done) => setTimeout(done, 20));
    strictEqual((await post(server.url)).status, 200);
    strictEqual(server.state.connections, 2);
  } finally {
    server.close();
  }
});

Deno.test("connections are kept for four seconds, the latest is taken first", () => {
  const closed: string[] = [];
  const connection = (name: string) => ({ name, close: () => void closed.push(name) }) as unknown as Deno.TcpConn;
  const place = { hostname: "example.com", address: "192.0.2.1", port: 443, isTls: true };
  const elsewhere = { ...place, port: 8443 };
  const kept = [connection("first"), connection("second")];
  for (const one of kept) keepIdle(place, one);
  keepIdle(elsewhere, connection("elsewhere"));
  strictEqual(takeIdle({ ...place, isTls: false }), undefined);
  strictEqual(takeIdle(place), kept[1]);
  closeIdle(performance.now() + 3000);
  deepStrictEqual(closed, []);
  closeIdle(performance.now() + 4001);
  deepStrictEqual(closed, ["first", "elsewhere"]);
  strictEqual(takeIdle(place), undefined);
});

Deno.test("writeRequest() sends the headers it is given, and none that would be read as something else", () => {
  const write = (headers: Record<string, string>) =>
    new TextDecoder().decode(writeRequest("POST", "/path", headers, new TextEncoder().encode("body")));
  strictEqual(write({ host: "a", "x-note": " b\tc " }), "POST /path HTTP/1.1\r\nhost: a\r\nx-note: b\tc\r\n\r\nbody");
  const bad = [["", "b"], ["a b", "c"], ["a:", "b"], ["a\r\nb", "c"], ["a", "b\r\nc: d"], ["a", "b\0"], [
    "a",
    "\u0142",
  ]];
  for (const [name, value] of bad) throws(() => write({ [name!]: value! }), TypeError, JSON.stringify([name, value]));
  fc.assert(fc.property(fc.string(), fc.string(), (name, value) => {
    try {
      new Headers({ [name]: value });
    } catch {
      throws(() => write({ [name]: value }), TypeError);
      return;
    }
    strictEqual(write({ [name]: value }).split("\r\n").length, 4, "nothing is taken for a line of its own");
  }));
});

Deno.test("outboundRequest() gives up on silence, endless headers and what is not HTTP", async () => {
  const answers: Record<string, (connection: Deno.TcpConn) => Promise<void>> = {
    "/silent": () => Promise.resolve(),
    "/drip": async (connection) => {
      for (const letter of "HTTP/1.1 200 OK\r\nx: ".split("")) {
        await say(connection, letter);
        await new Promise((done) => setTimeout(done, 50));
      }
    },
    "/endless": async (connection) => {
      await say(connection, "HTTP/1.1 200 OK\r\n");
      for (let n = 0; n < 100; n++) await say(connection, `x-${n}: ${"y".repeat(1000)}\r\n`);
    },
    "/ssh": (connection) => say(connection, "SSH-2.0-OpenSSH_9.6\r\n"),
    "/gone": (connection) => Promise.resolve(connection.close()),
  };
  const server = rawServer((connection, request) => answers[request.split(" ")[1]!]!(connection));
  try {
    const started = performance.now();
    for (const path of Object.keys(answers)) {
      await rejects(post(server.url + path, { timeoutMs: 300 }), OutboundFailed, path);
    }
    ok(performance.now() - started < 3000);
  } finally {
    server.close();
    // The dripping server is in the middle of a pause.
    await new Promise((done) => setTimeout(done, 100));
  }
  await rejects(post(server.url), (error) => error instanceof OutboundFailed && /refused|cut off/.test(error.reason));
});
