/** What looks like a secret and is none: where each stands, a part of it, and why it may. */
export const allowedSecrets: { file: string; contains: string; why: string }[] = [
  {
    file: "functions/api/webhook_schemas.ts",
    contains: "whsec_C2FVsBQIhrscChlQIMV",
    why: "the example of the reference; signs nothing",
  },
  {
    file: "tests/functions/settings_reading.test.ts",
    contains: "hunter2",
    why: "shows that a wrong setting is told without its value",
  },
  {
    file: "tests/functions/webhooks_tls.test.ts",
    contains: "-----BEGIN PRIVATE KEY-----",
    why: "the key of a certificate for loopback addresses that the test serves itself",
  },
];
