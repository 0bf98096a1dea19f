import { useDeferredValue } from "react";
import { graphql, useLazyLoadQuery } from "react-relay";
import type { AppQuery } from "./__generated__/AppQuery.graphql.js";
import { only, useChoice } from "./choice.js";
import { Commitments } from "./Commitments.js";
import { Filters } from "./Filters.js";
import { Live } from "./Live.js";

export function App() {
  const [choice, choose] = useChoice();
  // The list of before stays until the next one is here.
  const { status, theme, lead, search } = useDeferredValue(choice);
  const { strategy, statusDefinitions, organisations, changes, ...data } = useLazyLoadQuery<AppQuery>(
    graphql`
      query AppQuery($filter: CommitmentFilter) {
        strategy {
          title
          themes {
            slug
            title
          }
        }
        statusDefinitions {
          status
          label
          ...Commitment_statuses
        }
        organisations(filter: { role: [LEAD] }) {
          nodes {
            slug
            name
          }
        }
        changes(direction: DESC, first: 5) {
          nodes {
            ...Live_change
          }
        }
        ...Commitments_query @arguments(filter: $filter)
      }
    `,
    { filter: { status: only(status), theme: only(theme), lead: only(lead), search } },
    // A list that was seen before is shown at once, and asked for again: a change may have moved rows in or out.
    { fetchPolicy: "store-and-network" },
  );
  // Only an error makes a field of the query null.
  if (!strategy || !statusDefinitions || !organisations || !changes) return null;

  const options = {
    status: statusDefinitions.map(({ status, label }) => ({ value: status, label })),
    theme: strategy.themes.map(({ slug, title }) => ({ value: slug, label: title })),
    lead: organisations.nodes.map(({ slug, name }) => ({ value: slug, label: name })),
  };
  return (
    <>
      <header>
        <h1>{strategy.title}</h1>
      </header>
      <Live earlier={changes.nodes} />
      <main>
        <Filters choice={choice} onChoose={choose} options={options} />
        <Commitments data={data} statuses={statusDefinitions} />
      </main>
    </>
  );
}
