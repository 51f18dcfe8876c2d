import { Buffer } from "node:buffer";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { CheckIn } from "./check_ins.ts";

/** Rows of one piece sent to COPY: enough to be fast, little enough to be nothing in memory. */
const pieceRows = 2000;

/** Adds check-ins of many patients with one COPY; returns how many. What they are is made while it is sent. */
export async function writeCheckIns(
  client: pg.Client,
  patients: Iterable<{ id: string; checkIns: readonly CheckIn[] }>,
): Promise<number> {
  const stream = client.query(
    copyFrom("copy public.check_ins (patient_id, checked_in_at, mood, energy, anxiety, sleep_hours) from stdin"),
  );
  const done = new Promise<number>((resolve, reject) => {
    stream.on("error", reject);
    stream.on("finish", () => resolve(stream.rowCount));
  });
  done.catch(() => {});
  let lines: string[] = [];
  const send = async () => {
    const taken = stream.write(Buffer.from(lines.join("")));
    lines = [];
    if (!taken) await Promise.race([new Promise((drained) => stream.once("drain", drained)), done]);
  };
  for (const { id, checkIns } of patients) {
    for (const { checked_in_at, mood, energy, anxiety, sleep_hours } of checkIns) {
      lines.push(`${id}\t${checked_in_at}\t${mood}\t${energy}\t${anxiety}\t${sleep_hours}\n`);
      if (lines.length >= pieceRows) await send();
    }
  }
  if (lines.length) await send();
  stream.end();
  return await done;
}
