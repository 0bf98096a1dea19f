// Apollo Client without React: variables, one entry in the cache for each id, pages that join up, errors with codes.
import assert from "node:assert/strict";
import { ApolloClient, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";

const client = new ApolloClient({
  link: new HttpLink({ uri: `${process.env.SIXTYONE_URL}/graphql` }),
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
