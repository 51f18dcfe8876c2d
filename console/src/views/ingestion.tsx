/** @jsxImportSource preact */
import { useCallback, useContext, useEffect, useRef, useState } from "preact/hooks";
import { ago, count, duration, instant } from "../format.ts";
import { Live, usePolling } from "../live.ts";
import { Badge, Loaded, Panel, Table, type Tone, useAnnounce } from "../parts.tsx";
import type { Api } from "../api.ts";
import type { Job, JobError, Page } from "../types.ts";
import type { ViewProps } from "../views.ts";

const tones: Record<Job["status"], Tone> = {
  queued: "plain",
  running: "busy",
  completed: "good",
  failed: "bad",
  canceled: "warn",
};

const isOpen = ({ status }: Job) => status === "queued" || status === "running";

/** So many open jobs are followed by long polls; the others move with the list. */
const followed = 2;

/** The jobs of the vendor: their progress as it happens, what became of their rows, and what was wrong with them. */
export function Ingestion({ api }: ViewProps) {
  const load = useCallback(
    async (signal: AbortSignal) => (await api.get<Page<Job>>("/api/v1/jobs", { limit: 20 }, signal)).body.data,
    [api],
  );
  const jobs = usePolling(load, 10_000);
  const [chosen, setChosen] = useState<string | null>(null);
  const open = jobs.data?.filter(isOpen).slice(0, followed).map(({ id }) => id) ?? [];

  return (
    <div class="grid">
      <Panel title="Ingestion jobs" note="newest first" wide>
        <Loaded from={jobs}>
          {(data) =>
            data.length === 0
              ? (
                <p class="empty">
                  No file was ever ingested. <code>npm run ingest -- FILE.csv --mode products</code>
                </p>
              )
              : (
                <ul class="jobs">
                  {data.map((job) => (
                    <JobRow
                      key={job.id}
                      api={api}
                      listed={job}
                      follow={open.includes(job.id)}
                      chosen={chosen === job.id}
                      onChoose={() => setChosen(chosen === job.id ? null : job.id)}
                      onEnded={jobs.refresh}
                    />
                  ))}
                </ul>
              )}
        </Loaded>
      </Panel>
    </div>
  );
}

interface JobRowProps {
  api: Api;
  listed: Job;
  follow: boolean;
  chosen: boolean;
  onChoose: () => void;
  onEnded: () => void;
}

function JobRow({ api, listed, follow, chosen, onChoose, onEnded }: JobRowProps) {
  const job = useJob(api, listed, follow, onEnded);
  const { totals } = job;
  const name = job.params.filename ?? `${job.mode} ${job.id.slice(0, 8)}`;
  const failed = totals.rows_failed > 0;
  return (
    <li>
      <div class="job-head">
        <strong>{name}</strong>
        <Badge tone={tones[job.status]}>{job.status}</Badge>
        <span class="note">
          {job.mode}
          {isOpen(job) && ` · ${job.step}`} ·{" "}
          <time dateTime={job.created_at} title={instant(job.created_at)}>{ago(job.created_at)}</time>
          {job.started_at && job.finished_at && ` · took ${duration(between(job.started_at, job.finished_at))}`}
        </span>
        {failed && (
          <button type="button" aria-expanded={chosen} onClick={onChoose}>
            {count(totals.rows_failed)} row errors
          </button>
        )}
      </div>
      <progress max={100} value={job.progress_pct} aria-label={`Progress of ${name}`} class={job.status} />
      <dl class="counts">
        <div>
          <dt>done</dt>
          <dd>{Math.floor(job.progress_pct)} %</dd>
        </div>
        {(["rows_read", "inserted", "updated", "unchanged", "rows_failed"] as const).map((key) => (
          <div key={key} class={key === "rows_failed" && failed ? "bad" : undefined}>
            <dt>{key.replace("rows_", "")}</dt>
            <dd>{count(totals[key])}</dd>
          </div>
        ))}
      </dl>
      {job.error && (
        <p class="problem">
          <strong>{job.error.code}</strong>: {job.error.detail} {job.error.remedy}
        </p>
      )}
      {chosen && <JobErrors api={api} job={job} />}
    </li>
  );
}

/** The first wrong rows in file order; all of them are in errors.csv. */
function JobErrors({ api, job }: { api: Api; job: Job }) {
  const load = useCallback(
    async (signal: AbortSignal) =>
      (await api.get<Page<JobError>>(`/api/v1/jobs/${job.id}/errors`, { limit: 50 }, signal)).body,
    [api, job.id],
  );
  const errors = usePolling(load, 30_000);
  return (
    <Loaded from={errors}>
      {({ data, next_cursor }) => (
        <>
          <Table caption="Row errors" columns={["#Row", "Field", "Code", "What is wrong"]}>
            {data.map(({ row_no, field, code, message }, index) => (
              <tr key={index}>
                <td class="number">{count(row_no)}</td>
                <td>{field ?? "–"}</td>
                <td>
                  <code>{code}</code>
                </td>
                <td>{message}</td>
              </tr>
            ))}
          </Table>
          <p class="note">
            {next_cursor && "The first 50. "}
            {job.error_url && <a href={job.error_url} rel="noreferrer">Download errors.csv</a>}
          </p>
        </>
      )}
    </Loaded>
  );
}

/** The least time between two answers of one long poll, for the sake of the caller's rate limit. */
const restMs = 4000;

/** The job as listed, or as a long poll knows it better. */
function useJob(api: Api, listed: Job, follow: boolean, onEnded: () => void): Job {
  const live = useContext(Live);
  const announce = useAnnounce();
  const [known, setKnown] = useState<Job | null>(null);
  const ended = useRef(onEnded);
  ended.current = onEnded;
  useEffect(() => {
    if (!follow || !live) return;
    const abort = new AbortController();
    (async () => {
      while (!abort.signal.aborted) {
        const { body } = await api.get<Job>(`/api/v1/jobs/${listed.id}`, { wait: 20 }, abort.signal);
        setKnown(body);
        if (!isOpen(body)) {
          announce(`${body.params.filename ?? body.mode} ${body.status}`);
          return ended.current();
        }
        await new Promise((done) => setTimeout(done, restMs));
      }
    })().catch(() => {}); // The list says what is wrong, and goes on.
    return () => abort.abort();
  }, [api, listed.id, follow, live]);
  return known && isOpen(listed) ? known : listed;
}

const between = (start: string, end: string): number => (Date.parse(end) - Date.parse(start)) / 1000;
