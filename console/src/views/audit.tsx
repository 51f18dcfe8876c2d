/** @jsxImportSource preact */
import { useCallback } from "preact/hooks";
import type { Api } from "../api.ts";
import { ago, count, instant } from "../format.ts";
import { usePolling } from "../live.ts";
import { Badge, Loaded, Panel, Stat, Table } from "../parts.tsx";
import type { AuditEntry, Page, Verification } from "../types.ts";
import type { ViewProps } from "../views.ts";

/** Whether the audit chain is as it was sealed, and the newest entries. */
export function Audit({ api }: ViewProps) {
  const load = useCallback(
    async (signal: AbortSignal) => (await api.get<Page<AuditEntry>>("/api/v1/audit", { limit: 25 }, signal)).body.data,
    [api],
  );
  const entries = usePolling(load, 20_000);
  return (
    <div class="grid">
      <ChainPanel api={api} />
      <Panel title="Newest entries" wide>
        <Loaded from={entries}>
          {(data) => (
            <Table caption="Audit entries" columns={["When", "Who", "Did", "To", "Request"]}>
              {data.map((entry) => (
                <tr key={entry.id}>
                  <td title={instant(entry.timestamp)}>{ago(entry.timestamp)}</td>
                  <td>
                    {entry.actor_client_id ?? "–"}
                    <small>{entry.actor_role}</small>
                  </td>
                  <td>
                    <code>{entry.action}</code>
                  </td>
                  <td>
                    {entry.entity}
                    <small>{entry.entity_id}</small>
                  </td>
                  <td>
                    <code>{entry.request_id ?? "–"}</code>
                  </td>
                </tr>
              ))}
            </Table>
          )}
        </Loaded>
      </Panel>
    </div>
  );
}

interface Chain extends Verification {
  /** Places looked at in all. */
  places: number;
}

/** The whole chain, a stretch a request; a break ends the walk. */
async function verifyChain(api: Api, signal: AbortSignal): Promise<Chain> {
  let places = 0;
  let from: number | undefined;
  while (true) {
    const { body } = await api.get<Verification>("/api/v1/audit/verify", { from_seq: from }, signal);
    places += body.checked;
    if (!body.valid || body.next_seq === null || places >= walkLimit) return { ...body, places };
    from = body.next_seq;
  }
}

/** Beyond this the console leaves the check to a job that is not a web page. */
const walkLimit = 1_000_000;

function ChainPanel({ api }: { api: Api }) {
  const load = useCallback((signal: AbortSignal) => verifyChain(api, signal), [api]);
  const chain = usePolling(load, 120_000);
  const again = <button type="button" onClick={chain.refresh}>Verify again</button>;
  return (
    <Panel title="Audit chain" actions={again} wide>
      <Loaded from={chain}>
        {({ valid, first_broken, places, next_seq, head }) => (
          <>
            <dl class="stats">
              <Stat
                name="State"
                value={valid ? <Badge tone="good">intact</Badge> : <Badge tone="bad">broken</Badge>}
                {...(valid ? {} : { tone: "bad" as const })}
              />
              <Stat name="Places checked" value={count(places)} />
              <Stat name="End of the chain" value={count(head.seq)} />
            </dl>
            {first_broken && (
              <p class="problem" role="alert">
                <strong>{first_broken.code}</strong>: the first at place {count(first_broken.seq)}, audit entry{" "}
                {count(first_broken.audit_id)}
              </p>
            )}
            {next_seq !== null && valid && <p class="note">Places from {count(next_seq)} on were not checked here.</p>}
            <p class="note">
              Head <code class="hash">{head.hash}</code>
            </p>
          </>
        )}
      </Loaded>
    </Panel>
  );
}
