/** CORS as the hosted gateway answers it for Storage, PostgREST and Auth. Functions answer it themselves. */

const methods = "GET,HEAD,PUT,PATCH,POST,DELETE,OPTIONS,TRACE,CONNECT";

/** What a browser's script may read; the Upload-* and Tus-* ones are what a TUS client lives on. */
const exposed = "Content-Range, Content-Location, Location, ETag, Range, Preference-Applied, X-Total-Count, Link, " +
  "Upload-Offset, Upload-Length, Upload-Expires, Upload-Metadata, Upload-Concat, Upload-Defer-Length, " +
  "Tus-Resumable, Tus-Version, Tus-Extension, Tus-Max-Size";

/** The answer to a preflight; null for every other request. */
export function handlePreflight(request: Request): Response | null {
  if (request.method !== "OPTIONS" || !request.headers.has("access-control-request-method")) return null;
  return new Response(null, {
    headers: {
      "Access-Control-Allow-Origin": "*",
      "Access-Control-Allow-Methods": methods,
      "Access-Control-Allow-Headers": request.headers.get("access-control-request-headers") ?? "*",
      "Access-Control-Max-Age": "3600",
    },
  });
}

/** Lets any origin read the answer, unless the service has decided otherwise. */
export function withCors(request: Request, response: Response): Response {
  if (!request.headers.has("origin")) return response;
  const open = canChange(response.headers) ? response : new Response(response.body, response);
  if (!open.headers.has("access-control-allow-origin")) open.headers.set("Access-Control-Allow-Origin", "*");
  open.headers.set("Access-Control-Expose-Headers", exposed);
  return open;
}

function canChange(headers: Headers): boolean {
  try {
    headers.delete("x-odyssey-none");
    return true;
  } catch {
    return false;
  }
}
