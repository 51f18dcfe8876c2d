/** What the OpenAPI document says about the api function as a whole. */
export const about = {
  title: "Odyssey API",
  description: "Multi-tenant nutrition platform: catalogue, search, ingestion.\n\n" +
    "Every request but those of the tag Service carries an Appwrite JWT. The vendor follows from the caller's " +
    "membership. Errors are RFC 9457 problems; their `type` is a path below this API's base. Unknown parameters and " +
    "fields are refused. Lists are paged by opaque cursors.",
  tags: [
    { name: "Identity", description: "Who the caller is, and the token exchange." },
    { name: "Members", description: "The people of the caller's vendor." },
    { name: "Platform", description: "Vendors, and break-glass into one of them; for superadmins." },
    { name: "Audit", description: "Who did what, and proof that nobody changed the record." },
    { name: "Products", description: "The vendor's catalogue." },
    { name: "Customers", description: "The vendor's customers, their consents and lists." },
    { name: "Health", description: "Health profiles: with consent, audited." },
    { name: "Diet rules", description: "What conditions ask of a diet." },
    { name: "Matching", description: "Products that suit a customer, and how they are scored." },
    { name: "Ingestion", description: "Files into the catalogue." },
    { name: "Connectors", description: "Products fetched from other APIs." },
    { name: "Webhooks", description: "Events told to the vendor's own servers, and what became of each telling." },
    { name: "Taxonomy", description: "Categories, tags, allergens and other terms; synonyms." },
    { name: "Workflows", description: "What happened under a super id." },
    { name: "Synthetic data", description: "Made-up data, to try the platform with." },
    { name: "Operations", description: "How the platform fares: figures and alerts, for its operators." },
    { name: "Service", description: "The service itself." },
  ],
};
