// urql: variables, queries by GET, errors with codes, and changes that come by themselves.
import assert from "node:assert/strict";
import { cacheExchange, Client, fetchExchange, gql, subscriptionExchange } from "@urql/core";
import { persistedExchange } from "@urql/exchange-persisted";
import { createClient } from "graphql-sse";
import { CHANGES, EVENTS, GRAPHQL, Inbox, noting, record } from "./desk.mjs";

// What a page of bookmarks asks: one of them may be of an older service.
const BOOKMARKS = gql`
  query ($filter: CommitmentFilter, $ids: [ID!]!, $after: String) {
    strategy {
      id
      title
    }
    nodes(ids: $ids) {
      id
    }
    later: commitments(after: $after) {
      totalCount
    }
    commitments(filter: $filter) {
      totalCount
    }
  }
`;

const COMMITMENT = gql`
  query ($ref: String!) {
    commitment(ref: $ref) {
      id
      status
      leads {
        name
      }
    }
  }
`;

for (const preferGetMethod of [false, "within-url-limit"]) {
  const requests = [];
  const client = new Client({
    url: GRAPHQL,
    preferGetMethod,
    exchanges: [cacheExchange, fetchExchange],
    fetch: async (...request) => {
      const response = await fetch(...request);
      requests.push([request[1].method, response.status, response.headers.get("content-type")]);
      return response;
    },
  });
  const method = preferGetMethod ? "GET" : "POST";
  const type = "application/graphql-response+json; charset=utf-8";

  const found = await client.query(COMMITMENT, { ref: "SVS-19" });
  assert.equal(found.error, undefined);
  assert.equal(found.data.commitment.status, "IN_PROGRESS");
  assert.equal(found.data.commitment.leads[0].name, "Home Office");

  const again = await client.query(COMMITMENT, { ref: "SVS-19" });
  assert.deepEqual(again.data, found.data);

  const missed = await client.query(COMMITMENT, { ref: "SVS-62" });
  assert.equal(missed.error.graphQLErrors[0].extensions.code, "NOT_FOUND");
  assert.equal(missed.data.commitment, null);

  const variables = { filter: { origin: null, status: [], search: "" }, ids: ["old", found.data.commitment.id], after: "old" };
  const { data, error } = await client.query(BOOKMARKS, variables);
  assert.equal(data.strategy.title, "Serious Violence Strategy");
  assert.deepEqual([data.nodes[0], data.nodes[1].id, data.later], [null, found.data.commitment.id, null]);
  assert.equal(data.commitments.totalCount, 61);
  assert.deepEqual(error.graphQLErrors.map(({ path }) => path).sort(), [["later"], ["nodes", 0]]);

  const refused = await client.query(gql`{ commitments(first: 101) { totalCount } }`, {});
  assert.equal(refused.error.graphQLErrors[0].extensions.code, "PAGE_TOO_LARGE");

  // The second answer came from the cache.
  assert.deepEqual(requests, [
    [method, 200, type],
    [method, 200, type],
    [method, 200, type],
    [method, 400, type],
  ]);
}

// The text goes with its hash once, and from then on the hash alone, by either method.
for (const preferGetForPersistedQueries of [false, "force"]) {
  const sent = [];
  const client = new Client({
    url: GRAPHQL,
    preferGetMethod: false,
    exchanges: [persistedExchange({ preferGetForPersistedQueries }), fetchExchange],
    fetch: noting(sent),
  });
  const method = preferGetForPersistedQueries ? "GET" : "POST";
  const query = gql(`query ${method} ($ref: String!) { commitment(ref: $ref) { status } }`);
  for (const [ref, status] of [["SVS-19", "IN_PROGRESS"], ["SVS-20", "DELIVERED"], ["SVS-19", "IN_PROGRESS"]]) {
    const found = await client.query(query, { ref });
    assert.equal(found.error, undefined);
    assert.equal(found.data.commitment.status, status);
  }
  const hash = [method, true, false];
  assert.deepEqual(sent, [hash, [method, true, true], hash, hash]);
}

// Changes come as server-sent events, by way of graphql-sse, and by urql's own means.
const sse = createClient({ url: EVENTS, retryAttempts: 0 });
const forwardSubscription = (operation) => ({ subscribe: (sink) => ({ unsubscribe: sse.subscribe(operation, sink) }) });
for (const [exchange, context] of [
  [subscriptionExchange({ forwardSubscription }), {}],
  [fetchExchange, { url: EVENTS, fetchSubscriptions: true }],
]) {
  const client = new Client({ url: GRAPHQL, exchanges: [exchange] });
  const { cursor: after } = await record();
  const inbox = new Inbox();
  const { unsubscribe } = client.subscription(CHANGES, { after }, context).subscribe(inbox.next);
  for (let count = 0; count < 2; count++) {
    const entry = await record();
    assert.deepEqual(await inbox.change(), entry);
  }
  unsubscribe();
  const { error } = await client.subscription(CHANGES, { after: "nothing" }, context).toPromise();
  assert.equal(error.graphQLErrors[0].extensions.code, "INVALID_CURSOR");
}
