import { spawn } from 'node:child_process'

export function hasDisplay(): boolean {
  if (process.platform === 'darwin' || process.platform === 'win32') return process.env.SSH_CONNECTION === undefined
  return Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY)
}

/** The link is printed as well, so a browser that does not open is no error. */
export function openBrowser(url: string): void {
  const [command, args] = opener(url)
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.once('error', () => undefined)
  child.unref()
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
