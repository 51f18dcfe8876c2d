/** @jsxImportSource preact */
import { useCallback, useMemo } from "preact/hooks";
import type { Api } from "../api.ts";
import { ago, count, duration, milliseconds, percent, short, time, words } from "../format.ts";
import { usePolling } from "../live.ts";
import { Badge, Loaded, Panel, Stat, Table } from "../parts.tsx";
import { Plot } from "../plot.tsx";
import type { Alert, LookupStats, Overview, Page } from "../types.ts";
import type { ViewProps } from "../views.ts";

/** The platform as a whole, for its operators. */
export function Operations({ api }: ViewProps) {
  const load = useCallback(
    async (signal: AbortSignal) => (await api.get<Overview>("/api/v1/operations/overview", {}, signal)).body,
    [api],
  );
  const overview = usePolling(load, 15_000);
  return (
    <div class="grid">
      <Panel title="Now" {...(overview.data ? { note: `as of ${time(overview.data.generated_at)}` } : {})} wide>
        <Loaded from={overview}>{(data) => <Figures overview={data} />}</Loaded>
      </Panel>
      <Alerts api={api} />
      {overview.data && <Requests requests={overview.data.requests} />}
      {overview.data && <Queues overview={overview.data} />}
      <Lookups api={api} />
    </div>
  );
}

function Figures({ overview: { jobs, deliveries, audit, alerts_firing } }: { overview: Overview }) {
  const bad = (n: number) => n > 0 ? { tone: "bad" as const } : {};
  return (
    <dl class="stats">
      <Stat name="Alerts firing" value={count(alerts_firing)} {...bad(alerts_firing)} />
      <Stat name="Jobs running" value={count(jobs.running)} />
      <Stat name="Jobs queued" value={count(jobs.queued)} />
      <Stat name="Jobs done, 24 h" value={count(jobs.completed_24h)} />
      <Stat name="Jobs failed, 24 h" value={count(jobs.failed_24h)} {...bad(jobs.failed_24h)} />
      <Stat name="Deliveries waiting" value={count(deliveries.pending)} />
      <Stat name="Delivered, 24 h" value={count(deliveries.delivered_24h)} />
      <Stat name="Dead letters" value={count(deliveries.dead)} {...bad(deliveries.dead)} />
      <Stat name="Unsealed entries" value={count(audit.unsealed)} />
      <Stat name="Last sealed" value={ago(audit.last_sealed_at)} />
    </dl>
  );
}

function Requests({ requests }: { requests: Overview["requests"] }) {
  const times = useMemo(() => requests.map(({ minute }) => Date.parse(minute) / 1000), [requests]);
  const number = (value: number | null) => value === null ? "–" : short(value);
  return (
    <>
      <Panel title="Requests a minute">
        <Plot
          title="Requests a minute, last hour"
          times={times}
          format={number}
          series={[
            { label: "All", color: "--blue", values: requests.map((row) => row.count), fill: "--blue-area" },
            { label: "Errors", color: "--red", values: requests.map((row) => row.errors) },
          ]}
        />
      </Panel>
      <Panel title="Latency">
        <Plot
          title="Latency, last hour"
          times={times}
          format={milliseconds}
          series={[
            { label: "p95", color: "--amber", values: requests.map((row) => row.p95_ms) },
            { label: "p50", color: "--teal", values: requests.map((row) => row.p50_ms) },
          ]}
        />
      </Panel>
    </>
  );
}

function Queues({ overview: { queues, deliveries } }: { overview: Overview }) {
  return (
    <Panel title="Queues">
      <Table caption="Queues" columns={["Queue", "#Depth", "#Oldest waits"]}>
        {queues.map(({ name, depth, oldest_age_seconds }) => (
          <tr key={name}>
            <td>{name}</td>
            <td class="number">{count(depth)}</td>
            <td class="number">{duration(depth > 0 ? oldest_age_seconds : null)}</td>
          </tr>
        ))}
      </Table>
      <p class="note states">
        Deliveries <Badge tone="plain">{count(deliveries.pending)} waiting</Badge>
        <Badge tone="good">{count(deliveries.delivered_24h)} delivered</Badge>
        <Badge tone="warn">{count(deliveries.failed_24h)} failed</Badge>
        <Badge tone="bad">{count(deliveries.dead)} dead</Badge>
      </p>
    </Panel>
  );
}

function Alerts({ api }: { api: Api }) {
  const load = useCallback(
    async (signal: AbortSignal) => {
      const open = ["firing", "pending"].map((status) =>
        api.get<Page<Alert>>("/api/v1/alerts", { status, limit: 50 }, signal)
      );
      return (await Promise.all(open)).flatMap(({ body }) => body.data);
    },
    [api],
  );
  const alerts = usePolling(load, 30_000);
  return (
    <Panel title="Alerts" wide>
      <Loaded from={alerts}>
        {(data) =>
          data.length === 0
            ? <p class="empty">No alert is firing or pending.</p>
            : (
              <Table caption="Open alerts" columns={["Alert", "State", "About", "#Value", "Since", "Runbook"]}>
                {data.map((row) => (
                  <tr key={row.id}>
                    <td class="long">
                      {words(row.rule_code)}
                      <small>{row.summary}</small>
                    </td>
                    <td>
                      <Badge tone={row.status === "pending" ? "plain" : row.severity === "critical" ? "bad" : "warn"}>
                        {row.status === "pending" ? "pending" : row.severity}
                      </Badge>
                    </td>
                    <td>{row.subject || "the platform"}</td>
                    <td class="number">
                      {round(row.value)}
                      <small>{row.comparison} {round(row.threshold)}</small>
                    </td>
                    <td>{ago(row.fired_at ?? row.started_at)}</td>
                    <td>
                      <code>{row.runbook}</code>
                    </td>
                  </tr>
                ))}
              </Table>
            )}
      </Loaded>
    </Panel>
  );
}

const round = (value: number) => +value.toFixed(2);

function Lookups({ api }: { api: Api }) {
  const load = useCallback(
    async (signal: AbortSignal) => (await api.get<LookupStats>("/construction/lookups/stats", {}, signal)).body,
    [api],
  );
  const stats = usePolling(load, 30_000);
  return (
    <Panel title="Construction lookups">
      <Loaded from={stats}>
        {({ last_hour, last_day, isolate }) => (
          <dl class="stats">
            <Stat
              name="Circuit breaker"
              value={
                <Badge tone={isolate.circuit === "closed" ? "good" : "bad"}>{isolate.circuit.replace("_", " ")}</Badge>
              }
            />
            <Stat name="Cache hits, 1 h" value={percent(last_hour.cache_hit_rate)} />
            <Stat name="p95, 1 h" value={milliseconds(last_hour.p95_ms)} />
            <Stat name="Lookups, 1 h" value={count(last_hour.lookups)} />
            <Stat name="Found, 24 h" value={percent(last_day.success_rate)} />
            <Stat name="Fallback, 24 h" value={percent(last_day.fallback_rate)} />
            <Stat name="Errors, 24 h" value={percent(last_day.error_rate)} />
            <Stat name="Cached here" value={count(isolate.cached)} />
          </dl>
        )}
      </Loaded>
    </Panel>
  );
}
