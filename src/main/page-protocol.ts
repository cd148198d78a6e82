import { protocol } from 'electron'
import { readPageFile, securityHeaders } from '../engine/api/page-files.ts'
import { isPageUrl, pageScheme } from './page-origin.ts'

/** Must be called before the app is ready. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

export function servePage(staticDir: string): void {
  protocol.handle(pageScheme, async (request) => {
    const file =
      request.method === 'GET' && isPageUrl(request.url)
        ? await readPageFile(staticDir, new URL(request.url).pathname)
        : null
    return file === null
      ? new Response('Not found', { status: 404, headers: securityHeaders })
      : new Response(file.body, { headers: file.headers })
  })
}
