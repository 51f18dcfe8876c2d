/** Turns `column=operator.value` and the `and`, `or`, `not` groups into a condition. */
import { errors } from "./errors.ts";
import { parseField, type Source } from "./field.ts";
import { insideParentheses, splitOutside, unquote } from "./scan.ts";
import { arrayLiteral, identifier, type Parameters } from "./sql_text.ts";

/** Operators that take a value of the column's own type. */
const comparisons = new Map(Object.entries({
  eq: "=",
  neq: "<>",
  gt: ">",
  gte: ">=",
  lt: "<",
  lte: "<=",
  isdistinct: "is distinct from",
  cs: "@>",
  cd: "<@",
  ov: "&&",
  sl: "<<",
  sr: ">>",
  nxr: "&<",
  nxl: "&>",
  adj: "-|-",
}));

/** Operators on text; `*` stands for `%` in the first two. */
const patterns = new Map(Object.entries({ like: "like", ilike: "ilike", match: "~", imatch: "~*" }));

const textSearches = new Map(Object.entries({
  fts: "to_tsquery",
  plfts: "plainto_tsquery",
  phfts: "phraseto_tsquery",
  wfts: "websearch_to_tsquery",
}));

const truths = ["null", "not_null", "true", "false", "unknown"];

/** The condition for one entry of the query string; `key` is a column, a JSON path, or a group such as `not.or`. */
export function parseFilter(key: string, value: string, source: Source, parameters: Parameters): string {
  const group = /^(not\.)?(and|or)$/.exec(key);
  if (!group) return parseCondition(key, value, source, parameters);
  return parseGroup(Boolean(group[1]), group[2]!, value, source, parameters);
}

function parseGroup(negated: boolean, joint: string, list: string, source: Source, parameters: Parameters): string {
  const items = splitOutside(insideParentheses(list), ",").map((item) => {
    const inner = /^(not\.)?(and|or)(\(.*\))$/s.exec(item.trim());
    if (inner) return parseGroup(Boolean(inner[1]), inner[2]!, inner[3]!, source, parameters);
    const [field = "", ...rest] = splitOutside(item.trim(), ".");
    return parseCondition(field, rest.join("."), source, parameters, true);
  });
  return `${negated ? "not " : ""}(${items.join(` ${joint} `)})`;
}

/** `grouped` values may stand in quotes, so that they can hold commas and parentheses. */
function parseCondition(key: string, text: string, source: Source, parameters: Parameters, grouped = false): string {
  const match = /^(not\.)?([a-z]+)(?:\(([^)]*)\))?\.(.*)$/s.exec(text);
  if (!match) throw errors.badQuery(`"failed to parse filter (${text})"`, "unexpected input, expecting operator.value");
  const [, not, operator = "", modifier, rest = ""] = match;
  const value = grouped && operator !== "in" ? unquote(rest) : rest;
  const { sql, type } = parseField(key, source, parameters);
  const condition = render();
  return not ? `not (${condition})` : condition;

  function render(): string {
    const compared = comparisons.get(operator);
    if (compared) return quantified(compared, type ?? "text", value, (one) => one);
    const pattern = patterns.get(operator);
    if (pattern) {
      const widen = (one: string) => operator.endsWith("like") ? one.replaceAll("*", "%") : one;
      return quantified(pattern, "text", value, widen);
    }
    if (operator === "in") {
      const values = splitOutside(insideParentheses(value), ",").filter((one) => one !== "").map(unquote);
      return `${sql} = any(${parameters.add(arrayLiteral(values), `${type ?? "text"}[]`)})`;
    }
    if (operator === "is") {
      if (!truths.includes(value.toLowerCase())) {
        throw errors.badQuery(`"failed to parse filter (is.${value})"`, `expecting ${truths.join(", ")}`);
      }
      return `${sql} is ${value.toLowerCase().replace("_", " ")}`;
    }
    const search = textSearches.get(operator);
    if (!search) {
      throw errors.badQuery(`"failed to parse filter (${text})"`, `unknown operator ${operator}`);
    }
    const config = modifier ? `${parameters.add(modifier, "regconfig")}, ` : "";
    const vector = type === "tsvector" ? sql : `to_tsvector(${config}${sql})`;
    return `${vector} @@ ${search}(${config}${parameters.add(value)})`;
  }

  /** `op(any).{a,b}` and `op(all).{a,b}` compare with each element. */
  function quantified(symbol: string, as: string, operand: string, change: (one: string) => string): string {
    if (modifier !== "any" && modifier !== "all") return `${sql} ${symbol} ${parameters.add(change(operand), as)}`;
    const list = /^\{(.*)\}$/s.exec(operand)?.[1];
    if (list === undefined) throw errors.badQuery(`"failed to parse filter (${text})"`, "expecting {a,b}");
    const values = splitOutside(list, ",").map(unquote).map(change);
    return `${sql} ${symbol} ${modifier} (${parameters.add(arrayLiteral(values), `${as}[]`)})`;
  }
}

/** `order=a.desc.nullslast,b` as an ORDER BY list. */
export function parseOrder(text: string, source: Source, parameters: Parameters): string {
  return splitOutside(text, ",").map((term) => {
    const match = /^(.+?)((?:\.(?:asc|desc|nullsfirst|nullslast))*)$/s.exec(term.trim());
    if (!match) throw errors.badQuery(`"failed to parse order (${text})"`, "expecting a column");
    const words = match[2]!.split(".").filter(Boolean).map((word) => word.replace(/^nulls/, "nulls "));
    return [parseField(match[1]!, source, parameters).sql, ...words].join(" ");
  }).join(", ");
}

/** `select=a,b:c->>d::text` as a list of columns. Embedded tables are left out, and said to be. */
export function parseSelect(text: string, source: Source, parameters: Parameters): string {
  return splitOutside(text, ",").map((item) => item.trim()).filter(Boolean).map((item) => {
    if (item === "*") return `${identifier(source.name)}.*`;
    if (/\.(sum|avg|min|max|count)\(\)|^count\(\)/.test(item)) throw errors.noAggregates();
    const embedded = /^(?:\.\.\.)?(?:[^:(]+:)?([^!(]+)[^(]*\(/s.exec(item);
    if (embedded) throw errors.noEmbedding(source.name, embedded[1]!);
    const [, alias, path = "", cast] = /^(?:([^:>]+):(?!:))?(.+?)(?:::(.+))?$/s.exec(item) ?? [];
    const field = parseField(path, source, parameters);
    const value = cast ? `cast(${field.sql} as ${castType(cast)})` : field.sql;
    return `${value} as ${identifier(alias ? unquote(alias) : field.name)}`;
  }).join(", ");
}

function castType(text: string): string {
  if (/^[a-z_][a-z0-9_]*( precision| varying)?(\[\])?$/i.test(text)) return text;
  throw errors.badQuery(`"failed to parse select parameter (${text})"`, "expecting the name of a type");
}
