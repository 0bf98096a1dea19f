// PostGraphile on the PostgreSQL of DATABASE_URL. What its schema would not say of the tables is added as SQL that
// becomes part of the one statement of a query.
import { createServer } from "node:http";

import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { extendSchema } from "postgraphile/utils";
import { postgraphile } from "postgraphile";

import { listen } from "./listening.mjs";

const fields = extendSchema((build) => {
  const { sql, dataplanPg: { TYPES } } = build;
  return {
    typeDefs: `
      extend type Commitment { status: String! }
      extend type Fund { size: String }
    `,
    objects: {
      Commitment: {
        plans: {
          status: ($commitment) => $commitment.select(sql`coalesce((
            SELECT status FROM status_update
            WHERE commitment_id = ${$commitment}.id AND effective_on <= current_date AND corrected_by_id IS NULL
            ORDER BY status = 'NO_EVIDENCE', effective_on DESC, recorded_at DESC, key DESC LIMIT 1
          ), 'NOT_ASSESSED')`, TYPES.text),
        },
      },
      Fund: {
        plans: {
          size: ($fund) => $fund.select(sql`(
            SELECT round(amount / 100.0, 2) FROM amount_statement
            WHERE fund_id = ${$fund}.id AND (stated_on <= current_date OR stated_on IS NULL)
            ORDER BY stated_on DESC NULLS LAST, key DESC LIMIT 1
          )`, TYPES.text),
        },
      },
    },
  };
});

const preset = {
  extends: [PostGraphileAmberPreset],
  plugins: [fields],
  // Otherwise a condition or an order by a column without an index of its own is refused.
  disablePlugins: ["PgIndexBehaviorsPlugin"],
  pgServices: [makePgService({ connectionString: process.env.DATABASE_URL, schemas: ["public"] })],
  grafserv: { websockets: false, graphiql: false, watch: false },
};

const instance = postgraphile(preset);
const server = createServer();
await instance.createServ(grafserv).addTo(server);
listen(server);
