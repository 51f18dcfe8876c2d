import { settings } from "./settings.ts";

/** One finished request. Nothing here is personal: no query string, no body, no token, no address. */
export interface RequestLine {
  req_id: string;
  user_id: string | null;
  vendor_id: string | null;
  role: string | null;
  method: string;
  /** The route's pattern, never the path as sent: a path can carry an id or worse. */
  route: string;
  status: number;
  latency_ms: number;
  rows_read: number;
  rows_written: number;
  super_id?: string;
}

export interface Logger {
  request(line: RequestLine): void;
  error(requestId: string | null, error: unknown): void;
}

/** A logger that writes one JSON object a line on stdout, and failures on stderr. */
export function createLogger(service: string): Logger {
  return {
    request(line) {
      if (settings().ODYSSEY_LOG_LEVEL !== "info") return;
      console.log(JSON.stringify({ time: new Date().toISOString(), level: "info", service, ...line }));
    },
    error(requestId, error) {
      if (settings().ODYSSEY_LOG_LEVEL === "silent") return;
      const line = { time: new Date().toISOString(), level: "error", service, req_id: requestId, error: safe(error) };
      console.error(JSON.stringify(line));
    },
  };
}

/** What may be written of a failure: Postgres puts row values into messages and details, so those stay out. */
export function safe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const { code, table_name, constraint_name, routine } = error as unknown as Record<string, unknown>;
  // Class 42 is a mistake of ours (a function that is missing, a name misspelt) and quotes no data.
  const mayQuoteData = error.name === "PostgresError" && !/^42(?!501)/.test(String(code));
  const frames = (error.stack ?? "").split("\n").filter((line) => line.trimStart().startsWith("at ")).slice(0, 8);
  return {
    name: error.name,
    ...(mayQuoteData ? { table_name, constraint_name, routine } : { message: error.message }),
    ...(code === undefined ? {} : { code }),
    stack: frames.map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: safe(error.cause) }),
  };
}
