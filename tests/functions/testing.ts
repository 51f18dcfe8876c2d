/** What function tests share: an environment without services, and requests to a service under test. */
import { useDatabase } from "../../functions/_shared/database.ts";
import type { Logger, RequestLine } from "../../functions/_shared/logger.ts";
import type { Sql } from "../../functions/_shared/database.ts";

/** Settings that name nothing that exists; a variable that is set already stays. */
export const environment: Record<string, string> = {
  SUPABASE_URL: "http://127.0.0.1:9",
  SUPABASE_DB_URL: "postgresql://postgres@127.0.0.1:9/postgres",
  APPWRITE_ENDPOINT: "http://127.0.0.1:9/v1",
  APPWRITE_PROJECT_ID: "test",
  ODYSSEY_LOG_LEVEL: "silent",
};

export function setEnvironment(): void {
  for (const [name, value] of Object.entries(environment)) if (!Deno.env.get(name)) Deno.env.set(name, value);
}

/** A logger that keeps what it is told. */
export function keepingLogger(): Logger & { lines: RequestLine[]; errors: unknown[] } {
  const lines: RequestLine[] = [];
  const errors: unknown[] = [];
  return { lines, errors, request: (line) => void lines.push(line), error: (_id, error) => void errors.push(error) };
}

/** A database that answers each statement by `answer(text, values)`; what it throws is thrown. */
export function fakeDatabase(answer: (text: string, values: unknown[]) => unknown[]): Sql {
  const sql = (strings: TemplateStringsArray, ...values: unknown[]) =>
    Promise.resolve().then(() => answer(strings.join("?").replace(/\s+/g, " ").trim(), values));
  return Object.assign(sql, { json: (value: unknown) => value }) as unknown as Sql;
}

/** Runs a test with another database in place. */
export async function withDatabase(sql: Sql, test: () => Promise<void>): Promise<void> {
  useDatabase(sql);
  try {
    await test();
  } finally {
    useDatabase(undefined);
  }
}

/** An unsigned or oddly signed JWT, written part by part. */
export function writeToken(header: unknown, payload: unknown, signature = "c2lnbmF0dXJl"): string {
  const part = (value: unknown) => encode(typeof value === "string" ? value : JSON.stringify(value));
  return `${part(header)}.${part(payload)}.${signature}`;
}

function encode(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
