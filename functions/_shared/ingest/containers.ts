/** Files that are not delimited text but are often sent as such, known by their first bytes. */
const containers: readonly { name: string; remedy: string; magic: readonly number[] }[] = [
  {
    name: "a ZIP archive or an Excel workbook (.xlsx)",
    remedy: "Unpack the archive, or save the sheet as CSV (UTF-8), and upload that file.",
    magic: [0x50, 0x4b, 0x03, 0x04],
  },
  {
    name: "an empty ZIP archive",
    remedy: "Unpack the archive and upload the CSV file in it.",
    magic: [0x50, 0x4b, 0x05, 0x06],
  },
  {
    name: "an old Excel workbook (.xls)",
    remedy: "Save the sheet as CSV (UTF-8) and upload that file.",
    magic: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
  },
  { name: "a gzip archive", remedy: "Decompress the file and upload the CSV in it.", magic: [0x1f, 0x8b] },
  { name: "a bzip2 archive", remedy: "Decompress the file and upload the CSV in it.", magic: [0x42, 0x5a, 0x68] },
  {
    name: "an xz archive",
    remedy: "Decompress the file and upload the CSV in it.",
    magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
  },
  {
    name: "a Zstandard archive",
    remedy: "Decompress the file and upload the CSV in it.",
    magic: [0x28, 0xb5, 0x2f, 0xfd],
  },
  {
    name: "a 7-Zip archive",
    remedy: "Unpack the archive and upload the CSV file in it.",
    magic: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c],
  },
  {
    name: "a RAR archive",
    remedy: "Unpack the archive and upload the CSV file in it.",
    magic: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07],
  },
  {
    name: "a SQLite database",
    remedy: "Export the table as CSV (UTF-8) and upload that file.",
    magic: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66, 0x6f, 0x72, 0x6d, 0x61, 0x74, 0x20, 0x33],
  },
  {
    name: "a PDF document",
    remedy: "Export the table as CSV (UTF-8) and upload that file.",
    magic: [0x25, 0x50, 0x44, 0x46, 0x2d],
  },
  {
    name: "a Parquet file",
    remedy: "Export the table as CSV (UTF-8) and upload that file.",
    magic: [0x50, 0x41, 0x52, 0x31],
  },
  { name: "a PNG image", remedy: "Upload a CSV file.", magic: [0x89, 0x50, 0x4e, 0x47] },
  { name: "a JPEG image", remedy: "Upload a CSV file.", magic: [0xff, 0xd8, 0xff] },
];

/** Names the container a file really is, or null where its first bytes could be delimited text. */
export function recogniseContainer(head: Uint8Array): { name: string; remedy: string } | null {
  for (const { name, remedy, magic } of containers) {
    if (magic.every((byte, index) => head[index] === byte)) return { name, remedy };
  }
  if (new TextDecoder("latin1").decode(head.subarray(257, 262)) === "ustar") {
    return { name: "a tar archive", remedy: "Unpack the archive and upload the CSV file in it." };
  }
  const start = new TextDecoder("latin1").decode(head.subarray(0, 512)).replace(/^\u00ef\u00bb\u00bf/, "").trimStart();
  if (/^<(\?xml|!doctype|html|table)/i.test(start)) {
    return { name: "an HTML or XML document", remedy: "Export the table as CSV (UTF-8) and upload that file." };
  }
  if (/^(\{\s*"|\[\s*[\[{])/.test(start)) {
    return { name: "a JSON document", remedy: "Send JSON items to POST /v1/products, or export the data as CSV." };
  }
  return null;
}
