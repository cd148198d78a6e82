import type { WebContents } from 'electron'
import type { ShellCommand } from '../contract/shell.ts'

/** Commands for the page. What comes before the page listens waits until it does. */
export interface PageCommands {
  readonly send: (command: ShellCommand) => void
  /** The page listens now. */
  readonly listens: (contents: WebContents) => void
  /** Makes commands wait whenever this page is left, by a reload or a crash. */
  readonly follow: (contents: WebContents) => void
}

export function pageCommands(): PageCommands {
  let waiting: ShellCommand[] = []
  let listener: WebContents | null = null

  function send(command: ShellCommand): void {
    if (listener === null || listener.isDestroyed()) waiting.push(command)
    else listener.send('colophon:command', command)
  }
  return {
    send,
    listens(contents) {
      listener = contents
      const now = waiting
      waiting = []
      now.forEach(send)
    },
    follow(contents) {
      const leave = (): void => {
        if (listener === contents) listener = null
      }
      contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
        if (isMainFrame && !isSameDocument) leave()
      })
      contents.on('render-process-gone', leave)
      contents.on('destroyed', leave)
    },
  }
}
