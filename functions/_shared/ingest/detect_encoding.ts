import type { Encoding } from "./dialect.ts";

/** Letters that names of foods and makers really use; what tells the one-byte encodings apart. */
const likelyLetters = /[éèêëàâäáãåçñöôóòõüûúùîïíìßœæøÉÈÀÇÖÜÄÅØÑ’‘“”–—…°®™«»€]/g;
const unlikelyLetters = /[\u0080-\u009f\ufffd‡†ŽžŠšƒˆ˜‰¬√∂∆∏∑Ω≈◊ﬁﬂ˘˙˚˝˛ˇıÞþÐðÝý¦¤¹³]/g;
/** é of Windows-1252 is È in Mac Roman: a capital in the middle of a word. */
const misplacedCapitals = /\p{Ll}[À-ÖØ-ÞŒŠŸŽ]/gu;

/** Finds the encoding from samples of the file; the first sample must be its beginning. */
export function detectEncoding(samples: readonly Uint8Array[]): { encoding: Encoding; bom_bytes: number } {
  const head = samples[0] ?? new Uint8Array();
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: "utf-8", bom_bytes: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: "utf-16le", bom_bytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: "utf-16be", bom_bytes: 2 };
  const wide = utf16WithoutMark(head);
  if (wide) return { encoding: wide, bom_bytes: 0 };
  const counts = samples.map(countUtf8Sequences);
  const valid = counts.reduce((sum, count) => sum + count.valid, 0);
  const invalid = counts.reduce((sum, count) => sum + count.invalid, 0);
  // Damaged bytes in a UTF-8 file are row errors; in an 8-bit file hardly any bytes happen to form a valid sequence.
  if (invalid <= valid) return { encoding: "utf-8", bom_bytes: 0 };
  return { encoding: likeliestOneByteEncoding(samples), bom_bytes: 0 };
}

/** Western text in UTF-16 has a zero in every other byte. */
function utf16WithoutMark(head: Uint8Array): Encoding | null {
  const length = Math.min(head.length, 4096) & ~1;
  if (length < 4) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  const half = length / 2;
  if (odd > half * 0.4 && even < half * 0.1) return "utf-16le";
  if (even > half * 0.4 && odd < half * 0.1) return "utf-16be";
  return null;
}

/** Counts multi-byte sequences that are whole and runs of bytes that fit none; one cut by the sample's ends is neither. */
function countUtf8Sequences(sample: Uint8Array): { valid: number; invalid: number } {
  let valid = 0;
  let invalid = 0;
  let damagedUntil = -1;
  let i = 0;
  while (i < 3 && i < sample.length && (sample[i]! & 0xc0) === 0x80) i++;
  while (i < sample.length) {
    const byte = sample[i]!;
    if (byte < 0x80) {
      i++;
      continue;
    }
    const length = byte >= 0xf0 && byte < 0xf5
      ? 4
      : byte >= 0xe0 && byte < 0xf0
      ? 3
      : byte >= 0xc2 && byte < 0xe0
      ? 2
      : 0;
    let seen = 1;
    while (seen < length && i + seen < sample.length && (sample[i + seen]! & 0xc0) === 0x80) seen++;
    if (length > 0 && seen === length) valid++;
    else if (length === 0 || i + seen < sample.length) {
      if (damagedUntil !== i) invalid++;
      damagedUntil = i + seen;
    }
    i += seen;
  }
  return { valid, invalid };
}

function likeliestOneByteEncoding(samples: readonly Uint8Array[]): Encoding {
  const score = (encoding: Encoding) => {
    const decoder = new TextDecoder(encoding);
    return samples.reduce((sum, sample) => {
      const text = decoder.decode(sample);
      return sum + count(text, likelyLetters) - count(text, unlikelyLetters) - count(text, misplacedCapitals);
    }, 0);
  };
  return score("macintosh") > score("windows-1252") ? "macintosh" : "windows-1252";
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
