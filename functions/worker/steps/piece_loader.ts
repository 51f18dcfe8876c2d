import type pg from "pg";
import type { Dialect } from "../../_shared/ingest/dialect.ts";
import { errorFileColumns } from "../../_shared/ingest/error_file.ts";
import { type RecordShape, recordShape } from "../../_shared/ingest/record_shape.ts";
import { scanRegularRecords } from "../../_shared/ingest/scan_regular_records.ts";
import { rawText, type SplitRecord, splitRecords } from "../../_shared/ingest/split_records.ts";
import type { Utf8Piece } from "../../_shared/ingest/transcode.ts";
import type { Job } from "../job.ts";
import { sqlState } from "../sql_state.ts";
import { copyBytes } from "./copy_bytes.ts";
import { correctedRows } from "./corrected_rows.ts";
import { copyStatements, csvRow } from "./copy_statements.ts";

/** How much is split by hand at a time around an irregular record; grows while more of them follow. */
const leastSplit = 64 * 1024;
const mostSplit = 4 * 1024 * 1024;

/** How many records are held at a time: lines of a byte or two would fill the memory otherwise. */
const mostRecords = 20_000;

/** How many errors of a job are kept; the others are counted. The same number as in app.most_job_errors. */
const mostErrors = 50_000;

/**
 * Stores pieces of one file: regular records as the bytes they are, by COPY; the others split here, the good ones
 * stored, the bad ones reported. Each stretch is one transaction together with the checkpoint behind it.
 */
export class PieceLoader {
  readonly dialect: Dialect;
  offset: number;
  etag: string | null;
  readonly #shape: RecordShape;
  readonly #statements: ReturnType<typeof copyStatements>;
  readonly #names: readonly string[];
  readonly #takesBytes: boolean;
  readonly #mapped: number[];
  #rows: number;
  #faulty: number;
  #splitSize = leastSplit;

  constructor(readonly client: pg.Client, readonly job: Job) {
    const { dialect, mapping, checkpoint } = job;
    if (!dialect || !mapping) throw new Error("the job was never detected");
    this.dialect = dialect;
    this.offset = checkpoint.offset;
    this.etag = checkpoint.etag;
    this.#rows = checkpoint.rows;
    this.#faulty = checkpoint.faulty;
    this.#shape = recordShape(dialect, dialect.corrects ? errorFileColumns : mapping.columns.length);
    this.#mapped = mapping.columns.filter((column) => column.targets.length > 0).map((column) => column.position);
    this.#statements = copyStatements(job.id, dialect, checkpoint.positions, this.#mapped);
    this.#names = mapping.columns.map((column) => column.header);
    this.#takesBytes = !dialect.corrects && checkpoint.positions.length === mapping.columns.length;
  }

  /** Stores the whole records of a piece and returns how many bytes of the file that took. */
  async store({ utf8, sourceBytes }: Utf8Piece, atEnd: boolean, isTooLong: boolean): Promise<number> {
    const begin = this.offset;
    let done = 0;
    const advance = (length: number) => {
      done += length;
      return begin + sourceBytes(done);
    };
    while (done < utf8.length) {
      const rest = utf8.subarray(done);
      const run = this.#takesBytes
        ? scanRegularRecords(rest, this.#shape, atEnd)
        : { end: 0, records: 0, irregular: true };
      if (run.end > 0) {
        const regular = rest.subarray(0, run.end);
        if (await this.#copyRegular(regular, run.records, begin + sourceBytes(done + run.end))) advance(run.end);
        else await this.#splitAll(regular, advance);
        if (run.end > mostSplit) this.#splitSize = leastSplit;
      }
      if (!run.irregular) break;
      const length = await this.#split(utf8.subarray(done), atEnd, isTooLong, advance);
      if (length === 0) break;
    }
    return sourceBytes(done);
  }

  /** Stores a stretch of whole records that COPY refused. */
  async #splitAll(bytes: Uint8Array, advance: (length: number) => number): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const { records, end } = splitRecords(bytes.subarray(done), this.#shape, true, mostRecords);
      await this.#storeSplit(records, advance(end));
      done += end;
    }
  }

