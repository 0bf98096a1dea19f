// Prints the status of one theme's commitments on a day: node dist/theme.js [THEME] [DAY]
import type { ResultOf } from "gql.tada";
import { ask, graphql, Problem, run, SERVER, type Whole } from "./api.js";

const THEMES = graphql(`
  {
    strategy {
      themes {
        slug
        title
      }
    }
  }
`);

// One day for the whole query: the same $asOf everywhere. Without it, today.
const QUERY = graphql(`
  query ($theme: String!, $asOf: Date) {
    commitments(filter: { theme: [$theme], asOf: $asOf }) {
      nodes {
        ref
        title
        status(asOf: $asOf)
        statusUpdate(asOf: $asOf) {
          effectiveOn
          precision
          voice
          citation {
            paragraph
            document {
              title
              url
            }
          }
        }
      }
    }
    statusDefinitions {
      status
      group
      label
      meaning
    }
    progress(asOf: $asOf) {
      asOf
    }
    dataset {
      revision
      licence
      attribution
    }
  }
`);

type Update = NonNullable<Whole<ResultOf<typeof QUERY>>["commitments"]["nodes"][number]["statusUpdate"]>;

await run(async () => {
  const [slug, asOf] = process.argv.slice(2);
  const { themes } = (await ask(THEMES, {})).strategy;
  const theme = themes.find((theme) => theme.slug === slug);
  // A filter by an unknown slug finds nothing, without an error, so the slug is checked here.
  if (!theme) throw new Problem(`Name a theme:\n${themes.map(({ slug, title }) => `  ${slug}: ${title}`).join("\n")}`);

  const { commitments, statusDefinitions, progress, dataset } = await ask(QUERY, {
    theme: theme.slug,
    asOf: asOf ?? null,
  });
  console.log(`${theme.title}, by ${progress.asOf}`);
  for (const { ref, title, status, statusUpdate } of commitments.nodes) {
    console.log(`\n${ref}  ${title}`);
    const definition = statusDefinitions.find((definition) => definition.status === status);
    // Labels and meanings come from the server: unknown must not be read as "nothing was done".
    console.log(`        ${definition?.label}${definition?.group === "UNKNOWN" ? `. ${definition.meaning}` : ""}`);
    if (statusUpdate) console.log(`        ${source(statusUpdate)}`);
  }
  console.log(`\n${SERVER}, revision ${dataset.revision}. ${dataset.licence}: ${dataset.attribution}`);
});

/** The day, the voice and the source of a status update. */
function source({ effectiveOn, precision, voice, citation }: Update): string {
  // The date of a month or a year is its last day, so it is cut to what is known.
  const day = effectiveOn.slice(0, { DAY: 10, MONTH: 7, YEAR: 4 }[precision]);
  const who = voice.toLowerCase().replace("_", " ");
  if (!citation) return `${day}, ${who}`;
  const { document, paragraph } = citation;
  const place = paragraph === null ? "" : `, paragraph ${paragraph}`;
  return `${day}, ${who}: ${document.title}${place}${document.url ? `\n        ${document.url}` : ""}`;
}
