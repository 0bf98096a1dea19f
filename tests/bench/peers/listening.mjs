// The bench passes an open socket that listens, and closes the input in order to end the server.
export function listen(server) {
  server.listen({ fd: Number(process.argv[2]) });
  process.stdin.on("end", () => process.exit()).resume();
}
