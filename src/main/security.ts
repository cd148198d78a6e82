import { app, session, shell } from 'electron'
import type { Session } from 'electron'
import { mayOpenOutside } from './external-links.ts'
import { isPageUrl } from './page-origin.ts'

/** The page needs no permission, no other page and no other address. Electron's security checklist, items 5, 13 and 14. */
export function lockDown(): void {
  app.on('session-created', withoutSpelling)
  app.on('web-contents-created', (_event, contents) => {
    const stay = (event: { preventDefault(): void; readonly url: string }): void => {
      if (!isPageUrl(event.url)) event.preventDefault()
    }
    // Comes before `will-navigate`, for every frame.
    contents.on('will-frame-navigate', stay)
    contents.on('will-redirect', stay)
    contents.on('will-attach-webview', (event) => {
      event.preventDefault()
    })
    // Nothing opens in the app; a link to a site that is known opens in the user's browser.
    contents.setWindowOpenHandler(({ url }) => {
      if (mayOpenOutside(url)) void shell.openExternal(url)
      return { action: 'deny' }
    })
  })
}

/** Else each session fetches a dictionary from a server of Google's, on its own way past `webRequest`, whatever its windows say. */
function withoutSpelling(created: Session): void {
  created.setSpellCheckerEnabled(false)
  created.setSpellCheckerLanguages([])
}

/** Once the app is ready: sessions do not exist before. */
export function lockDownSession(): void {
  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => {
    decide(false)
  })
  defaultSession.setPermissionCheckHandler(() => false)
  defaultSession.setDevicePermissionHandler(() => false)
  defaultSession.webRequest.onBeforeRequest(({ url }, decide) => {
    decide({ cancel: !isPageUrl(url) && !isOfDevTools(url) && !isDevSocket(url) })
  })
}

const isOfDevTools = (url: string): boolean => url.startsWith('devtools://') || url.startsWith('data:')

/** The dev server reloads the page over a WebSocket of the same host. */
const isDevSocket = (url: string): boolean => url.startsWith('ws://') && isPageUrl(url.replace(/^ws/, 'http'))
