import { createClient } from "graphql-ws";
import { Environment, Network, Observable, RecordSource, Store } from "relay-runtime";
import type { GraphQLResponse, RequestParameters, Variables } from "relay-runtime";
import { fetchNoOlder } from "./fetch.js";
import { GRAPHQL, SOCKET } from "./server.js";

/** A document goes as its id. The server has its text from documents.json. */
async function ask({ id }: RequestParameters, variables: Variables): Promise<GraphQLResponse> {
  const response = await fetchNoOlder(GRAPHQL, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ documentId: id, variables }),
  });
  const answer = await response.json();
  if (answer.errors) throw new Error(answer.errors[0].message);
  return answer;
}

// Comes back when the connection breaks, as often as it takes.
const events = createClient({ url: SOCKET, retryAttempts: Infinity });

function follow({ id }: RequestParameters, variables: Variables): Observable<GraphQLResponse> {
  // The package wants a text, which may be empty.
  const payload = { query: "", documentId: id, variables };
  return Observable.create<GraphQLResponse>((sink) =>
    events.subscribe(payload, {
      next: (result) => sink.next(result as GraphQLResponse),
      error: (error) => sink.error(error as Error),
      complete: () => sink.complete(),
    }),
  );
}

export const environment = new Environment({
  network: Network.create(ask, follow),
  store: new Store(new RecordSource()),
});
