/** @jsxImportSource preact */
import { useCallback, useState } from "preact/hooks";
import type { Api } from "../api.ts";
import { ago, count, instant } from "../format.ts";
import { usePolling } from "../live.ts";
import { Badge, Field, Loaded, Panel, ProblemNote, Table, type Tone, useAnnounce } from "../parts.tsx";
import type { Problem } from "../problem.ts";
import type { Delivery, Page, Webhook } from "../types.ts";
import type { ViewProps } from "../views.ts";

const tones: Record<Delivery["status"], Tone> = {
  blocked: "warn",
  pending: "plain",
  retrying: "busy",
  delivered: "good",
  dead: "bad",
};

/** The vendor's webhooks, what became of their deliveries, and the dead-letter queue with a way out of it. */
export function Webhooks({ api }: ViewProps) {
  const load = useCallback(
    async (signal: AbortSignal) => (await api.get<Page<Webhook>>("/api/v1/webhooks", { limit: 100 }, signal)).body.data,
    [api],
  );
  const hooks = usePolling(load, 30_000);
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = hooks.data?.find(({ id }) => id === chosen) ?? hooks.data?.[0];
  return (
    <div class="grid">
      <Panel title="Webhooks" wide>
        <Loaded from={hooks}>
          {(data) =>
            data.length === 0
              ? (
                <p class="empty">
                  No webhook yet; <code>POST /v1/webhooks</code> makes one.
                </p>
              )
              : (
                <Table caption="Webhooks" columns={["Target", "State", "Events", "Last success", "Deliveries"]}>
                  {data.map((hook) => (
                    <tr key={hook.id} class={hook.id === shown?.id ? "chosen" : undefined}>
                      <td class="long">
                        {hook.url}
                        {hook.description && <small>{hook.description}</small>}
                      </td>
                      <td>
                        <HookState hook={hook} />
                      </td>
                      <td>{hook.events.join(", ")}</td>
                      <td>{ago(hook.last_success_at)}</td>
                      <td>
                        <button
                          type="button"
                          aria-pressed={hook.id === shown?.id}
                          aria-label={`Show deliveries of ${hook.url}`}
                          onClick={() => setChosen(hook.id)}
                        >
                          Show
                        </button>
                      </td>
                    </tr>
                  ))}
                </Table>
              )}
        </Loaded>
      </Panel>
      {shown && <Deliveries key={shown.id} api={api} hook={shown} />}
    </div>
  );
}

function HookState({ hook }: { hook: Webhook }) {
  if (!hook.enabled) return <Badge tone="bad">off: {hook.disabled_reason}</Badge>;
  if (hook.failing_since) return <Badge tone="warn">failing since {ago(hook.failing_since)}</Badge>;
  return <Badge tone="good">on</Badge>;
}

function Deliveries({ api, hook }: { api: Api; hook: Webhook }) {
  const announce = useAnnounce();
  const [status, setStatus] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const load = useCallback(
    async (signal: AbortSignal) =>
      (await api.get<Page<Delivery>>(`/api/v1/webhooks/${hook.id}/deliveries`, { status, limit: 50 }, signal)).body,
    [api, hook.id, status],
  );
  const deliveries = usePolling(load, 10_000);

  const redeliver = async ({ id, event_type }: Delivery) => {
    setBusy(id);
    setProblem(null);
    try {
      await api.post(`/api/v1/deliveries/${id}/redeliver`);
      announce(`${event_type} is queued again`);
      deliveries.refresh();
    } catch (error) {
      setProblem(error as Problem);
    }
    setBusy(null);
  };

  const choice = (
    <Field label="Show">
      <select value={status} onChange={(event) => setStatus(event.currentTarget.value)}>
        <option value="">all states</option>
        <option value="dead">dead letters</option>
        {["pending", "retrying", "blocked", "delivered"].map((each) => <option key={each}>{each}</option>)}
      </select>
    </Field>
  );
  return (
    <Panel title="Deliveries" note={hook.url} actions={choice} wide>
      {problem && <ProblemNote problem={problem} />}
      <Loaded from={deliveries}>
        {({ data, next_cursor }) =>
          data.length === 0 ? <p class="empty">{status ? `None is ${status}.` : "Nothing was sent yet."}</p> : (
            <>
              <Counts deliveries={data} partial={next_cursor !== null} />
              <Table
                caption="Deliveries"
                columns={["Event", "State", "#Attempts", "Last error", "Made", "Next attempt", "Action"]}
              >
                {data.map((row) => (
                  <tr key={row.id}>
                    <td>
                      {row.event_type}
                      <small>{row.id}</small>
                    </td>
                    <td>
                      <Badge tone={tones[row.status]}>{row.status}</Badge>
                    </td>
                    <td class="number">{count(row.attempts_total)}</td>
                    <td class="long">{row.last_error ?? "–"}</td>
                    <td title={instant(row.created_at)}>{ago(row.created_at)}</td>
                    <td title={instant(row.next_attempt_at)}>{ago(row.next_attempt_at)}</td>
                    <td>
                      <button
                        type="button"
                        disabled={busy !== null}
                        aria-label={`Redeliver ${row.event_type} ${row.id}`}
                        onClick={() => redeliver(row)}
                      >
                        Redeliver
                      </button>
                    </td>
                  </tr>
                ))}
              </Table>
            </>
          )}
      </Loaded>
    </Panel>
  );
}

/** How many of those shown are in which state. */
function Counts({ deliveries, partial }: { deliveries: Delivery[]; partial: boolean }) {
  const states = Object.entries(Object.groupBy(deliveries, ({ status }) => status));
  return (
    <p class="note states">
      {partial ? "Of the newest 50: " : ""}
      {states.map(([state, rows]) => (
        <Badge key={state} tone={tones[state as Delivery["status"]]}>{rows?.length} {state}</Badge>
      ))}
    </p>
  );
}
