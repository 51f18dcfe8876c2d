/** Why a file can never become rows as it is: told to the user at once, without trying again. */
export class JobFault extends Error {
  override name = "JobFault";

  constructor(readonly code: string, readonly detail: string, readonly remedy: string) {
    super(`${code}: ${detail}`);
  }

  toJSON(): { code: string; detail: string; remedy: string } {
    return { code: this.code, detail: this.detail, remedy: this.remedy };
  }
}
