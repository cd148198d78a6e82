import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

export interface PageFile {
  readonly body: Uint8Array<ArrayBuffer>
  readonly headers: Readonly<Record<string, string>>
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.txt': 'text/plain; charset=utf-8',
}

/** Nothing but the page's own files and its own bridge. Styles may be inline: Vue binds `style` attributes. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/**
 * Reads one file of the built page, `/` being its index. `pathname` is as it stands in a URL, percent-encoded.
 * Null for whatever is not a file inside `root`, links that lead out of it included.
 */
export async function readPageFile(root: string, pathname: string): Promise<PageFile | null> {
  const relative = decodePath(pathname === '/' ? '/index.html' : pathname)
  if (relative === null) return null
  try {
    const realRoot = await realpath(root)
    const path = await realpath(join(realRoot, relative))
    if (!path.startsWith(realRoot + sep)) return null
    const type = contentTypes[extname(path)] ?? 'application/octet-stream'
    return {
      body: new Uint8Array(await readFile(path)),
      headers: { ...securityHeaders, 'content-type': type, 'cache-control': 'no-cache' },
    }
  } catch {
    return null
  }
}

function decodePath(pathname: string): string | null {
  try {
    const path = decodeURIComponent(pathname)
    const forbidden = path.includes('\0') || path.includes('\\') || path.split('/').includes('..')
    return forbidden ? null : path
  } catch {
    return null
  }
}
