/** TLS to a checked address: the certificate must be that of the host's name, not of the address. */
import { rejects, strictEqual } from "node:assert";
import { closeIdle } from "../../functions/_shared/outbound/connections.ts";
import { OutboundFailed } from "../../functions/_shared/outbound/refused.ts";
import { outboundRequest } from "../../functions/_shared/outbound/request.ts";

// A throw-away authority and a certificate of hooks.example.test by it, good for a hundred years.
const authority = `-----BEGIN CERTIFICATE-----
MIIBfDCCASGgAwIBAgIUCyx42JZw8skett9qdcoKpOzLE04wCgYIKoZIzj0EAwIw
EjEQMA4GA1UEAwwHVGVzdCBDQTAgFw0yNjExMjExMzI0MzlaGA8yMTI2MTAyODEz
MjQzOVowEjEQMA4GA1UEAwwHVGVzdCBDQTBZMBMGByqGSM49AgEGCCqGSM49AwEH
A0IABP+DIK7qGHkmH+uv+xH30fLR3J6zAauq3H4QnGlLutAwbu5V9pE7EashkM4+
HV99y2mZB0r089Il9KiO3jhssWOjUzBRMB0GA1UdDgQWBBTGazdzMr3AqhC2IfIJ
C1TQCnCQiDAfBgNVHSMEGDAWgBTGazdzMr3AqhC2IfIJC1TQCnCQiDAPBgNVHRMB
Af8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQD9y6Oiul65bmuZ9Et9+yLNratf
r+BJvV3oJLeaflNCvQIhAPH5HYR55uU5OKyc62fNH1cY6XwncE/wPBb49DJtjs8r
-----END CERTIFICATE-----`;
const cert = `-----BEGIN CERTIFICATE-----
MIIBnzCCAUWgAwIBAgIUepI7D9y+SNhbTWSX93l1o2zfx6IwCgYIKoZIzj0EAwIw
EjEQMA4GA1UEAwwHVGVzdCBDQTAgFw0yNjExMjExMzI0MzlaGA8yMTI2MTAyODEz
MjQzOVowHTEbMBkGA1UEAwwSaG9va3MuZXhhbXBsZS50ZXN0MFkwEwYHKoZIzj0C
AQYIKoZIzj0DAQcDQgAEOeD0lgPBHMVLUCV5xEGHfh1tybvUrpt6Hqm1vBK6/OMG
MJDW2TdS+KQP/pLkxsrLxmKg1Mmdh2gRySEioL76LaNsMGowHQYDVR0RBBYwFIIS
aG9va3MuZXhhbXBsZS50ZXN0MAkGA1UdEwQCMAAwHQYDVR0OBBYEFH6oCEecWbSg
i1YlKZD2etaDv5mtMB8GA1UdIwQYMBaAFMZrN3MyvcCqELYh8gkLVNAKcJCIMAoG
CCqGSM49BAMCA0gAMEUCIQDOdF4gOWlMlgsiW/CxKJWMhNYWg7w5SGHU2aXgaLPA
uQIgHKs/W9JW6lutPBVeDlrKe+c9rsbmYZoZj0uJKVnkZEw=
-----END CERTIFICATE-----`;
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgKew+cZUPBQTOjPgE
+fJdaY1ofNyNIBJ7GX7HN9vj4qqhRANCAAQ54PSWA8EcxUtQJXnEQYd+HW3Ju9Su
m3oeqbW8Err84wYwkNbZN1L4pA/+kuTGysvGYqDUyZ2HaBHJISKgvvot
-----END PRIVATE KEY-----`;

Deno.test("outboundRequest() checks the certificate against the name while it connects to the address", async () => {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, cert, key, onListen() {} }, (request) => {
    return new Response(new URL(request.url).hostname);
  });
  const ask = (hostname: string, caCerts: string[] = [authority]) =>
    outboundRequest({
      url: `https://${hostname}:${server.addr.port}/`,
      method: "POST",
      body: new Uint8Array([1]),
      timeoutMs: 3000,
      mostBytes: 100,
      policy: { allowLocal: true, ports: [443] },
      resolve: () => Promise.resolve(["127.0.0.1"]),
      caCerts,
    });
  try {
    const answer = await ask("hooks.example.test");
    strictEqual(new TextDecoder().decode(answer.body), "hooks.example.test");
    strictEqual((await ask("hooks.example.test")).status, 200, "also over the kept connection");
    closeIdle();
    await rejects(ask("other.example.test"), OutboundFailed);
    await rejects(ask("hooks.example.test", []), OutboundFailed);
  } finally {
    closeIdle();
    await server.shutdown();
  }
});
