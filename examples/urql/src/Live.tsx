import { useState } from "react";
import { useSubscription } from "urql";
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
  // From the latest change that the page has: none is missed, and one that comes twice after a break is passed over.
  const [after] = useState(earlier[0]?.cursor ?? null);
  const [{ data: changes }] = useSubscription({ query: CHANGES, variables: { after } }, (known: Change[] = earlier, data) => {
    const change = readFragment(CHANGE, data.changes);
    see(change.revision);
    return known.some(({ id }) => id === change.id) ? known : [change, ...known].slice(0, 5);
  });
  return (
    <aside aria-labelledby="live">
      <h2 id="live">Latest changes</h2>
      <ol className="changes" aria-live="polite">
        {(changes ?? earlier).map(({ id, recordedAt, headline }) => (
          <li key={id}>
            <time dateTime={recordedAt}>{recordedAt.slice(0, 10)}</time> {headline}
          </li>
        ))}
      </ol>
    </aside>
  );
}
