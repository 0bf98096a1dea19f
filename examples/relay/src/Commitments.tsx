import { graphql, usePaginationFragment } from "react-relay";
import type { Commitment_statuses$key } from "./__generated__/Commitment_statuses.graphql.js";
import type { Commitments_query$key } from "./__generated__/Commitments_query.graphql.js";
import type { CommitmentsPaginationQuery } from "./__generated__/CommitmentsPaginationQuery.graphql.js";
import { Commitment } from "./Commitment.js";
import { More } from "./More.js";

interface Props {
  data: Commitments_query$key;
  statuses: Commitment_statuses$key;
}

export function Commitments({ data: query, statuses }: Props) {
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<
    CommitmentsPaginationQuery,
    Commitments_query$key
  >(
    graphql`
      fragment Commitments_query on Query
      @refetchable(queryName: "CommitmentsPaginationQuery")
      @argumentDefinitions(
        filter: { type: "CommitmentFilter" }
        count: { type: "Int", defaultValue: 20 }
        after: { type: "String" }
      ) {
        commitments(filter: $filter, first: $count, after: $after) @connection(key: "Commitments_commitments") {
          totalCount
          edges {
            node {
              id
              ...Commitment_commitment
            }
          }
        }
      }
    `,
    query,
  );
  if (!data.commitments) return null;

  const { totalCount, edges } = data.commitments;
  return (
    <section aria-labelledby="count">
      <h2 id="count">
        <span role="status">{totalCount === 1 ? "1 commitment" : `${totalCount} commitments`}</span>
      </h2>
      <ol className="commitments">
        {edges.map(({ node }) => (
          <Commitment key={node.id} data={node} statuses={statuses} />
        ))}
      </ol>
      {hasNext && <More busy={isLoadingNext} onMore={() => loadNext(20)} />}
    </section>
  );
}
