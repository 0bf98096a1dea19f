// Mercurius with graphql-jit on the SQLite file of DATABASE: prepared statements, one for all objects of a level.
import Database from "better-sqlite3";
import DataLoader from "dataloader";
import Fastify from "fastify";
import mercurius from "mercurius";

import { listen } from "./listening.mjs";

const schema = `
  type Query {
    commitments(first: Int!): Commitments!
    commitment(ref: String!): Commitment
  }
  type Commitments { nodes: [Commitment!]! }
  type Commitment {
    ref: String!
    title: String
    theme: Theme
    leads: [Organisation!]!
    status: String!
    statusHistory: [StatusUpdate!]!
    funds: [Fund!]!
    events: [Event!]!
    citations: [Citation!]!
  }
  type Theme { title: String! }
  type Organisation { name: String! }
  type StatusUpdate { status: String! effectiveOn: String! voice: String! note: String! citation: Citation }
  type Citation { paragraph: Int note: String document: Document! }
  type Document { title: String! url: String }
  type Fund { name: String! slug: String! amount: Money }
  type Money { amount: String! }
  type Event { title: String! date: String }
`;

const database = new Database(process.env.DATABASE, { readonly: true });
const prepare = (text) => database.prepare(text);

const AMONG = "IN (SELECT value FROM json_each(?))";
const commitments = prepare(
  "SELECT id, ref, title, theme_id FROM commitment WHERE origin = 'STRATEGY' ORDER BY ref LIMIT ?",
);
const commitment = prepare("SELECT id, ref, title, theme_id FROM commitment WHERE ref = ?");
const statements = {
  theme: prepare(`SELECT id AS "key", title FROM theme WHERE id ${AMONG}`),
  document: prepare(`SELECT id AS "key", title, url FROM document WHERE id ${AMONG}`),
  leads: prepare(`
    SELECT commitment_id AS "key", name FROM commitment_lead JOIN organisation ON organisation.id = organisation_id
    WHERE commitment_id ${AMONG} ORDER BY position, slug`),
  // The latest evidence, or else the latest search that found nothing.
  status: prepare(`
    SELECT "key", status FROM (
      SELECT commitment_id AS "key", status, row_number() OVER (
        PARTITION BY commitment_id
        ORDER BY status = 'NO_EVIDENCE', effective_on DESC, recorded_at DESC, status_update."key" DESC
      ) AS place
      FROM status_update
      WHERE commitment_id ${AMONG} AND effective_on <= date('now') AND corrected_by_id IS NULL
    ) WHERE place = 1`),
  history: prepare(`
    SELECT commitment_id AS "key", id, status, effective_on AS effectiveOn, voice, note FROM status_update
    WHERE commitment_id ${AMONG} AND corrected_by_id IS NULL
    ORDER BY effective_on, recorded_at, status_update."key", id`),
  source: prepare(`
    SELECT status_update_id AS "key", paragraph, note, document_id FROM citation WHERE status_update_id ${AMONG}`),
  citations: prepare(`
    SELECT commitment_id AS "key", paragraph, note, document_id FROM citation WHERE commitment_id ${AMONG}
    ORDER BY id`),
  funds: prepare(`
    SELECT commitment_id AS "key", id, name, slug FROM commitment_fund JOIN fund ON fund.id = fund_id
    WHERE commitment_id ${AMONG} ORDER BY sort_text, slug`),
  amount: prepare(`
    SELECT fund_id AS "key", amount FROM amount_statement
    WHERE fund_id ${AMONG} AND (stated_on <= date('now') OR stated_on IS NULL)
    ORDER BY coalesce(stated_on, '0001-01-01'), amount_statement."key", id`),
  events: prepare(`
    SELECT commitment_id AS "key", title, held_on AS date FROM commitment_event JOIN event ON event.id = event_id
    WHERE commitment_id ${AMONG} ORDER BY coalesce(held_on, '9999-12-31'), slug`),
};

// Of several rows with one key the last one counts.
const one = (statement) => async (ids) => {
  const rows = new Map();
  for (const row of statement.all(JSON.stringify(ids))) rows.set(row.key, row);
  return ids.map((id) => rows.get(id) ?? null);
};
const many = (statement) => async (ids) => {
  const rows = new Map(ids.map((id) => [id, []]));
  for (const row of statement.all(JSON.stringify(ids))) rows.get(row.key).push(row);
  return ids.map((id) => rows.get(id));
};
const LISTS = new Set(["leads", "history", "citations", "funds", "events"]);
const batches = Object.entries(statements).map(([name, statement]) => [
  name,
  (LISTS.has(name) ? many : one)(statement),
]);
const loaders = () => Object.fromEntries(batches.map(([name, batch]) => [name, new DataLoader(batch)]));

const related = (name, key) => (row, _, context) => (row[key] === null ? null : context[name].load(row[key]));
const resolvers = {
  Query: {
    commitments: (_, { first }) => ({ nodes: commitments.all(first) }),
    commitment: (_, { ref }) => commitment.get(ref),
  },
  Commitment: {
    theme: related("theme", "theme_id"),
    leads: related("leads", "id"),
    status: async ({ id }, _, context) => (await context.status.load(id))?.status ?? "NOT_ASSESSED",
    statusHistory: related("history", "id"),
    funds: related("funds", "id"),
    events: related("events", "id"),
    citations: related("citations", "id"),
  },
  StatusUpdate: { citation: related("source", "id") },
  Citation: { document: related("document", "document_id") },
  Fund: { amount: related("amount", "id") },
  Money: { amount: ({ amount }) => (amount / 100).toFixed(2) },
};

const app = Fastify();
app.register(mercurius, { schema, resolvers, context: loaders, jit: 1 });
await app.ready();
listen(app.server);
