// urql: variables, queries by GET, errors with codes.
import assert from "node:assert/strict";
import { cacheExchange, Client, fetchExchange, gql } from "@urql/core";

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

const url = `${process.env.SIXTYONE_URL}/graphql`;

for (const preferGetMethod of [false, "within-url-limit"]) {
  const requests = [];
  const client = new Client({
    url,
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

  const refused = await client.query(gql`{ commitments(first: 101) { totalCount } }`, {});
  assert.equal(refused.error.graphQLErrors[0].extensions.code, "PAGE_TOO_LARGE");

  // The second answer came from the cache.
  assert.deepEqual(requests, [
    [method, 200, type],
    [method, 200, type],
    [method, 400, type],
  ]);
}
