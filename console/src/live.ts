import { createContext } from "preact";
import { useCallback, useContext, useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "./problem.ts";

/** Whether panels refresh themselves now: not while the tab is hidden or somebody has pressed Pause. */
export const Live = createContext(true);

/** Whether the tab can be seen. */
export function useVisible(): boolean {
  const [visible, setVisible] = useState(!document.hidden);
  useEffect(() => {
    const look = () => setVisible(!document.hidden);
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return visible;
}

/** What a panel shows: the last good answer stays while a later one fails. */
export interface Polled<T> {
  data: T | null;
  problem: Problem | null;
  refresh: () => void;
}

/** The last attempt: what was asked, when, and whether asking again makes sense. */
interface Mark {
  load: unknown;
  asked: number;
  at: number;
  stopped: boolean;
}

/** Refusals that asking again will not change. */
const final = new Set([401, 403, 404]);

/**
 * Calls `load` now and every `everyMs` while the page is live; after 429 or 503 only when the service says so. The
 * first load happens even while paused, so that no panel stays empty. `load` must keep its identity between renders.
 */
export function usePolling<T>(load: (signal: AbortSignal) => Promise<T>, everyMs: number): Polled<T> {
  const live = useContext(Live);
  const [state, setState] = useState<{ data: T | null; problem: Problem | null }>({ data: null, problem: null });
  const [asked, setAsked] = useState(0);
  const last = useRef<Mark | null>(null);

  useEffect(() => {
    const previous = last.current;
    const isNew = previous?.load !== load;
    if (isNew) setState({ data: null, problem: null });
    const isAsked = isNew || previous?.asked !== asked;
    if (!live && !isAsked || previous?.stopped && !isAsked) return;

    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const run = async () => {
      let waitMs = everyMs;
      const mark: Mark = last.current = { load, asked, at: Date.now(), stopped: false };
      try {
        const data = await load(abort.signal);
        if (abort.signal.aborted) return;
        setState({ data, problem: null });
      } catch (error) {
        if (abort.signal.aborted) return void (mark.at = 0);
        if (!(error instanceof Problem)) throw error;
        setState(({ data }) => ({ data: error.status === 403 ? null : data, problem: error }));
        mark.stopped = final.has(error.status);
        waitMs = Math.max(waitMs, (error.retryAfter ?? 0) * 1000);
      }
      if (live && !mark.stopped) timer = setTimeout(run, waitMs);
    };
    const elapsed = isAsked ? Infinity : Date.now() - (previous?.at ?? 0);
    timer = setTimeout(run, Math.max(0, everyMs - elapsed));
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [load, everyMs, live, asked]);

  return { ...state, refresh: useCallback(() => setAsked((n) => n + 1), []) };
}
