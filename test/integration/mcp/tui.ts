import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from '../hosts/api-support.ts'

const rows = '50'

/** A terminal that a program draws on, as a person would see it. */
export interface Tui {
  readonly screen: () => string
  /** Waits until it shows this. */
  readonly shows: (pattern: RegExp) => Promise<string>
  readonly type: (text: string) => void
  readonly press: (...keys: string[]) => void
  readonly resize: (columns: number) => void
  readonly close: () => void
}

export function hasTmux(untested: string): boolean {
  const isThere = spawnSync('tmux', ['-V']).error === undefined
  if (!isThere) console.warn(`There is no tmux: ${untested} is NOT tested here.`)
  return isThere
}

/** Runs a command in a tmux of its own. */
export function openTui(
  command: readonly string[],
  { columns, folder, env }: { readonly columns: number; readonly folder: string; readonly env: NodeJS.ProcessEnv },
): Tui {
  const socket = join(temporaryFolder(), 'tmux')
  const tmux = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync('tmux', ['-S', socket, ...args], { env, encoding: 'utf8' })
    if (status !== 0) throw new Error(`tmux ${args[0] ?? ''}: ${stderr}`)
    return stdout
  }
  tmux('-f', '/dev/null', 'new-session', '-d', '-x', String(columns), '-y', rows, '-c', folder, ...command)
  const close = (): void => {
    spawnSync('tmux', ['-S', socket, 'kill-server'])
  }
  onTestFinished(close)
  const screen = (): string => tmux('capture-pane', '-p')
  return {
    screen,
    shows: async (pattern) => {
      for (;;) {
        const now = screen()
        if (pattern.test(now)) return now
        await new Promise((done) => setTimeout(done, 100))
      }
    },
    type: (text) => {
      tmux('send-keys', '-l', text)
    },
    press: (...keys) => {
      tmux('send-keys', ...keys)
    },
    resize: (columns) => {
      tmux('resize-window', '-x', String(columns), '-y', rows)
    },
    close,
  }
}
