// Apollo Client without React: variables, one entry in the cache for each id, pages that join up, errors with codes,
// and changes that come by themselves.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { relayStylePagination } from "@apollo/client/utilities";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { GRAPHQL, noting, RECORD, SOCKET, soon, statement, TOKEN } from "./desk.mjs";

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

const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const socket = createClient({ url: SOCKET, webSocketImpl: WebSocket, retryAttempts: 0 });
const client = new ApolloClient({
  link: ApolloLink.split(
    ({ operationType }) => operationType === "subscription",
    new GraphQLWsLink(socket),
    new HttpLink({ uri: GRAPHQL }),
  ),
  cache: new InMemoryCache({
    possibleTypes: { Node: ["Commitment", "Fund", "Event", "Organisation", "Document"] },
    typePolicies: { Query: { fields: { commitments: relayStylePagination(["filter", "orderBy"]) } } },
  }),
});

// A query with variables.
const { data } = await client.query({
  query: gql`
    query ($ref: String!, $asOf: Date) {
      commitment(ref: $ref) {
        id
        ref
        status(asOf: $asOf)
        leads {
          id
          name
        }
      }
    }
  `,
  variables: { ref: "SVS-19", asOf: "2018-12-31" },
});
assert.equal(data.commitment.status, "IN_PROGRESS");

// The row is kept once, under its id, and an interface finds it there.
const key = `Commitment:${data.commitment.id}`;
assert.equal(client.cache.identify(data.commitment), key);
assert.equal(client.cache.extract()[key].ref, "SVS-19");
const seen = client.cache.readFragment({ id: key, fragment: gql`fragment Seen on Node { id }` });
assert.equal(seen.id, data.commitment.id);

// What a later query learns of the row is added to it.
await client.query({
  query: gql`query ($id: ID!) { node(id: $id) { id ... on Commitment { title } } }`,
  variables: { id: data.commitment.id },
});
const row = client.cache.extract()[key];
assert.equal(row.title, "Hold engagement events across the country");
assert.equal(row.ref, "SVS-19");

// Every page joins the ones before it, as in a list that grows while one scrolls.
const list = client.watchQuery({
  query: gql`
    query ($after: String) {
      commitments(first: 25, after: $after) {
        edges {
          node {
            id
            ref
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
});
const edges = await new Promise((resolve) => {
  list.subscribe(({ data, loading }) => {
    if (loading) return;
    const { edges, pageInfo } = data.commitments;
    if (pageInfo.hasNextPage) list.fetchMore({ variables: { after: pageInfo.endCursor } });
    else resolve(edges);
  });
});
const refs = edges.map(({ node }) => node.ref);
assert.deepEqual(refs, Array.from({ length: 61 }, (_, index) => `SVS-${String(index + 1).padStart(2, "0")}`));

// A refusal before anything is executed, with a status of 400, and a miss, with 200: both arrive as what they are.
for (const [query, code] of [
  [gql`{ commitments(first: 101) { totalCount } }`, "PAGE_TOO_LARGE"],
  [gql`{ commitment(ref: "SVS-62") { id } }`, "NOT_FOUND"],
]) {
  const error = await client.query({ query }).catch((caught) => caught);
  assert(CombinedGraphQLErrors.is(error), `${error}`);
  assert.equal(error.errors[0].extensions.code, code);
}

// An old id and an old cursor blank themselves, and a filter with null in every field narrows nothing.
{
  const { data, error } = await client.query({
    query: BOOKMARKS,
    variables: { filter: { origin: null, status: null, search: null }, ids: ["old", row.id], after: "old" },
    errorPolicy: "all",
    fetchPolicy: "no-cache",
  });
  assert.equal(data.strategy.title, "Serious Violence Strategy");
  assert.deepEqual([data.nodes[0], data.nodes[1].id, data.later], [null, row.id, null]);
  assert.equal(data.commitments.totalCount, 61);
  assert.deepEqual(error.errors.map(({ path }) => path).sort(), [["later"], ["nodes", 0]]);
}

// The text goes with its hash once, and from then on the hash alone, by either method.
for (const useGETForHashedQueries of [false, true]) {
  const sent = [];
  const http = new HttpLink({ uri: GRAPHQL, fetch: noting(sent) });
  const persisted = new PersistedQueryLink({ useGETForHashedQueries, sha256 });
  const asking = new ApolloClient({ link: persisted.concat(http), cache: new InMemoryCache() });
  const method = useGETForHashedQueries ? "GET" : "POST";
  const query = gql(`query ${method} ($ref: String!) { commitment(ref: $ref) { ref } }`);
  for (const ref of ["SVS-19", "SVS-20", "SVS-21"]) {
    assert.equal((await asking.query({ query, variables: { ref } })).data.commitment.ref, ref);
  }
  const hash = [method, true, false];
  assert.deepEqual(sent, [hash, ["POST", true, true], hash, hash]);
}

// A page without a token sends the same as Apollo's own example.
const nobody = new HttpLink({ uri: GRAPHQL, headers: { authorization: "" } });
const unsigned = new ApolloClient({ link: nobody, cache: new InMemoryCache() });
assert.equal((await unsigned.query({ query: gql`{ viewer { name } }` })).data.viewer, null);

// A client that shows a commitment and follows the log updates it without another query: the row in the change
// is the row in the cache. The change names what it wrote. The token is for writing alone.
const STATUS = gql`query ($ref: String!) { commitment(ref: $ref) { id status } }`;
const variables = { ref: "SVS-19" };
const before = await client.query({ query: STATUS, variables });
assert.equal(before.data.commitment.status, "IN_PROGRESS");
const delivered = new Promise((resolve) => {
  client.watchQuery({ query: STATUS, variables, fetchPolicy: "cache-only" }).subscribe(({ data }) => {
    if (data?.commitment?.status === "DELIVERED") resolve();
  });
});
const log = await client.query({ query: gql`{ changes { pageInfo { endCursor } } }` });
let affected;
const following = client
  .subscribe({
    query: gql`
      subscription ($after: String) {
        changes(after: $after) {
          id
          affected {
            __typename
            id
            ... on Commitment {
              status
            }
          }
        }
      }
    `,
    variables: { after: log.data.changes.pageInfo.endCursor },
  })
  .subscribe({ next: ({ data }) => (affected ??= data.changes.affected), error: assert.ifError });
const made = await client.mutate({
  mutation: gql(RECORD),
  variables: { input: { ...statement("SVS-19"), status: "DELIVERED" } },
  context: { headers: { authorization: TOKEN } },
});
assert.equal(made.data.recordStatus.problems, undefined);
await soon(delivered, "the new status");
assert.deepEqual(
  affected.map(({ __typename }) => __typename),
  ["Commitment", "StatusUpdate", "Document", "Citation"],
);
following.unsubscribe();
await socket.dispose();
