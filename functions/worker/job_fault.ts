/** Why a job can never succeed as it is: told to the user at once, without trying again. */
export class JobFault extends Error {
  override name = "JobFault";

  constructor(readonly code: string, readonly detail: string, readonly remedy: string) {
    super(`${code}: ${detail}`);
  }

  toJSON(): { code: string; detail: string; remedy: string } {
    return { code: this.code, detail: this.detail, remedy: this.remedy };
  }
}

/** SQLSTATE of `app.lock_running_job`: the job was canceled, or another worker did this part already. */
export const overtaken = "OD010";

/** The SQLSTATE of a driver's error, whichever driver threw it. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}
