import { graphql, useLazyLoadQuery, usePaginationFragment } from "react-relay";
import type { Commitment_statuses$key } from "./__generated__/Commitment_statuses.graphql.js";
import type { Commitments_query$key } from "./__generated__/Commitments_query.graphql.js";
import type { CommitmentsPaginationQuery } from "./__generated__/CommitmentsPaginationQuery.graphql.js";
import type { CommitmentsQuery } from "./__generated__/CommitmentsQuery.graphql.js";
import { only, type Choice } from "./choice.js";
import { Commitment } from "./Commitment.js";
import { More } from "./More.js";

interface Props {
  choice: Choice;
  statuses: Commitment_statuses$key;
}

export function Commitments({ choice: { status, theme, lead, search }, statuses }: Props) {
  const query = useLazyLoadQuery<CommitmentsQuery>(
    graphql`
      query CommitmentsQuery($filter: CommitmentFilter) {
        ...Commitments_query @arguments(filter: $filter)
      }
    `,
    { filter: { status: only(status), theme: only(theme), lead: only(lead), search } },
    // A list that was seen before is shown at once, and asked for again: a change may have moved rows in or out.
    { fetchPolicy: "store-and-network" },
  );
  const { data, hasNext, loadNext } = usePaginationFragment<
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
  const next = () =>
    new Promise<void>((resolve, reject) => {
      loadNext(20, { onComplete: (error) => (error ? reject(error) : resolve()) });
    });
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
      {hasNext && <More load={next} />}
    </section>
  );
}
