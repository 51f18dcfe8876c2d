/** What the peers are given to do: requests with the same headers and bodies as ours, to the same receiver. */
import { signatureHeaders } from "../../../functions/_shared/webhooks/sign.ts";
import { eventData, type Target } from "./system.ts";

/** One request to one endpoint. */
export interface PeerJob {
  url: string;
  secret: string;
  event_id: string;
  body: string;
}

/** The jobs of so many events, with the bodies our own events have. */
export function makeJobs({ vendorId, urls, secret }: Target, events: number): PeerJob[] {
  return Array.from({ length: events }).flatMap((_, n) => {
    const event_id = crypto.randomUUID();
    const body = JSON.stringify({
      event_id,
      event_type: "job.completed",
      vendor_id: vendorId,
      occurred_at: new Date().toISOString(),
      data: { ...eventData, job_id: n },
    });
    return urls.map((url) => ({ url, secret, event_id, body }));
  });
}

/** Makes the request as any program would, with fetch; throws when it does not succeed, as both peers want to be told. */
export async function doJob({ url, secret, event_id, body }: PeerJob): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...signatureHeaders([secret], event_id, Math.floor(Date.now() / 1000), body),
    },
    body,
    redirect: "manual",
    signal: AbortSignal.timeout(15_000),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
}
