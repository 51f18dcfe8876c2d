/** Answers with an object's bytes: whole or one range, conditional, streamed from disk. */
import { errors } from "./errors.ts";
import type { ObjectFiles } from "./files.ts";
import type { ObjectRow } from "./objects.ts";

type Range = { start: number; end: number };

/** The response to GET or HEAD for `object`; `?download` makes it an attachment. */
export async function sendObject(
  files: ObjectFiles,
  object: ObjectRow,
  request: Request,
  url: URL,
): Promise<Response> {
  const size = await files.size(object.version);
  if (size === null) throw errors.noSuchKey();
  const headers = describe(object, url);
  if (isCurrent(request.headers, headers)) return new Response(null, { status: 304, headers });

  const range = mayRange(request.headers, headers) ? parseRange(request.headers.get("range"), size) : null;
  const { start, end } = range ?? { start: 0, end: size - 1 };
  headers.set("content-length", String(end - start + 1));
  if (range) headers.set("content-range", `bytes ${start}-${end}/${size}`);
  const body = request.method === "HEAD" ? null : await files.read(object.version, start, end - start + 1);
  return new Response(body, { status: range ? 206 : 200, headers });
}

function describe({ metadata, name }: ObjectRow, url: URL): Headers {
  const headers = new Headers({
    "content-type": metadata.mimetype,
    "cache-control": metadata.cacheControl,
    "accept-ranges": "bytes",
    etag: metadata.eTag,
    "last-modified": new Date(metadata.lastModified).toUTCString(),
  });
  const wanted = url.searchParams.get("download");
  if (wanted !== null) {
    const fileName = wanted || name.split("/").pop()!;
    headers.set("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`);
  }
  return headers;
}

function isCurrent(asked: Headers, current: Headers): boolean {
  const tags = asked.get("if-none-match");
  if (tags) return tags.split(",").some((tag) => tag.trim() === current.get("etag") || tag.trim() === "*");
  const since = Date.parse(asked.get("if-modified-since") ?? "");
  return since >= Date.parse(current.get("last-modified")!);
}

/** If-Range: the part is wanted only of the very version the client has; otherwise it gets the whole. */
function mayRange(asked: Headers, current: Headers): boolean {
  const version = asked.get("if-range");
  return version === null || version === current.get("etag") || version === current.get("last-modified");
}

/** One range of bytes; several ranges or another unit mean the whole object, as RFC 9110 allows. */
function parseRange(header: string | null, size: number): Range | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.replaceAll(" ", "") ?? "");
  if (!match || (match[1] === "" && match[2] === "")) return null;
  const [first, last] = [match[1]!, match[2]!];
  const range = first === ""
    ? { start: Math.max(size - Number(last), 0), end: size - 1 }
    : { start: Number(first), end: last === "" ? size - 1 : Math.min(Number(last), size - 1) };
  if (first !== "" && last !== "" && Number(last) < Number(first)) return null;
  if (range.start >= size) throw errors.invalidRange(size);
  return range;
}
