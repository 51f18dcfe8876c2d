/** What things that run at the same time say, one after another. */

/** Where one of them says its lines; `end` lets the next one speak. */
export type Turn = { print(line: string): void; end(): void };

/** Turns in the order they are asked for: whose turn it is prints at once, the lines of the others wait for theirs. */
export function inTurn(print: (line: string) => void = console.log): () => Turn {
  const waiting: { lines: string[]; ended: boolean }[] = [];
  return () => {
    const own = { lines: [] as string[], ended: false };
    waiting.push(own);
    return {
      print: (line) => waiting[0] === own ? print(line) : own.lines.push(line),
      end() {
        own.ended = true;
        while (waiting[0]?.ended) {
          waiting.shift();
          waiting[0]?.lines.splice(0).forEach((line) => print(line));
        }
      },
    };
  };
}
