/** What a command says when it is interrupted with Ctrl-C; the last message set counts. */

let message = "";

/** Sets the message for the part of the command that begins now. The command then ends with 130. */
export function sayOnInterrupt(text: string): void {
  if (!message) {
    Deno.addSignalListener("SIGINT", () => {
      console.error(`\n${message}`);
      Deno.exit(130);
    });
  }
  message = text;
}
