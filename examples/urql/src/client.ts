import { Client, fetchExchange, subscriptionExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { persistedExchange } from "@urql/exchange-persisted";
import { createClient } from "graphql-ws";
import { fetchNoOlder } from "./fetch.js";
import { GRAPHQL, SOCKET } from "./server.js";

// Comes back when the connection breaks, as often as it takes.
const events = createClient({ url: SOCKET, retryAttempts: Infinity });

export const client = new Client({
  url: GRAPHQL,
  fetch: fetchNoOlder,
  preferGetMethod: false,
  exchanges: [
    cacheExchange({ resolvers: { Query: { commitments: relayPagination() } } }),
    // A query goes as its hash, by GET, so that browsers and proxies keep its answer.
    persistedExchange({ preferGetForPersistedQueries: "force" }),
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: ({ query = "", variables }) => ({
        subscribe: (sink) => ({
          unsubscribe: events.subscribe({ query, variables: variables as Record<string, unknown> }, sink),
        }),
      }),
    }),
  ],
});
