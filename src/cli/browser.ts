import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { writeOwnFile } from '../engine/own-file.ts'

export function hasDisplay(): boolean {
  if (process.platform === 'darwin' || process.platform === 'win32') return process.env.SSH_CONNECTION === undefined
  return Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY)
}

/**
 * By way of a file that this user alone can read: the arguments of the browser, and of the program that opens it, can be read by
 * everybody on the machine, and the link holds the access token. It is printed as well, so a browser that does not open, or may not
 * read the file, is no error. False where the folder takes no file, as on a full disk.
 */
export function openBrowser(link: string, dataDir: string): boolean {
  const file = join(dataDir, 'open.html')
  try {
    writeOwnFile(file, redirection(link))
  } catch {
    return false
  }
  const [command, args] = opener(pathToFileURL(file).href)
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.once('error', () => undefined)
  child.unref()
  return true
}

function redirection(link: string): string {
  const url = link.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
  return `<!doctype html>
<meta charset="utf-8" />
<meta name="referrer" content="no-referrer" />
<meta http-equiv="refresh" content="0; url=${url}" />
<title>Colophon</title>
<p><a href="${url}">Open Colophon</a></p>
`
}

function opener(url: string): [string, string[]] {
  switch (process.platform) {
    case 'darwin':
      return ['open', [url]]
    case 'win32':
      return ['rundll32', ['url.dll,FileProtocolHandler', url]]
    default:
      return ['xdg-open', [url]]
  }
}
