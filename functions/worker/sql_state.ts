/** SQLSTATE of `app.lock_running_job`: the job was canceled, or another worker did this part already. */
export const overtaken = "OD010";

/** The SQLSTATE of a driver's error, whichever driver threw it. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}
