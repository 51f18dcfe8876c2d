/** `npm run bench`: measures the running product, on a stack of its own. */
import { join } from "node:path";
import { CommandError, readFlags, runCommand } from "./_cli/flags.ts";
import { stopOnSignals } from "./_cli/on_signals.ts";
import { type BenchStack, startBenchStack } from "./bench/stack.ts";
import { type Benchmark, formatTable } from "./bench/benchmark.ts";
import { root } from "./migrations/sources.ts";

const folder = join(root, "tests", "benchmarks");

const help = `npm run bench -- [NAME...] [FLAGS]

Runs the benchmarks of tests/benchmarks/ that are named (all of them with --all) and prints a table for each. Without
a name it lists them. Each runs on a stack of its own, in a temporary folder, on free ports.

  --all               every benchmark
  --seconds SECONDS   how long each measurement lasts (5)
  --clients COUNT     how many requests are under way at once (4)
  --rows COUNT        how many rows a benchmark that makes its own fills (100000)
  --scenario NAME     only this part of a benchmark that has several
  --json              print the measurements as JSON
  --help              this text

Figures depend on the machine and on what else it does: compare runs on one machine, and trust ratios.`;

await runCommand(async () => {
  const { values, positionals } = readFlags({
    help,
    positionals: true,
    options: {
      all: { type: "boolean" },
      json: { type: "boolean" },
      seconds: { type: "string", default: "5" },
      clients: { type: "string", default: "4" },
      rows: { type: "string", default: "100000" },
      scenario: { type: "string" },
    },
  });
  const known = await loadBenchmarks();
  const asked = positionals.map((name) => name.replaceAll("-", "_"));
  const unknown = asked.find((name) => !known.has(name));
  if (unknown) {
    throw new CommandError(`There is no benchmark ${unknown}; there are ${[...known.keys()].join(", ")}.`, 2);
  }
  const names = values.all ? [...known.keys()] : asked;
  if (names.length === 0) {
    for (const [name, { description }] of known) console.log(`${name.padEnd(12)} ${description}`);
    return;
  }
  const settings = {
    rows: positive("rows", values.rows),
    seconds: positive("seconds", values.seconds),
    clients: positive("clients", values.clients),
  };
  const { scenario } = values;
  for (const name of scenario === undefined ? [] : names) {
    const { scenarios = [] } = known.get(name)!;
    if (!scenarios.includes(scenario!)) {
      const hint = scenarios.length > 0 ? `it has ${scenarios.join(", ")}` : "it has none";
      throw new CommandError(`${name} has no scenario ${scenario}; ${hint}.`, 2);
    }
  }
  let running: BenchStack | undefined;
  stopOnSignals(async () => await running?.stop());
  for (const name of names) {
    console.error(`${name}: starting a stack ...`);
    const stack = running = await startBenchStack(known.get(name)!);
    try {
      const result = await known.get(name)!.run({ ...stack, ...settings, ...(scenario ? { scenario } : {}) });
      const told = Array.isArray(result) ? { measurements: result } : { report: result.data };
      const text = Array.isArray(result) ? formatTable(name, result) : result.text;
      console.log(values.json ? JSON.stringify({ name, ...settings, ...told }) : text);
    } finally {
      await stack.stop();
    }
  }
});

async function loadBenchmarks(): Promise<Map<string, Benchmark>> {
  const files = (await Array.fromAsync(Deno.readDir(folder))).map((entry) => entry.name)
    .filter((name) => name.endsWith(".ts")).sort();
  const benchmarks = new Map<string, Benchmark>();
  for (const file of files) {
    const { benchmark }: { benchmark: Benchmark } = await import(join(folder, file));
    benchmarks.set(file.replace(/\.ts$/, ""), benchmark);
  }
  return benchmarks;
}

function positive(flag: string, value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return number;
  throw new CommandError(`--${flag} must be a whole number above 0, not ${value}.`, 2);
}
