/** A stack cannot start for a reason that one line explains; commands print the message and exit 1. */
export class StackError extends Error {
  override name = "StackError";
}
