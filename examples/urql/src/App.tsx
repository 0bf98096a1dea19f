import { useChoice } from "./choice.js";
import { STATUS } from "./Commitment.js";
import { Commitments } from "./Commitments.js";
import { Filters } from "./Filters.js";
import { graphql, readFragment } from "./graphql.js";
import { CHANGE, Live } from "./Live.js";
import { useQuery } from "urql";

const APP = graphql(
  `
    query App {
      strategy {
        id
        title
        themes {
          id
          slug
          title
        }
      }
      statusDefinitions {
        ...Status
      }
      organisations(filter: { role: [LEAD] }) {
        nodes {
          id
          slug
          name
        }
      }
      changes(direction: DESC, first: 5) {
        nodes {
          ...Change
        }
      }
    }
  `,
  [STATUS, CHANGE],
);

export function App() {
  const [choice, choose] = useChoice();
  const [{ data, error }] = useQuery({ query: APP });
  if (error) return <p role="alert">{error.message}</p>;
  // Only an error makes a field of the query null.
  if (!data?.strategy || !data.statusDefinitions || !data.organisations || !data.changes) return <p>Loading …</p>;

  const statuses = [...readFragment(STATUS, data.statusDefinitions)];
  const options = {
    status: statuses.map(({ status, label }) => ({ value: status, label })),
    theme: data.strategy.themes.map(({ slug, title }) => ({ value: slug, label: title })),
    lead: data.organisations.nodes.map(({ slug, name }) => ({ value: slug, label: name })),
  };
  return (
    <>
      <header>
        <h1>{data.strategy.title}</h1>
      </header>
      <Live earlier={[...readFragment(CHANGE, data.changes.nodes)]} />
      <main>
        <Filters choice={choice} onChoose={choose} options={options} />
        <Commitments choice={choice} statuses={statuses} />
      </main>
    </>
  );
}
