// Relay with persisted documents: the network sends ids, and the server knows their texts and nothing else.
import assert from "node:assert/strict";
import { ApolloClient, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { Client, fetchExchange } from "@urql/core";
import relay from "relay-runtime";
import first from "./src/__generated__/queriesQuery.graphql.js";
import next from "./src/__generated__/queriesPaginationQuery.graphql.js";

const { Environment, fetchQuery, Network, RecordSource, Store } = relay;
const GRAPHQL = `${process.env.SIXTYONE_URL}/graphql`;

async function send(body) {
  const response = await fetch(GRAPHQL, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return response.json();
}

const environment = new Environment({
  network: Network.create(({ id, text }, variables) => {
    assert.equal(text, null);
    return send({ documentId: id, variables });
  }),
  store: new Store(new RecordSource()),
});
const found = await fetchQuery(environment, first, { asOf: "2019-12-31" }).toPromise();
assert.equal(found.progress.total, 61);
const listed = () => Object.values(environment.getStore().getSource().toJSON()).filter(({ ref }) => ref);
assert.equal(listed().length, 40);
const cursor = Object.values(environment.getStore().getSource().toJSON()).find(({ endCursor }) => endCursor).endCursor;
await fetchQuery(environment, next, { count: 40, cursor }).toPromise();
assert.equal(listed().length, 61);

// Apollo sends the id as a hash, as it does with the manifest of its own tools.
const ids = new PersistedQueryLink({ generateHash: () => first.params.id });
const apollo = new ApolloClient({ link: ids.concat(new HttpLink({ uri: GRAPHQL })), cache: new InMemoryCache() });
const query = gql`query queriesQuery($asOf: Date) { progress(asOf: $asOf) { total } }`;
assert.equal((await apollo.query({ query, variables: { asOf: "2019-12-31" } })).data.progress.total, 61);

// urql sends the id of a document without text by itself, by POST and by GET.
for (const preferGetMethod of [false, "force"]) {
  const client = new Client({ url: GRAPHQL, preferGetMethod, exchanges: [fetchExchange] });
  const document = { kind: "Document", definitions: [], documentId: first.params.id };
  const { data, error } = await client.query(document, { asOf: "2019-12-31" });
  assert.equal(error, undefined);
  assert.equal(data.progress.total, 61);
}

const { errors } = await send({ query: "{ __schema { queryType { name } } }" });
assert.deepEqual(errors.map(({ extensions }) => extensions.code), ["DOCUMENT_REQUIRED"]);
