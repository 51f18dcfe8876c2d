/** @jsxImportSource preact */
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { Table } from "./parts.tsx";

export interface Series {
  label: string;
  /** Name of a colour in styles/base.css, such as `--blue`. */
  color: string;
  values: (number | null)[];
  /** Colour of the area below. */
  fill?: string;
}

interface PlotProps {
  title: string;
  /** Seconds since 1970. */
  times: number[];
  series: Series[];
  format: (value: number | null) => string;
}

const height = 180;
const darkScheme = matchMedia("(prefers-color-scheme: dark)");

/** Lines over time, drawn by uPlot; the same figures stand in a table for who cannot see them. */
export function Plot({ title, times, series, format }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const data = [times, ...series.map(({ values }) => values)] as uPlot.AlignedData;

  useEffect(() => {
    const element = box.current!;
    const draw = () => {
      plot.current?.destroy();
      plot.current = new uPlot(options(element, series, format), plot.current?.data ?? data, element);
    };
    draw();
    darkScheme.addEventListener("change", draw);
    const watch = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height }));
    watch.observe(element);
    return () => {
      darkScheme.removeEventListener("change", draw);
      watch.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, []);
  useEffect(() => plot.current?.setData(data), [times]);

  const said = series.map(({ label, values }) => {
    const known = values.filter((value) => value !== null);
    return `${label} now ${format(values.at(-1) ?? null)}, at most ${format(known.length ? Math.max(...known) : null)}`;
  });
  return (
    <figure class="plot">
      <div ref={box} role="img" aria-label={`${title}: ${said.join("; ")}`} />
      <details>
        <summary>{title} as a table</summary>
        <Table caption={title} columns={["Time", ...series.map(({ label }) => `#${label}`)]}>
          {times.map((at, index) => (
            <tr key={at}>
              <td>{clock.format(at * 1000)}</td>
              {series.map(({ label, values }) => <td key={label} class="number">{format(values[index] ?? null)}</td>)}
            </tr>
          )).reverse()}
        </Table>
      </details>
    </figure>
  );
}

function options(element: HTMLElement, series: Series[], format: PlotProps["format"]): uPlot.Options {
  const color = (name: string) => resolveColor(element, name);
  const axis = {
    stroke: color("--soft"),
    font: `11px ${getComputedStyle(element).fontFamily}`,
    grid: { stroke: color("--line"), width: 1 },
    ticks: { show: false },
  };
  return {
    width: element.clientWidth,
    height,
    padding: [8, 18, 0, 0],
    cursor: { points: { size: 6 }, drag: { x: false, y: false } },
    scales: { y: { range: (_, __, max) => [0, Math.max(max * 1.1, 1)] } },
    axes: [
      { ...axis, space: 60, size: 26, values: (_, splits) => splits.map((at) => clock.format(at * 1000)) },
      { ...axis, size: 56, values: (_, splits) => splits.map((value) => format(value)) },
    ],
    series: [
      { value: (_, at) => at === null ? "–" : clock.format(at * 1000) },
      ...series.map((each) => ({
        label: each.label,
        stroke: color(each.color),
        width: 1.5,
        ...(each.fill ? { fill: color(each.fill) } : {}),
        points: { show: true, size: 5, filter: isolated },
        value: (_: uPlot, value: number | null) => format(value),
      })),
    ],
  };
}

/** A figure without neighbours makes no line, so it is drawn as a point. */
function isolated(plot: uPlot, index: number): number[] {
  const values = plot.data[index] ?? [];
  return Array.from(values, (_, at) => at).filter((at) =>
    values[at] != null && values[at - 1] == null && values[at + 1] == null
  );
}

/** The canvas knows no `light-dark()`; a computed colour is always a plain one. */
function resolveColor(element: HTMLElement, name: string): string {
  element.style.color = `var(${name})`;
  const { color } = getComputedStyle(element);
  element.style.color = "";
  return color;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
