import { ensureBuilt } from './ensure.mjs'

/** Runs before Playwright's tests, so that they never drive the page or the host of older sources. */
export default ensureBuilt
