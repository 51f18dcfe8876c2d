import type { RequestFacts } from "../call_context.ts";
import { type Claims, database } from "../database.ts";
import type { Identity } from "./identity.ts";

/** Writes down that somebody who was let in was refused something: the refused transaction itself leaves nothing. */
export async function auditRefusal(
  { source, subject }: Identity,
  claims: Claims | undefined,
  reason: string,
  request: RequestFacts,
): Promise<void> {
  await database()`
    select app.audit_refusal(
      appwrite_user_id => ${source === "appwrite" ? subject : null},
      vendor_id => ${claims?.vendor_id ?? null}::uuid,
      reason => ${reason},
      request => ${JSON.stringify(request)}::text::jsonb,
      claims => ${claims ? JSON.stringify(claims) : null}::text::jsonb
    )`;
}
