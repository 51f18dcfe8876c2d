/**
 * A progress bar on a terminal; where the output is a file or a pipe, a line whenever another tenth is done or half a
 * minute has passed.
 */

/** Where progress goes: `isTerminal` decides between a bar that redraws and lines. */
export type ProgressOutput = { isTerminal: boolean; width: number; write(text: string): void };

/** One bar, from `update` to `finish`. */
export type Progress = {
  /** `fraction` is 0..1; `note` stands behind the bar. */
  update(fraction: number, note: string): void;
  /** Draws the bar a last time and goes to the next line. */
  finish(fraction: number, note: string): void;
};

const barWidth = 30;
const quietPeriod = 30_000;

/** Starts a bar named `label`. */
export function startProgress(label: string, output: ProgressOutput, now: () => number = Date.now): Progress {
  return output.isTerminal ? terminalBar(label, output, now) : plainLines(label, output, now);
}

function terminalBar(label: string, { write, width }: ProgressOutput, now: () => number): Progress {
  let lastDrawn = 0;
  const draw = (fraction: number, note: string) => {
    const filled = Math.round(clamp(fraction) * barWidth);
    const bar = "█".repeat(filled) + "░".repeat(barWidth - filled);
    const line = `${label.padEnd(7)} ${bar} ${percent(fraction).padStart(4)}  ${note}`;
    write(`\r\x1b[K${line.slice(0, Math.max(20, width - 1))}`);
  };
  return {
    update(fraction, note) {
      if (now() - lastDrawn < 100) return;
      lastDrawn = now();
      draw(fraction, note);
    },
    finish(fraction, note) {
      draw(fraction, note);
      write("\n");
    },
  };
}

function plainLines(label: string, { write }: ProgressOutput, now: () => number): Progress {
  let lastTenth = -1;
  let lastWritten = now();
  const line = (fraction: number, note: string) => write(`${label} ${percent(fraction)}  ${note}\n`);
  return {
    update(fraction, note) {
      const tenth = Math.floor(clamp(fraction) * 10);
      if (tenth === 10 || (tenth <= lastTenth && now() - lastWritten < quietPeriod)) return;
      lastTenth = Math.max(lastTenth, tenth);
      lastWritten = now();
      line(fraction, note);
    },
    finish: line,
  };
}

function clamp(fraction: number): number {
  return Math.min(1, Math.max(0, Number.isFinite(fraction) ? fraction : 0));
}

function percent(fraction: number): string {
  return `${Math.floor(clamp(fraction) * 100)}%`;
}
