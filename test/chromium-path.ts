import { existsSync } from 'node:fs'

/** The first draws no window around the page: of all that the processor does for a page that is tested that was a fifth. */
const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome']

/** What the caller named, or the system's own; none leaves it to Playwright. */
export const executablePath =
  process.env.CHROMIUM_PATH ?? names.map((name) => `/usr/bin/${name}`).find((path) => existsSync(path))

/** Chromium's own sandbox refuses to start for root. */
export const asRoot: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : []
