// The pages: one of every kind, with what a reader may have asked of it.
import { URL_OF_OURS } from "./browser.mjs";

export const EMBEDS = ["/embed/progress", "/embed/commitments/SVS-19", "/embed/commitments/SVS-60"];
export const WHOLE = [
  "/",
  "/?asOf=2019-06-30&knownAt=2026-12-01T00:00:00Z",
  "/?asOf=2018-01-01",
  "/commitments",
  "/commitments?search=knife&status=DELIVERED&status=IN_PROGRESS&orderBy=STATUS&direction=DESC",
  "/commitments?search=nothing-like-it",
  "/commitments/SVS-19",
  "/commitments/SVS-60",
  "/themes",
  "/themes/communities",
  "/funds",
  "/funds?state=SHORTFALL",
  "/funds/serious-violence-fund",
  "/funds/youth-fund-round-1",
  "/areas",
  "/areas?search=darlington",
  "/areas/northumbria",
  "/areas/england?asOf=2019-06-30",
  "/events",
  "/events?from=2018-01-01&to=2018-12-31",
  "/events/strategy-launch-2018",
  "/sources",
  "/sources/itv-2019-12-29",
  "/organisations",
  "/organisations?role=CARRIER",
  "/organisations/home-office",
  "/claims",
  "/claims?origin=all&asOf=2019-06-30",
  "/commitments?governmentStatus=DELIVERED&governmentAlone=yes",
  "/compare",
  "/compare?from=2018-06-30&to=2019-06-30",
  "/people",
  "/people?search=commissioner",
  "/people/vera-baird",
  "/search",
  "/search?q=hospital+youth+workers",
  "/search?q=Northumbria&kind=ALLOCATION",
  "/search?q=nothing-like-it",
  "/gaps",
  "/about",
  "/glossary",
  "/method",
  "/data/",
  "/follow",
  "/follow/commitments/SVS-19",
  "/follow/organisations/home-office",
  "/changes",
  "/changes/1",
];
export const REFUSED = [
  "/commitments/SVS-99",
  "/embed/commitments/SVS-99",
  "/?asOf=yesterday",
  "/funds?state=LOST",
  "/commitments?confirmation=LOST",
  "/search?kind=LOST",
  "/sources?after=nothing",
  "/compare?from=2019-06-30&to=2018-06-30",
];
export const PAGES = [...WHOLE, ...EMBEDS, ...REFUSED];

export const address = (path) => `${URL_OF_OURS}${path}`;
/** A name for a file about a page. */
export const named = (path) => path.replaceAll(/\W+/g, "-").replaceAll(/^-|-$/g, "") || "home";
