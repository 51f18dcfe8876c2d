const style = `
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem}
code,pre{font:14px/1.45 ui-monospace,monospace}
pre{overflow:auto;padding:.75rem;border:1px solid #8885;border-radius:6px}
table{border-collapse:collapse;width:100%}
td,th{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #8884}
details{border:1px solid #8885;border-radius:6px;margin:.5rem 0;padding:.5rem .75rem}
summary{cursor:pointer}
.method{display:inline-block;min-width:4rem;font-weight:700;text-transform:uppercase}
.note{opacity:.75}`;

/** One self-contained page: nothing is fetched from elsewhere. */
export function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1">` +
    `<title>${escape(title)}</title><style>${style}</style></head><body>${body}</body></html>`;
}

export function escape(text: unknown): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return String(text ?? "").replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Escaped text in which words between backticks are code and blank lines part paragraphs. */
export function prose(text: string): string {
  return escape(text).split(/\n{2,}/).map((part) => `<p>${part.replace(/`([^`]+)`/g, "<code>$1</code>")}</p>`).join("");
}
