import { useApolloClient, useSubscription } from "@apollo/client/react";
import { useState } from "react";
import { COMMITMENT } from "./Commitment.js";
import { see } from "./fetch.js";
import { graphql, readFragment, type ResultOf } from "./graphql.js";

export const CHANGE = graphql(`
  fragment Change on Change {
    id
    cursor
    revision
    recordedAt
    headline
  }
`);

// `affected` has the rows that a change wrote or leads to, and the cache puts what is asked of them where they are shown.
const CHANGES = graphql(
  `
    subscription Changes($after: String) {
      changes(after: $after) {
        id
        action
        ...Change
        affected(first: 50) {
          id
          ...Commitment
        }
      }
    }
  `,
  [CHANGE, COMMITMENT],
);

type Change = ResultOf<typeof CHANGE>;

export function Live({ earlier }: { earlier: Change[] }) {
  const client = useApolloClient();
  const [changes, setChanges] = useState(earlier);
  useSubscription(CHANGES, {
    // From the latest change that the page has: none is missed, and one that comes twice after a break is passed over.
    variables: { after: earlier[0]?.cursor ?? null },
    ignoreResults: true,
    onData: ({ data: { data } }) => {
      if (!data) return;
      const change = readFragment(CHANGE, data.changes);
      see(change.revision);
      setChanges((known) => (known.some(({ id }) => id === change.id) ? known : [change, ...known].slice(0, 5)));
      // Counts belong to no row. An import may affect more rows than a change names.
      client.refetchQueries({ include: data.changes.action === "IMPORTED" ? "active" : ["Progress"] });
    },
  });
  return (
    <aside aria-labelledby="live">
      <h2 id="live">Latest changes</h2>
      <ol className="changes" aria-live="polite">
        {changes.map(({ id, recordedAt, headline }) => (
          <li key={id}>
            <time dateTime={recordedAt}>{recordedAt.slice(0, 10)}</time> {headline}
          </li>
        ))}
      </ol>
    </aside>
  );
}
