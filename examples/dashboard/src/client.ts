import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { relayStylePagination } from "@apollo/client/utilities";
import { createClient } from "graphql-ws";
import { fetchNoOlder } from "./fetch.js";
import { GRAPHQL, SOCKET } from "./server.js";

/** Browsers have `crypto.subtle` where a page comes by https or from the machine itself. */
async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// A query goes as its hash, by GET, so that browsers and proxies keep its answer.
const hashes = new PersistedQueryLink({ sha256, useGETForHashedQueries: true });
const queries = hashes.concat(new HttpLink({ uri: GRAPHQL, fetch: fetchNoOlder }));
// Comes back when the connection breaks, as often as it takes.
const events = new GraphQLWsLink(createClient({ url: SOCKET, retryAttempts: Infinity }));

export const client = new ApolloClient({
  link: ApolloLink.split(({ operationType }) => operationType === "subscription", events, queries),
  cache: new InMemoryCache({
    typePolicies: { Query: { fields: { commitments: relayStylePagination(["filter", "orderBy"]) } } },
  }),
});
