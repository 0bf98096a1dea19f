// Puts what the compiler of Relay has made into the place of each graphql`…`, as babel-plugin-relay does elsewhere.
import { readFile } from "node:fs/promises";

const DOCUMENT = /graphql`\s*(?:query|fragment|subscription|mutation)\s+(\w+)[^`]*`/g;

export const relay = {
  name: "relay",
  setup({ onLoad }) {
    onLoad({ filter: /\.tsx$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const names = Array.from(source.matchAll(DOCUMENT), ([, name]) => name);
      const imports = names.map((name) => `import ${name}__ from "./__generated__/${name}.graphql";`);
      // In the first line, so that the numbers of lines stay.
      return { contents: imports.join(" ") + source.replace(DOCUMENT, "$1__"), loader: "tsx" };
    });
  },
};
