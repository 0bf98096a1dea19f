import { useMemo, useState } from "react";
import { graphql, readInlineData, useSubscription } from "react-relay";
import type { Live_change$data, Live_change$key } from "./__generated__/Live_change.graphql.js";
import type { LiveSubscription } from "./__generated__/LiveSubscription.graphql.js";
import { see } from "./fetch.js";

const CHANGE = graphql`
  fragment Live_change on Change @inline {
    id
    cursor
    revision
    recordedAt
    headline
  }
`;

// `affected` has the rows that a change wrote or leads to, and the store puts what is asked of them where they are shown.
const CHANGES = graphql`
  subscription LiveSubscription($after: String) {
    changes(after: $after) {
      ...Live_change
      affected(first: 50) {
        ...Commitment_commitment @alias(as: "commitment")
      }
    }
  }
`;

const read = (change: Live_change$key): Live_change$data => readInlineData(CHANGE, change);

export function Live({ earlier }: { earlier: readonly Live_change$key[] }) {
  const [changes, setChanges] = useState(() => earlier.map(read));
  // From the latest change that the page has: none is missed, and one that comes twice after a break is passed over.
  const [after] = useState(changes[0]?.cursor ?? null);
  useSubscription<LiveSubscription>(
    useMemo(
      () => ({
        subscription: CHANGES,
        variables: { after },
        onNext: (data) => {
          if (!data) return;
          const change = read(data.changes);
          see(change.revision);
          setChanges((known) => (known.some(({ id }) => id === change.id) ? known : [change, ...known].slice(0, 5)));
        },
      }),
      [after],
    ),
  );
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
