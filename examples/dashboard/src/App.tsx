import { useQuery } from "@apollo/client/react";
import { useState } from "react";
import { useChoice } from "./choice.js";
import { STATUS } from "./Commitment.js";
import { Commitments, type Subject } from "./Commitments.js";
import { Filters } from "./Filters.js";
import { graphql, readFragment } from "./graphql.js";
import { CHANGE, Live } from "./Live.js";
import { Progress } from "./Progress.js";
import { RecordStatus } from "./RecordStatus.js";

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
  const [token, setToken] = useState("");
  const [subject, setSubject] = useState<Subject | null>(null);
  const { data, error } = useQuery(APP);
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
        <Progress statuses={statuses} />
      </header>
      <Live earlier={[...readFragment(CHANGE, data.changes.nodes)]} />
      <main>
        <Filters choice={choice} onChoose={choose} options={options} />
        <Commitments choice={choice} statuses={statuses} onRecord={setSubject} />
      </main>
      {subject && (
        <RecordStatus
          commitment={subject}
          statuses={statuses}
          token={token}
          onToken={setToken}
          onClose={() => setSubject(null)}
        />
      )}
    </>
  );
}
