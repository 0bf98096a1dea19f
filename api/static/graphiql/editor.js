// GraphiQL on this API: queries and mutations by POST, subscriptions as server-sent events.
const send = (address, accept, request, headers, signal) => fetch(address, {
  method: "POST",
  headers: { ...headers, "content-type": "application/json", accept },
  body: JSON.stringify(request),
  signal,
});

// A guess is enough: the address of subscriptions answers queries, too.
const isSubscription = ({ query }) => /(^|[\s}])subscription\b/.test(query.replace(/#.*|"[^"\n]*"/g, ""));

/** Passes on each event until the stream ends, or until the function that this returns is called. */
function subscribe(request, headers, { next, error, complete }) {
  const control = new AbortController();
  const read = async () => {
    const response = await send("graphql/stream", "text/event-stream", request, headers, control.signal);
    if (!response.ok) return next(await response.json());
    for await (const { event, data } of events(response.body)) {
      if (event === "complete") return;
      if (event === "next") next(JSON.parse(data));
    }
    throw new Error("The connection was lost. For what came since, ask again with `after` and the last cursor.");
  };
  read().then(complete, (problem) => control.signal.aborted || error(problem));
  return () => control.abort();
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (text + value).split(/\r?\n\r?\n/);
    text = blocks.pop();
    for (const block of blocks) {
      yield Object.fromEntries(block.split(/\r?\n/).map((line) => line.split(/: ?(.*)/s)));
    }
  }
}

const fetcher = async (request, { headers } = {}) => {
  if (isSubscription(request)) return { subscribe: (sink) => ({ unsubscribe: subscribe(request, headers, sink) }) };
  return (await send("graphql", "application/graphql-response+json", request, headers)).json();
};

// GraphiQL stores requests with their headers; tokens are removed.
const storage = {
  getItem: (name) => localStorage.getItem(name),
  setItem: (name, value) => localStorage.setItem(name, value.replace(/sxo_[\w-]+/g, "sxo_")),
  removeItem: (name) => localStorage.removeItem(name),
  clear: () => localStorage.clear(),
  get length() { return localStorage.length; },
};

const examples = [...document.querySelectorAll(".example")].map(({ textContent }) => textContent.trimStart());
const settings = { fetcher, storage, shouldPersistHeaders: false, defaultQuery: examples[0] };
settings.defaultTabs = examples.map((query) => ({ query }));
// A link on this page or another may pass a query in the fragment of the address.
const passed = new URLSearchParams(location.hash.slice(1));
if (passed.has("query")) {
  settings.query = passed.get("query");
  settings.variables = passed.get("variables") ?? "{}";
  settings.defaultTabs[0] = { query: settings.query, variables: settings.variables };
}
for (const link of document.querySelectorAll("a[data-query]")) {
  link.href = `#${new URLSearchParams({ query: link.dataset.query })}`;
}
// GraphiQL reads what it is passed once: it opens a tab for it, and keeps the others.
addEventListener("hashchange", () => location.reload());
ReactDOM.createRoot(document.getElementById("graphiql")).render(React.createElement(GraphiQL, settings));
