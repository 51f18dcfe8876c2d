import type postgres from "postgres";
import { graphileWorker } from "./graphile_worker.ts";
import { odyssey } from "./odyssey.ts";
import { pgBoss } from "./pg_boss.ts";
import type { System } from "./system.ts";

export const makeSystems = (sql: postgres.Sql, dbUrl: string): System[] => [
  odyssey(sql, dbUrl),
  graphileWorker(sql, dbUrl),
  pgBoss(sql, dbUrl),
];
