/** @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import { useContext, useId } from "preact/hooks";
import { createContext } from "preact";
import type { Polled } from "./live.ts";
import type { Problem } from "./problem.ts";

/** Says something to screen readers without moving the focus. */
export const Announce = createContext<(text: string) => void>(() => {});
export const useAnnounce = (): (text: string) => void => useContext(Announce);

interface PanelProps {
  title: string;
  note?: ComponentChildren;
  actions?: ComponentChildren;
  wide?: boolean;
  children: ComponentChildren;
}

/** A titled region of the page. */
export function Panel({ title, note, actions, wide, children }: PanelProps) {
  const id = useId();
  return (
    <section class={wide ? "panel wide" : "panel"} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {note && <span class="note">{note}</span>}
        {actions && <span class="actions">{actions}</span>}
      </header>
      {children}
    </section>
  );
}

/** `title: detail`, and the request id to quote. A refusal is plain information, other problems are alerts. */
export function ProblemNote({ problem }: { problem: Problem }) {
  const isRefusal = problem.status === 403;
  return (
    <p class={isRefusal ? "problem quiet" : "problem"} role={isRefusal ? "note" : "alert"}>
      <strong>{problem.title}</strong>: {problem.detail}
      {problem.requestId && (
        <small>
          Request <code>{problem.requestId}</code>
        </small>
      )}
    </p>
  );
}

/** What a poll has brought: its problem, or that it is under way, or its data drawn by `children`. */
export function Loaded<T>({ from, children }: { from: Polled<T>; children: (data: T) => ComponentChildren }) {
  return (
    <>
      {from.problem && <ProblemNote problem={from.problem} />}
      {from.data === null ? !from.problem && <p class="empty">Loading …</p> : children(from.data)}
    </>
  );
}

export type Tone = "good" | "bad" | "busy" | "warn" | "plain";

/** A state as a word; the colour only repeats it. */
export function Badge({ tone, children }: { tone: Tone; children: ComponentChildren }) {
  return <span class={`badge ${tone}`}>{children}</span>;
}

/** One figure with its name. */
export function Stat({ name, value, tone }: { name: string; value: ComponentChildren; tone?: Tone }) {
  return (
    <div class={tone ? `stat ${tone}` : "stat"}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

interface TableProps {
  caption: string;
  /** A name that begins with "#" is a column of numbers. */
  columns: string[];
  children: ComponentChildren;
}

/** A table that scrolls sideways by itself where the page is narrow. */
export function Table({ caption, columns, children }: TableProps) {
  return (
    <div class="scroll" role="group" aria-label={caption} tabIndex={0}>
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col" class={name.startsWith("#") ? "number" : undefined}>
                {name.replace("#", "")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** A labelled form control. */
export function Field({ label, children, grow }: { label: string; children: ComponentChildren; grow?: boolean }) {
  return (
    <label class={grow ? "field grow" : "field"}>
      <span>{label}</span>
      {children}
    </label>
  );
}
