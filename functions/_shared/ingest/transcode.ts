import type { Encoding } from "./dialect.ts";

/** A piece of the file as UTF-8, and the way back from its end to a place in the file. */
export type Utf8Piece = {
  utf8: Uint8Array;
  /** How many bytes of the file stand behind the first `length` bytes of `utf8`. */
  sourceBytes(length: number): number;
};

/**
 * Reads a piece of the file as UTF-8. The piece must begin on a character; a character cut at its end stays outside.
 * UTF-8 passes through untouched, so damaged bytes reach the splitter, which reports their rows.
 */
export function toUtf8(piece: Uint8Array, encoding: Encoding, atEnd: boolean): Utf8Piece {
  if (encoding === "utf-8") return { utf8: piece, sourceBytes: (length) => length };
  const bytesPerUnit = encoding === "utf-16le" || encoding === "utf-16be" ? 2 : 1;
  const whole = bytesPerUnit === 2 ? wholeUtf16Length(piece, encoding === "utf-16le") : piece.length;
  // At the end of the file half a character is dropped with the record it stands in.
  const rest = atEnd ? piece.length - whole : 0;
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(piece.subarray(0, whole));
  const utf8 = new TextEncoder().encode(text);
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return {
    utf8,
    // Every encoding here writes one unit for one UTF-16 code unit. The shorter side is the one to decode again.
    sourceBytes: (length) =>
      length * 2 < utf8.length
        ? decoder.decode(utf8.subarray(0, length)).length * bytesPerUnit
        : whole - decoder.decode(utf8.subarray(length)).length * bytesPerUnit + (length === utf8.length ? rest : 0),
  };
}

/** Leaves out half a code unit, and a high surrogate whose other half is still to come. */
function wholeUtf16Length(piece: Uint8Array, littleEndian: boolean): number {
  const even = piece.length - (piece.length % 2);
  if (even === 0) return 0;
  const high = littleEndian ? piece[even - 1]! : piece[even - 2]!;
  return (high & 0xfc) === 0xd8 ? even - 2 : even;
}
