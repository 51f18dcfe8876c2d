/**
 * No secret in a file that git tracks or would track: the forms that the keys of our platforms have, private keys, JWTs,
 * addresses with passwords. Documented examples stand in secrets_allowed.ts.
 */
import { join } from "node:path";
import { root } from "../migrations/sources.ts";
import { lineAt, type Problem } from "./problem.ts";
import { allowedSecrets } from "./secrets_allowed.ts";

/** What a secret looks like. Group 1, where there is one, is the secret part of the match. */
const forms: [name: string, pattern: RegExp][] = [
  ["a Supabase secret key", /\bsb_secret_[A-Za-z0-9_-]{20,}/g],
  ["a Supabase access token", /\bsbp_(?:oauth_)?[0-9a-f]{40}\b/g],
  ["a webhook secret", /\bwhsec_[A-Za-z0-9+/]{24,}={0,2}/g],
  ["a private key", /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{32,}/g],
  ["a private JWK", /"d"\s*:\s*"([A-Za-z0-9_-]{42,})"/g],
  ["a JWT", /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{16,}/g],
  ["an AWS access key", /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g],
  ["an AWS secret key", /aws_secret_access_key\s*[=:]\s*["']?([A-Za-z0-9/+]{40})\b/gi],
  ["a GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})/g],
  ["an npm token", /\bnpm_[A-Za-z0-9]{36}\b/g],
  ["a Stripe key", /\b[sr]k_live_[A-Za-z0-9]{20,}/g],
  ["a Slack token", /\bxox[abposr]-[A-Za-z0-9-]{20,}/g],
  ["a Google API key", /\bAIza[A-Za-z0-9_-]{35}\b/g],
  ["an address with a password", /\b[a-z][a-z0-9+.-]+:\/\/[^\s:@/'"`<>]+:([^\s:@/'"`<>]{6,})@/g],
];

/** Words that stand where a secret would. */
const placeholder = /^(?:[A-Z_]+|\$\{.*|\[.*\]|\.+|x+|\*+|%.*|password|secret|postgres)$/;

/** One problem for each secret in the files that git knows. */
export async function checkSecrets(): Promise<Problem[]> {
  const { success, stdout, stderr } = await new Deno.Command("git", {
    args: ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    cwd: root,
  }).output();
  if (!success) throw new Error(`git cannot list the files: ${new TextDecoder().decode(stderr)}`);
  const files = new TextDecoder().decode(stdout).split("\0").filter(Boolean);
  const problems: Problem[] = [];
  for (const file of files) {
    // Deleted, or a folder of another repository: nothing of ours to read.
    const text = await Deno.readTextFile(join(root, file)).catch(() => "");
    if (!text.includes("\0")) problems.push(...findSecrets(file, text));
  }
  return problems;
}

/** The secrets in one file, each at its line; the problem never repeats the secret. */
export function findSecrets(file: string, text: string): Problem[] {
  return forms.flatMap(([name, pattern]) =>
    [...text.matchAll(pattern)]
      .filter((match) => !placeholder.test(match[1] ?? "") && !isAllowed(file, match[0]))
      .map((match) => ({
        file,
        line: lineAt(text, match.index),
        message: `looks like ${name}: take it out and make it invalid where it holds; ` +
          "a documented example goes into scripts/check/secrets_allowed.ts",
      }))
  );
}

function isAllowed(file: string, found: string): boolean {
  return allowedSecrets.some((allowed) => allowed.file === file && found.includes(allowed.contains));
}
