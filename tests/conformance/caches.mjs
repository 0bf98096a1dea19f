// Two parts of a page ask the same objects for different fields: each cache asks once for each part and keeps both, and
// graphcache knows what every object is.
import assert from "node:assert/strict";
import { ApolloClient, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { Client, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";

const { keys, typePolicies } = await import(process.env.SIXTYONE_CACHES);
const GRAPHQL = `${process.env.SIXTYONE_URL}/graphql`;
const DASHBOARD = `{
  dataset { id revision updatedAt }
  coverage { id identified byTheme { theme { id title } withStatus } gapCounts { kind count } gaps(most: 2) {
    kind note subject { id } askWhom { id name }
  } }
  progress { asOf total groups { group count } byTheme { theme { id title } counts { status count } } }
  statusDefinitions { id status label }
  commitments(first: 20) { totalCount pageInfo { hasNextPage } edges { cursor node {
    id ref title status theme { id title } leads { id name }
    statusUpdate { id citation { id document { id title } } }
  } } }
  funds(first: 5) { nodes {
    id name amount { amount bound } reconciliation { stated { amount } accountedFor { amount } }
  } }
  events(first: 20) { nodes { id title participants { id name } } }
  discrepancies { nodes { id question claims { id says } subject { id } } }
  comparison(from: "2018-06-30", to: "2019-06-30") {
    id
    statusChanges(first: 5) { nodes { before after commitment { id ref } } }
  }
  search(q: "knife") { count groups { kind count } }
  area(slug: "northumbria") { id allocated { money { amount } } shares { fund { id name } total { unknownSums } } }
  changes(first: 5) { nodes { id summary edits { record } subject { id } } }
  commitment(ref: "SVS-21") { id versions { record values { field } } }
  record(asOf: "2018-12-31", revision: 1) { id dataset { id revision } progress { total } coverage { id stated } }
}`;
const PARTS = [
  `{ dataset { id revision } coverage { id identified } progress { total }
     record(asOf: "2018-12-31") { id dataset { id revision } } }`,
  `{ dataset { id licence } coverage { id withStatus } progress { asOf }
     record(asOf: "2018-12-31") { id progress { total } } }`,
];

function counting() {
  const requests = [];
  return { requests, fetch: (...request) => (requests.push(request), fetch(...request)) };
}

/** Shows both parts at once, and gives what each shows in the end. */
async function show(watch) {
  const shown = [];
  PARTS.forEach((query, place) => watch(query, (data) => (shown[place] = data)));
  for (let rounds = 0; rounds < 600 && !(shown[0] && shown[1]); rounds++) await new Promise((done) => setTimeout(done, 50));
  // A cache that loses what one part asked for would ask again now.
  await new Promise((done) => setTimeout(done, 300));
  return shown;
}

const warnings = [];
console.warn = (...words) => warnings.push(words.join(" "));
console.error = console.warn;

// Without the policies Apollo asks again for what it has lost: what has no id.
for (const policies of [{}, typePolicies]) {
  const { requests, fetch } = counting();
  const cache = new InMemoryCache({ typePolicies: policies });
  const client = new ApolloClient({ link: new HttpLink({ uri: GRAPHQL, fetch }), cache });
  const watched = [];
  const shown = await show((query, next) => {
    const subscription = client.watchQuery({ query: gql(query) }).subscribe(({ data, dataState }) => {
      if (dataState === "complete") next(data);
    });
    watched.push(subscription);
  });
  watched.forEach((each) => each.unsubscribe());
  assert.equal(requests.length > 2, policies !== typePolicies);
  assert.deepEqual([shown[0].coverage.identified > 0, shown[1].coverage.withStatus > 0], [true, true]);
}

// Without the keys graphcache warns of the same types, and of no other.
const bare = new Client({ url: GRAPHQL, preferGetMethod: false, exchanges: [cacheExchange(), fetchExchange] });
await bare.query(DASHBOARD, {}).toPromise();
const unknown = warnings.splice(0).map((warning) => /config for `(\w+)`/.exec(warning)?.[1]);
assert(unknown.length > 0 && unknown.every((name) => name in keys), `${unknown}`);

const { requests, fetch: counted } = counting();
const client = new Client({
  url: GRAPHQL,
  preferGetMethod: false,
  fetch: counted,
  exchanges: [cacheExchange({ keys }), fetchExchange],
});
const shown = await show((query, next) => client.query(query, {}).subscribe(({ data, stale }) => !stale && next(data)));
assert.equal(requests.length, 2);
assert.deepEqual([shown[0].coverage.identified > 0, shown[1].coverage.withStatus > 0], [true, true]);
const { data, error } = await client.query(DASHBOARD, {}).toPromise();
assert.equal(error, undefined);
const cached = await client.query(DASHBOARD, {}, { requestPolicy: "cache-only" }).toPromise();
assert.deepEqual(cached.data, data);
assert.deepEqual(warnings, []);
