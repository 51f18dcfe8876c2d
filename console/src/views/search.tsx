/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import type { Answer, Query } from "../api.ts";
import { milliseconds } from "../format.ts";
import { Badge, Field, Panel, ProblemNote, Table, useAnnounce } from "../parts.tsx";
import type { Problem } from "../problem.ts";
import type { Product, ProductPage } from "../types.ts";
import type { ViewProps } from "../views.ts";

interface Result {
  query: Query;
  products: Product[];
  last: Answer<ProductPage>;
}

/** Asks GET /v1/search/products with its filters and shows what it answers, scores and time included. */
export function Search({ api }: ViewProps) {
  const announce = useAnnounce();
  const [result, setResult] = useState<Result | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  const ask = async (query: Query, before: Product[]) => {
    setBusy(true);
    setProblem(null);
    try {
      const last = await api.get<ProductPage>("/api/v1/search/products", query);
      const products = [...before, ...last.body.data];
      setResult({ query, products, last });
      announce(`${products.length} products`);
    } catch (error) {
      setResult(null);
      setProblem(error as Problem);
    }
    setBusy(false);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(event.currentTarget as HTMLFormElement)) as Record<string, string>;
    ask(Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value.trim()])), []);
  };

  const cursor = result?.last.body.next_cursor;
  return (
    <div class="grid">
      <Panel title="Search playground" note="GET /v1/search/products" wide>
        <form class="row" role="search" onSubmit={submit}>
          <Field label="Words" grow>
            <input name="q" type="search" required maxLength={500} />
          </Field>
          <Field label="Brand">
            <input name="brand" maxLength={500} />
          </Field>
          <Field label="Any of these tags">
            <input name="tags.any" placeholder="vegan,organic" />
          </Field>
          <Field label="None of these allergens">
            <input name="allergens.none" placeholder="milk,peanuts" />
          </Field>
          <Field label="Status">
            <select name="status">
              <option value="">any</option>
              <option>active</option>
              <option>inactive</option>
            </select>
          </Field>
          <Field label="Order">
            <select name="sort">
              <option value="relevance">relevance</option>
              <option value="-updated_at">newest change</option>
            </select>
          </Field>
          <Field label="Limit">
            <input name="limit" type="number" min={1} max={200} defaultValue="20" />
          </Field>
          <button type="submit" class="primary" disabled={busy}>Search</button>
        </form>
        {problem && <ProblemNote problem={problem} />}
        {result && (
          <>
            <p class="note">
              {result.products.length} shown · {milliseconds(result.last.ms)} · request{" "}
              <code>{result.last.requestId}</code>
              {result.last.body.corrected && ` · corrected to “${result.last.body.corrected.to}”`}
              {result.last.body.completed && " · the last word was completed"}
            </p>
            {result.products.length === 0
              ? <p class="empty">Nothing matches.</p>
              : <Results products={result.products} />}
            {cursor && (
              <button
                type="button"
                disabled={busy}
                onClick={() => ask({ ...result.query, cursor }, result.products)}
              >
                More
              </button>
            )}
          </>
        )}
      </Panel>
    </div>
  );
}

function Results({ products }: { products: Product[] }) {
  const best = Math.max(...products.map(({ score }) => score ?? 0));
  return (
    <Table caption="Products found" columns={["Product", "Brand", "#Score", "#Price", "Allergens", "Tags", "Status"]}>
      {products.map((product) => (
        <tr key={product.id}>
          <td class="long">
            {product.name}
            <small>{product.external_id}</small>
          </td>
          <td>{product.brand ?? "–"}</td>
          <td class="number">
            {product.score === undefined ? "–" : (
              <span class="scored">
                <meter min={0} max={best || 1} value={product.score} aria-hidden="true" />
                {product.score.toFixed(3)}
              </span>
            )}
          </td>
          <td class="number">{product.price === null ? "–" : `${product.price} ${product.currency}`}</td>
          <td>{named(product.allergens)}</td>
          <td>{product.dietary_tags?.join(", ") || "–"}</td>
          <td>
            <Badge tone={product.status === "active" ? "good" : "plain"}>{product.status}</Badge>
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** Unknown and declared to be none are different things. */
function named(allergens: string[] | null): string {
  if (allergens === null) return "unknown";
  return allergens.join(", ") || "none declared";
}
