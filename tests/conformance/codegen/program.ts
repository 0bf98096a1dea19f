// Nothing here runs: it is right when it compiles.
import type { ResultOf, VariablesOf } from "@graphql-typed-document-node/core";
import { AnythingDocument, FundsDocument, PledgeDocument } from "./types";
import type { Commitment, CommitmentFilter, Fund, QueryCommitmentsArgs, Status } from "./types";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>) => {};

// What every row has, what one may lack, and what is computed.
same<Commitment["ref"], string>(true);
same<Commitment["title"], string | null>(true);
same<Commitment["status"], Status>(true);
same<Fund["amounts"][number]["money"]["amount"], string>(true);
same<Fund["amounts"][number]["statedOn"], string | null>(true);

// Every argument with a default can be left out, and so can every part of a filter.
const all: QueryCommitmentsArgs = {};
const named: CommitmentFilter = { identified: true, status: ["DELIVERED"] };

type Answer<D> = NonNullable<ResultOf<D>>;
type Promised = NonNullable<Answer<typeof PledgeDocument>["commitment"]>;
same<Promised["title"], string | null>(true);
same<Promised["leads"], Array<{ name: string }>>(true);
same<NonNullable<Promised["statusUpdate"]>["effectiveOn"], string>(true);
same<NonNullable<Promised["statusUpdate"]>["recordedAt"], string>(true);
same<NonNullable<Promised["statusUpdate"]>["citation"], { paragraph: number | null } | null>(true);

type Funded = NonNullable<Answer<typeof FundsDocument>["funds"]>["nodes"][number];
same<Funded, { amount: { amount: string } | null; reconciliation: { unknownSums: number } }>(true);
type Found = Answer<typeof AnythingDocument>["node"];
same<Found, { name: string } | { date: string | null } | Record<PropertyKey, never> | null>(true);

const asked: VariablesOf<typeof PledgeDocument> = { ref: "SVS-19", asOf: "2019-05-09" };
// @ts-expect-error: a ref is required
const unasked: VariablesOf<typeof PledgeDocument> = {};
// @ts-expect-error: there is no such status
const misnamed: CommitmentFilter = { status: ["DONE"] };

export { all, asked, misnamed, named, unasked };
