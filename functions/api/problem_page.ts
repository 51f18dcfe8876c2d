import { isProblemSlug, problems } from "../_shared/http/problems.ts";
import { escape, page, prose } from "./page.ts";

/** The page of a kind of problem, or `undefined` where there is none of that name. */
export function problemPage(slug: string): string | undefined {
  if (!isProblemSlug(slug)) return undefined;
  const { status, title, about } = problems[slug];
  const head = `<h1>${escape(title)}</h1><p class="note"><code>/problems/${slug}</code> · HTTP ${status}</p>`;
  return page(title, `${head}${prose(about)}`);
}
