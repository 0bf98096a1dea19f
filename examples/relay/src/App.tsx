import { Suspense, useDeferredValue } from "react";
import { graphql, useLazyLoadQuery } from "react-relay";
import type { AppQuery } from "./__generated__/AppQuery.graphql.js";
import { useChoice } from "./choice.js";
import { Commitments } from "./Commitments.js";
import { Filters } from "./Filters.js";
import { Live } from "./Live.js";
import { Problem } from "./Problem.js";

export function App() {
  const [choice, choose] = useChoice();
  // The list of before stays until the next one is here.
  const shown = useDeferredValue(choice);
  const { strategy, statusDefinitions, organisations, changes } = useLazyLoadQuery<AppQuery>(
    graphql`
      query AppQuery {
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
      }
    `,
    {},
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
        <Suspense fallback={<p>Loading …</p>}>
          <Problem key={JSON.stringify(shown)}>
            <Commitments choice={shown} statuses={statusDefinitions} />
          </Problem>
        </Suspense>
      </main>
    </>
  );
}