  /** Splits a stretch by hand; 0 where not even one record is whole yet. */
  async #split(rest: Uint8Array, atEnd: boolean, isTooLong: boolean, advance: (length: number) => number) {
    const window = rest.subarray(0, this.#splitSize);
    const isAll = window.length === rest.length;
    this.#splitSize = Math.min(this.#splitSize * 2, mostSplit);
    let { records, end } = splitRecords(window, this.#shape, atEnd && isAll, mostRecords);
    if (end === 0 && !isAll) ({ records, end } = splitRecords(rest, this.#shape, atEnd, 100));
    if (end === 0 && isTooLong) ({ records, end } = this.#giveUpRecord(rest));
    if (end > 0) await this.#storeSplit(records, advance(end));
    return end;
  }

  /** A record that does not end where any sane record would have: its first line is reported, the rest read anew. */
  #giveUpRecord(rest: Uint8Array) {
    const split = splitRecords(rest, this.#shape, true, 1);
    const first = split.records[0];
    if (first?.fault) return split;
    const message = "The row is longer than 24 MiB; is a quote or a line end missing?";
    const fault = { code: "row_too_long" as const, message, raw: rawText(rest, 0, rest.length) };
    return { records: [{ end: rest.length, values: [], fault }], end: rest.length };
  }

  /** False where COPY refuses the stretch: bytes that are no characters, or rows too wide for a page. */
  async #copyRegular(bytes: Uint8Array, records: number, offset: number): Promise<boolean> {
    try {
      await this.#transaction(offset, records, 0, async () => {
        await this.client.query(this.#statements.numberFrom, [this.#rows + 1]);
        const copied = await copyBytes(this.client, this.#statements.bytes, bytes);
        if (copied !== records) throw Object.assign(new Error("COPY saw other records"), { code: "22P04" });
      });
      return true;
    } catch (error) {
      const state = sqlState(error) ?? "";
      if (state.startsWith("22") || state === "54000") return false;
      throw error;
    }
  }

  async #storeSplit(split: SplitRecord[], offset: number): Promise<void> {
    const { corrects } = this.dialect;
    const records = corrects ? await correctedRows(this.client, split, this.#names, corrects) : split;
    const encoder = new TextEncoder();
    let text = "";
    const errors: Record<string, unknown>[] = [];
    let faulty = 0;
    records.forEach(({ values, fault }, index) => {
      const row_no = this.#rows + index + 1;
      // A line of customers may hold health data, which the readers of errors must not see.
      const raw = this.job.mode === "customers" ? null : { line: fault?.raw };
      if (fault) {
        faulty += 1;
        if (this.#faulty + faulty <= mostErrors) {
          errors.push({ row_no, code: fault.code, message: fault.message, raw });
        }
      } else text += csvRow(row_no, this.#mapped.map((position) => values[position - 1] ?? ""));
    });
    await this.#transaction(offset, records.length, faulty, async () => {
      if (text !== "") await copyBytes(this.client, this.#statements.values, encoder.encode(text));
      if (errors.length > 0) await this.client.query(this.#statements.errors, [this.job.id, JSON.stringify(errors)]);
    });
  }

  /** Work and the checkpoint behind it, together. */
  async #transaction(offset: number, rows: number, faulty: number, work: () => Promise<void>): Promise<void> {
    await this.client.query("begin");
    try {
      await work();
      await this.client.query("select app.save_load_progress($1, $2, $3, $4, $5, $6)", [
        this.job.id,
        this.offset,
        offset,
        rows,
        faulty,
        this.etag,
      ]);
      await this.client.query("commit");
    } catch (error) {
      await this.client.query("rollback").catch(() => {});
      throw error;
    }
    this.offset = offset;
    this.#rows += rows;
    this.#faulty += faulty;
  }
}
