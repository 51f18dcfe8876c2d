import { Problem, problemOf, unreachable } from "./problem.ts";

export type Query = Record<string, string | number | undefined>;

/** An answer, with what a person needs to find it again in the logs. */
export interface Answer<T> {
  body: T;
  requestId: string | null;
  /** From the request to the last byte, as seen here. */
  ms: number;
}

/** A signed-in way to the functions. Credentials travel in headers, never in a URL. */
export interface Api {
  get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<Answer<T>>;
  post<T>(path: string): Promise<Answer<T>>;
}

export interface ApiOptions {
  functionsUrl: string;
  token: string;
  vendorId: string | null;
  /** Called when the token no longer holds. */
  onRefused: (problem: Problem) => void;
}

/** Makes the client; every failure it throws is a `Problem`, but for an abort. */
export function createApi({ functionsUrl, token, vendorId, onRefused }: ApiOptions): Api {
  async function ask<T>(method: string, path: string, query: Query = {}, signal?: AbortSignal): Promise<Answer<T>> {
    const url = new URL(functionsUrl + path);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined && value !== "") url.searchParams.set(name, String(value));
    }
    const started = performance.now();
    try {
      const response = await fetch(url, {
        method,
        headers: { Authorization: `Bearer ${token}`, ...(vendorId ? { "X-Vendor-Id": vendorId } : {}) },
        credentials: "omit",
        referrerPolicy: "no-referrer",
        signal: signal ?? null,
      });
      if (!response.ok) throw await problemOf(response);
      const body = await response.json() as T;
      return { body, requestId: response.headers.get("x-request-id"), ms: performance.now() - started };
    } catch (error) {
      if (signal?.aborted) throw error;
      const problem = error instanceof Problem ? error : unreachable(error);
      if (problem.status === 401) onRefused(problem);
      throw problem;
    }
  }

  return {
    get: (path, query, signal) => ask("GET", path, query, signal),
    post: (path) => ask("POST", path),
  };
}
