import { z } from "@hono/zod-openapi";
import { rpc } from "../_shared/rpc.ts";
import { jsonText } from "../_shared/http/respond.ts";
import type { Service } from "../_shared/http/service.ts";

const me = z.looseObject({}).openapi("Me");

/** Who the caller is to us. */
export function registerMe(service: Service): void {
  service.route({
    method: "get",
    path: "/v1/me",
    operationId: "getMe",
    summary: "Show the caller's user, vendor and role",
    tag: "Identity",
    access: "known",
    answers: { 200: { description: "The caller.", schema: me } },
  }, async ({ claims }) => jsonText((await rpc(claims, "get_me()")).body));
}
