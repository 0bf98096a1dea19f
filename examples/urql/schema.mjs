// Fetches the schema that queries are checked against, from the server that they will ask.
import { writeFileSync } from "node:fs";

const { SIXTYONE_URL = "http://127.0.0.1:8000" } = process.env;
const response = await fetch(`${SIXTYONE_URL}/schema.graphql`);
if (!response.ok) throw new Error(`${response.url} answers ${response.status}.`);
writeFileSync("schema.graphql", await response.text());
