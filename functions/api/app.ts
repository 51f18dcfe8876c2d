import { createService, type Service } from "../_shared/http/service.ts";
import { registerAppClients } from "./app_clients.ts";
import { registerAudit } from "./audit.ts";
import { registerBreakGlass } from "./break_glass.ts";
import { registerCatalog } from "./catalog.ts";
import { registerConnectors } from "./connectors.ts";
import { registerCustomers } from "./customers.ts";
import { registerDietRules } from "./diet_rules.ts";
import { registerDocumentation } from "./documentation.ts";
import { registerIngestion } from "./ingestion.ts";
import { registerMatching } from "./matching.ts";
import { registerMembers } from "./members.ts";
import { registerOperations } from "./operations.ts";
import { registerSynonyms } from "./synonyms.ts";
import { registerSynthetic } from "./synthetic.ts";
import { registerTaxonomy } from "./taxonomy.ts";
import { registerTenancy } from "./tenancy.ts";
import { registerSearch } from "./search.ts";
import { registerToken } from "./token.ts";
import { registerVendors } from "./vendors.ts";
import { registerWebhooks } from "./webhooks.ts";
import { registerWorkflows } from "./workflows.ts";

/** The api function, assembled: each domain adds its own routes. */
export function createApi(): Service {
  const service = createService({ name: "api", basePath: "/api" });
  registerTenancy(service);
  registerToken(service);
  registerMembers(service);
  registerVendors(service);
  registerAppClients(service);
  registerWorkflows(service);
  registerBreakGlass(service);
  registerAudit(service);
  registerCatalog(service);
  registerSearch(service);
  registerCustomers(service);
  registerDietRules(service);
  registerMatching(service);
  registerIngestion(service);
  registerConnectors(service);
  registerTaxonomy(service);
  registerSynonyms(service);
  registerSynthetic(service);
  registerWebhooks(service);
  registerOperations(service);
  registerDocumentation(service);
  return service;
}
