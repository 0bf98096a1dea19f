// Puts the page into dist/. With --serve it also serves it, and builds it again when a file changes.
import { context } from "esbuild";

const { SIXTYONE_URL = "http://127.0.0.1:8000", PORT = "5061" } = process.env;
const page = await context({
  entryPoints: ["src/main.tsx", "src/*.css", "src/*.html"],
  outdir: "dist",
  bundle: true,
  format: "esm",
  jsx: "automatic",
  loader: { ".html": "copy" },
  minify: true,
  sourcemap: true,
  define: { SIXTYONE_URL: JSON.stringify(SIXTYONE_URL), "process.env.NODE_ENV": '"production"' },
});
await page.rebuild();
if (process.argv.includes("--serve")) {
  await page.watch();
  const { port } = await page.serve({ servedir: "dist", host: "127.0.0.1", port: Number(PORT) });
  console.log(`http://127.0.0.1:${port} shows what is at ${SIXTYONE_URL}`);
} else {
  await page.dispose();
}
