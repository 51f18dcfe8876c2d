/** One thing to put right: where it is, what is wrong and what to do. `file` is relative to the repository. */
export type Problem = {
  file: string;
  line: number;
  message: string;
  /** True when `npm run check -- --fix` can put it right by itself. */
  fixable?: boolean;
};

/** The line, counted from 1, of a character offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let index = text.indexOf("\n"); index >= 0 && index < offset; index = text.indexOf("\n", index + 1)) line++;
  return line;
}
