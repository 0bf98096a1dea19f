// One query about one commitment at several moments: a normalised cache keeps each object apart, and node(id:) leads
// back to each. The query is that which Relay's compiler wrote; Apollo and graphcache read its text.
import assert from "node:assert/strict";
import { ApolloClient, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { Client, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import relay from "relay-runtime";
import moments from "./src/__generated__/MomentsQuery.graphql.js";
import node from "./src/__generated__/MomentsNodeQuery.graphql.js";

const GRAPHQL = `${process.env.SIXTYONE_URL}/graphql`;

async function ask(query, variables = {}) {
  const response = await fetch(GRAPHQL, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

function apollo() {
  const client = new ApolloClient({
    link: new HttpLink({ uri: GRAPHQL }),
    cache: new InMemoryCache({ possibleTypes: { Node: ["Commitment", "Organisation"] } }),
  });
  const options = ({ params }, variables, fetchPolicy) => ({ query: gql(params.text), variables, fetchPolicy });
  return {
    fetch: async (...request) => (await client.query(options(...request, "network-only"))).data,
    cached: async (...request) => (await client.query(options(...request, "cache-only"))).data,
  };
}

function graphcache() {
  const cache = cacheExchange();
  const client = new Client({ url: GRAPHQL, preferGetMethod: false, exchanges: [cache, fetchExchange] });
  const query = async ({ params }, variables, requestPolicy) => {
    const { data, error } = await client.query(params.text, variables, { requestPolicy });
    assert.equal(error, undefined);
    return data;
  };
  return {
    fetch: (...request) => query(...request, "network-only"),
    cached: (...request) => query(...request, "cache-only"),
  };
}

function relayStore() {
  const environment = new relay.Environment({
    network: relay.Network.create(({ text }, variables) => ask(text, variables)),
    store: new relay.Store(new relay.RecordSource()),
  });
  const cached = async (query, variables) => {
    const operation = relay.createOperationDescriptor(query, variables);
    environment.retain(operation);
    const { data, isMissingData } = environment.lookup(operation.fragment);
    assert(!isMissingData);
    return data;
  };
  return {
    fetch: async (query, variables) => {
      environment.retain(relay.createOperationDescriptor(query, variables));
      await relay.fetchQuery(environment, query, variables).toPromise();
      return cached(query, variables);
    },
    cached,
  };
}

/** The objects of an answer as plain JSON, without what a client adds. */
const plain = (value) => JSON.parse(JSON.stringify(value, (key, entry) => (key.startsWith("__") ? undefined : entry)));

const { data, errors } = await ask(moments.params.text);
assert.equal(errors, undefined);
const expected = plain(data);
const { early, late, first, both, dated, named } = expected;
assert.equal(early.dated.status, "NOT_ASSESSED");
assert.notEqual(late.dated.status, "NOT_ASSESSED");
assert.deepEqual([first.named.title, named.title], [null, "Mend the quay"]);
const rows = [early, late, first, both, { dated, named }].flatMap(({ dated, named }) => [dated, named]);
assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);

for (const client of [apollo(), graphcache(), relayStore()]) {
  assert.deepEqual(plain(await client.fetch(moments, {})), expected);
  assert.deepEqual(plain(await client.cached(moments, {})), expected);
  for (const row of rows) assert.deepEqual(plain((await client.fetch(node, { id: row.id })).node), row);
  assert.deepEqual(plain(await client.cached(moments, {})), expected);
}
