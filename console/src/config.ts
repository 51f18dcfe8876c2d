/** Where the functions are. `config.json` lies beside the page, so one build serves any project. */
export interface Config {
  /** Base of the functions, absolute or from the page's own origin: `https://<ref>.supabase.co/functions/v1`. */
  functions_url: string;
}

/**
 * Reads `config.json`. A query parameter will not do in its place: a link could then lead a pasted token elsewhere.
 */
export async function loadConfig(): Promise<Config> {
  const response = await fetch("config.json", { cache: "no-cache" });
  if (!response.ok) throw new Error(`config.json: HTTP ${response.status}`);
  const { functions_url }: Partial<Config> = await response.json();
  if (typeof functions_url !== "string") throw new Error("config.json must name functions_url.");
  return { functions_url: new URL(functions_url, location.href).href.replace(/\/$/, "") };
}
