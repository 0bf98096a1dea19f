let seen = 0;

/** To be told of each revision that the page shows. */
export function see(revision: number): void {
  seen = Math.max(seen, revision);
}

/** Gets no answer that is older than what the page shows, where a service is several processes or has replicas. */
export const fetchNoOlder: typeof fetch = (address, options) => {
  const headers = new Headers(options?.headers);
  if (seen > 0) headers.set("Sixty-One-Revision", String(seen));
  return fetch(address, { ...options, headers });
};
