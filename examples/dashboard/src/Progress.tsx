import { useQuery } from "@apollo/client/react";
import type { Status } from "./Commitment.js";
import { graphql } from "./graphql.js";

const PROGRESS = graphql(`
  query Progress {
    progress {
      total
      counts {
        status
        count
      }
    }
  }
`);

/** How many commitments have each status, in the order of the definitions. */
export function Progress({ statuses }: { statuses: Status[] }) {
  const { data } = useQuery(PROGRESS);
  if (!data?.progress) return null;
  const { counts } = data.progress;
  const parts = statuses.flatMap((definition) => {
    const count = counts.find(({ status }) => status === definition.status)?.count;
    return count ? [{ ...definition, count }] : [];
  });
  return (
    <ul className="progress">
      {parts.map(({ status, group, label, count }) => (
        <li key={status} data-group={group} style={{ flexGrow: count }}>
          <strong>{count}</strong> {label}
        </li>
      ))}
    </ul>
  );
}
