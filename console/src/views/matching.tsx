/** @jsxImportSource preact */
import { useCallback, useState } from "preact/hooks";
import type { Answer } from "../api.ts";
import { count, milliseconds, percent, time, words } from "../format.ts";
import { usePolling } from "../live.ts";
import { Field, Panel, ProblemNote, Table, useAnnounce } from "../parts.tsx";
import type { Problem } from "../problem.ts";
import type { Customer, Match, Matches, Page } from "../types.ts";
import type { ViewProps } from "../views.ts";

/** Asks GET /v1/matches/{customer_id} and lays open how each score came about. */
export function Matching({ api }: ViewProps) {
  const announce = useAnnounce();
  const [answer, setAnswer] = useState<Answer<Matches> | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const load = useCallback(
    async (signal: AbortSignal) =>
      (await api.get<Page<Customer>>("/api/v1/customers", { limit: 50 }, signal)).body.data,
    [api],
  );
  const customers = usePolling(load, 300_000);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    const customer = encodeURIComponent(String(given.get("customer")).trim());
    setBusy(true);
    setProblem(null);
    try {
      const matches = await api.get<Matches>(`/api/v1/matches/${customer}`, { k: String(given.get("k")) });
      setAnswer(matches);
      announce(`${matches.body.results.length} matches`);
    } catch (error) {
      setAnswer(null);
      setProblem(error as Problem);
    }
    setBusy(false);
  };

  return (
    <div class="grid">
      <Panel title="Match playground" note="GET /v1/matches/{customer_id} · each request is audited" wide>
        <form class="row" onSubmit={submit}>
          <Field label="Customer id" grow>
            <input name="customer" required list="customers" spellcheck={false} autocomplete="off" />
          </Field>
          <datalist id="customers">
            {customers.data?.map(({ id, external_id, full_name }) => (
              <option key={id} value={id}>{full_name ?? external_id}</option>
            ))}
          </datalist>
          <Field label="Results">
            <input name="k" type="number" min={1} max={100} defaultValue="20" />
          </Field>
          <button type="submit" class="primary" disabled={busy}>Match</button>
        </form>
        {problem && <ProblemNote problem={problem} />}
        {answer && <Results answer={answer} />}
      </Panel>
    </div>
  );
}

function Results({ answer: { body, ms, requestId } }: { answer: Answer<Matches> }) {
  return (
    <>
      <p class="note">
        {body.results.length} matches · {body.cached ? `cached at ${time(body.generated_at)}` : "computed now"} ·{" "}
        {milliseconds(ms)} · catalogue version {count(body.catalog_version)} · request <code>{requestId}</code>
      </p>
      <p class="note">Products that each hard filter excludes</p>
      <dl class="counts">
        {Object.entries(body.excluded).map(([filter, products]) => (
          <div key={filter}>
            <dt>{words(filter)}</dt>
            <dd>{count(products)}</dd>
          </div>
        ))}
      </dl>
      {body.results.length === 0
        ? <p class="empty">Every product is excluded by a hard filter.</p>
        : <ol class="matches">{body.results.map((match) => <MatchRow key={match.product_id} match={match} />)}</ol>}
    </>
  );
}

const parts = ["preference_fit", "budget_fit", "recency"] as const;

function MatchRow({ match: { rank, score, product, breakdown, reasons } }: { match: Match }) {
  return (
    <li>
      <div class="job-head">
        <span class="rank">{rank}</span>
        <strong>{product.name}</strong>
        <span class="note">{product.brand}</span>
        <span class="score">{score.toFixed(3)}</span>
      </div>
      <dl class="parts">
        {parts.map((part) => (
          <div key={part}>
            <dt>{words(part)}</dt>
            <dd>
              <meter class={part} min={0} max={1} value={breakdown[part].value} aria-label={words(part)} />
              {breakdown[part].value.toFixed(2)} × {breakdown[part].weight.toFixed(2)} ={" "}
              <strong>{breakdown[part].points.toFixed(3)}</strong>
            </dd>
          </div>
        ))}
      </dl>
      {reasons.length > 0 && <ul class="reasons">{reasons.map((reason) => <li key={reason}>{reason}</li>)}</ul>}
      {breakdown.unknown_allergens.length > 0 && (
        <p class="problem">Nothing rules out {breakdown.unknown_allergens.join(", ")}.</p>
      )}
      {breakdown.budget_fit.nutrients.length > 0 && (
        <details>
          <summary>Nutrients of {product.name}</summary>
          <Nutrients match={breakdown.budget_fit.nutrients} />
        </details>
      )}
    </li>
  );
}

function Nutrients({ match }: { match: Match["breakdown"]["budget_fit"]["nutrients"] }) {
  return (
    <Table
      caption="Nutrients"
      columns={["Nutrient", "Kind", "#In a serving", "#Daily", "#Share", "#Fit", "Because of"]}
    >
      {match.map((row) => (
        <tr key={row.nutrient + row.kind}>
          <td>{words(row.nutrient)}</td>
          <td>{row.kind}</td>
          <td class="number">{row.amount ?? "not stated"}</td>
          <td class="number">{count(row.daily)}</td>
          <td class="number">{percent(row.share === null ? null : row.share * 100)}</td>
          <td class="number">{row.fit.toFixed(2)}</td>
          <td>{words(row.condition)}</td>
        </tr>
      ))}
    </Table>
  );
}
