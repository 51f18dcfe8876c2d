/** What went wrong with a request, as the service says it (RFC 9457), or as the browser does when nobody answered. */
export class Problem extends Error {
  override readonly name = "Problem";

  constructor(
    readonly status: number,
    /** The last part of `type`, such as `insufficient-role`. */
    readonly slug: string,
    readonly title: string,
    readonly detail: string,
    readonly requestId: string | null,
    /** Seconds to wait, where the service says so. */
    readonly retryAfter: number | null = null,
  ) {
    super(`${title}: ${detail}`);
  }
}

/** Reads the problem out of an answer that is none of 2xx; an answer without one is described by its status. */
export async function problemOf(response: Response): Promise<Problem> {
  const body = await response.json().catch(() => ({})) as Record<string, unknown>;
  const text = (key: string, fallback: string) => typeof body[key] === "string" ? body[key] as string : fallback;
  const errors = Array.isArray(body.errors) ? body.errors as { pointer?: string; detail?: string }[] : [];
  const fields = errors.slice(0, 5).map(({ pointer = "", detail = "" }) => `${pointer.replace(/^\//, "")} ${detail}`);
  return new Problem(
    response.status,
    text("type", "").split("/").at(-1) ?? "",
    text("title", `HTTP ${response.status}`),
    [text("detail", text("message", "The service gave no reason.")), ...fields].join(" · "),
    text("request_id", "") || response.headers.get("x-request-id"),
    Number(response.headers.get("retry-after")) || null,
  );
}

/** Nobody answered, or what was answered could not be read. */
export function unreachable(error: unknown): Problem {
  const detail = error instanceof Error ? error.message : String(error);
  return new Problem(0, "unreachable", "The service cannot be reached", detail, null);
}
