/** bundle.mjs puts it in, from the environment of the build. */
declare const SIXTYONE_URL: string;

export const SERVER = SIXTYONE_URL;
export const GRAPHQL = `${SERVER}/graphql`;
export const SOCKET = GRAPHQL.replace(/^http/, "ws");
