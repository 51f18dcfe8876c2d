/** The SQL that seeds services and questions, made from the catalogue of the construction function. */
import { microServices } from "../../functions/construction/catalogue/micro_services.ts";
import { questionBlocks } from "../../functions/construction/catalogue/question_blocks.ts";
import type { QuestionBlock } from "../../functions/construction/catalogue/types.ts";

const header =
  "-- Generated from functions/construction/catalogue/ by node scripts/run.mjs construction_seeds. Do not edit.\n";

/** File names and texts: the services, and the questions of each category with those of its services. */
export function renderConstructionSeeds(): Map<string, string> {
  const byCategory = Map.groupBy(questionBlocks, ({ applies_to }) => applies_to?.split("/")[0] ?? "all");
  return new Map([
    ["micro_services.sql", `${header}select app.seed_micro_services(${literal(listOf(microServices))});\n`],
    ...[...byCategory].map(([category, blocks]) =>
      [`questions_of_${category}.sql`, header + blocks.map(blockStatement).join("")] as const
    ),
  ]);
}

function blockStatement({ key, version, applies_to, position, questions }: QuestionBlock): string {
  const place = applies_to === null ? "null" : `'${applies_to}'`;
  return `select app.seed_question_block(\n  '${key}', ${version}, ${place}, ${position}, ${
    literal(listOf(questions))
  }\n);\n`;
}

/** A list with one element a line; what would be too wide is broken up in the same way, level by level. */
function listOf(elements: readonly unknown[]): string {
  return write(elements, "", true);
}

function write(value: unknown, indent: string, isBroken = false, label = ""): string {
  const line = JSON.stringify(value, null, 1).replace(/\n\s*/g, " ");
  const isLeaf = typeof value !== "object" || value === null;
  if (isLeaf || (!isBroken && indent.length + label.length + line.length < 120)) return line;
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((element) => inner + write(element, inner))
    : Object.entries(value).map(([key, element]) => {
      const label = `${JSON.stringify(key)}: `;
      return inner + label + write(element, inner, false, label);
    });
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${parts.join(",\n")}\n${indent}${close}`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
