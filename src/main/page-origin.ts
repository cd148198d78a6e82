import { app } from 'electron'

const scheme = 'app'

/** The page's own scheme: unlike `file://` it has an origin, and reaches no file but the page's. */
export const pageScheme = scheme

/** In development the page comes from the dev server, for its hot reload; a packaged app never asks the environment. */
export const pageUrl: string =
  (app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL) ?? `${scheme}://colophon/`

const page = new URL(pageUrl)

/** `URL.origin` is "null" for schemes that the URL standard does not know, hence scheme and host. */
export function isPageUrl(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, host } = new URL(url)
  return protocol === page.protocol && host === page.host
}
