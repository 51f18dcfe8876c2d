/** Reads multipart/form-data. Deno's own parser drops a part with an empty name, which is how supabase-js sends a file. */
import { errors } from "./errors.ts";

/** A file has a content type (or a file name); a field is text. */
export type FormPart = { name: string; isFile: boolean; contentType: string | null; content: Uint8Array<ArrayBuffer> };

const blankLine = new TextEncoder().encode("\r\n\r\n");

/** The parts of a form in memory, in their order. */
export function parseForm(body: Uint8Array<ArrayBuffer>, contentType: string): FormPart[] {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  if (!boundary) throw errors.invalidParameter("The form names no boundary");
  const delimiter = new TextEncoder().encode(`\r\n--${boundary[1] ?? boundary[2]}`);
  const parts: FormPart[] = [];
  // The first delimiter stands at the start of the body, without its line break.
  let start = delimiter.length - 2;
  for (let end = find(body, delimiter, start); end !== -1; end = find(body, delimiter, start)) {
    parts.push(parsePart(body.subarray(start + 2, end)));
    start = end + delimiter.length;
  }
  return parts;
}

function parsePart(bytes: Uint8Array<ArrayBuffer>): FormPart {
  const end = find(bytes, blankLine, 0);
  if (end === -1) throw errors.invalidParameter("The form is damaged");
  const head = new TextDecoder().decode(bytes.subarray(0, end));
  return {
    name: /\bname="([^"]*)"/i.exec(head)?.[1] ?? "",
    isFile: /\bfilename\*?=/i.test(head),
    contentType: /^content-type: *(.+)$/im.exec(head)?.[1]?.trim() ?? null,
    content: bytes.subarray(end + blankLine.length),
  };
}

function find(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(wanted[0]!, from); at !== -1; at = bytes.indexOf(wanted[0]!, at + 1)) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}
