// Apollo's composition takes this service beside another one that refers to its rows, and the engine of Hive Gateway
// answers queries over both.
import assert from "node:assert/strict";

import { composeServices } from "@apollo/composition";
import { getStitchedSchemaFromSupergraphSdl } from "@graphql-tools/federation";
import { buildSchema, execute, parse, print } from "graphql";

const GRAPHQL = `${process.env.SIXTYONE_URL}/graphql`;
const NOTES = `
  type Query { notes: [Note!]! }
  type Note { text: String! commitment: Commitment fund: Fund }
  type Commitment @key(fields: "ref") { ref: String! notes: [Note!]! }
  type Fund @key(fields: "id") { id: ID! }
`;

async function ask(query, variables) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(GRAPHQL, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  return response.json();
}

const { data } = await ask(`{ _service { sdl } fund(slug: "youth-fund-round-1") { id name } }`);
const notes = [
  { text: "Read it.", commitment: { __typename: "Commitment", ref: "SVS-01" }, fund: { id: data.fund.id } },
  { text: "Again.", commitment: { __typename: "Commitment", ref: "SVS-02" } },
  { text: "There is none.", commitment: { __typename: "Commitment", ref: "SVS-99" } },
];
const of = ({ ref }) => ({ __typename: "Commitment", ref, notes: notes.filter((note) => note.commitment.ref === ref) });
const other = buildSchema(`
  ${NOTES.replaceAll(/@key\(.*?\)/g, "")}
  scalar _Any
  union _Entity = Commitment
  extend type Query { _entities(representations: [_Any!]!): [_Entity]! }
`);
const rootValue = { notes, _entities: ({ representations }) => representations.map(of) };

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`;
const { supergraphSdl, errors } = composeServices([
  { name: "SIXTY_ONE", url: GRAPHQL, typeDefs: parse(data._service.sdl) },
  { name: "NOTES", url: "http://notes.example", typeDefs: parse(link + NOTES) },
]);
assert.deepEqual(errors ?? [], []);

const requests = [];
const schema = getStitchedSchemaFromSupergraphSdl({
  supergraphSdl,
  onSubschemaConfig(config) {
    config.executor = ({ document, variables }) => {
      if (config.name !== "SIXTY_ONE") return execute({ schema: other, document, rootValue, variableValues: variables });
      requests.push(print(document));
      return ask(print(document), variables);
    };
  },
});
const gateway = (query) => execute({ schema, document: parse(query) });
const plain = (value) => JSON.parse(JSON.stringify(value));

// What the other service names is found here, by either key: all commitments by one request.
const found = plain(await gateway(`{ notes { text commitment { ref title theme { slug } } fund { name } } }`));
const own = await ask(`{
  a: commitment(ref: "SVS-01") { ref title theme { slug } } b: commitment(ref: "SVS-02") { ref title theme { slug } }
}`);
assert.deepEqual(found.data.notes.slice(0, 2), [
  { text: "Read it.", commitment: own.data.a, fund: { name: data.fund.name } },
  { text: "Again.", commitment: own.data.b, fund: null },
]);
assert.ok(requests.length <= 2, requests.join("\n"));
assert.ok(requests.every((request) => request.includes("_entities")));
// What there is not is null with an error in its own place, for each field that is asked of it.
const places = found.errors.map(({ path, extensions }) => `${path.slice(0, 3).join("/")} ${extensions.code}`);
assert.deepEqual([...new Set(places)], ["notes/2/commitment NOT_FOUND"]);

// And what this service finds has the fields of the other one.
const back = plain(await gateway(`{ commitments(first: 2) { nodes { ref notes { text } } } }`));
assert.deepEqual(back, {
  data: { commitments: { nodes: [
    { ref: "SVS-01", notes: [{ text: "Read it." }] },
    { ref: "SVS-02", notes: [{ text: "Again." }] },
  ] } },
});
