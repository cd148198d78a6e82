import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'

/** Whether programs can be given a terminal here. Where not, says what goes untested. */
export function hasTerminal(untested: string): boolean {
  const found = spawnSync('tmux', ['-V']).status === 0
  if (!found) console.warn(`No tmux was found: ${untested} is NOT tested here.`)
  return found
}

/** A program in a terminal of its own, as a person sees and types it. */
export interface Terminal {
  readonly screen: () => string
  /** Keys by their names (`Enter`, `C-c`) or as they are typed. */
  readonly press: (key: string) => void
  /** Waits for what the program does; throws with what it shows where it ends before. */
  readonly until: (holds: () => boolean) => Promise<void>
  /** Ends the program as a person does, so that it puts its things in order. */
  readonly quit: () => Promise<void>
}

interface Started {
  /** Where the socket of the terminal may lie: a path of few characters. */
  readonly scratch: string
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
}

let started = 0

export function startInTerminal(command: readonly string[], { scratch, folder, env }: Started): Terminal {
  const socket = join(scratch, `tmux-${String(started++)}`)
  const tmux = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], {
      env: { ...env, TERM: 'xterm-256color' },
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`tmux ${args.join(' ')}: ${stderr}`)
    return stdout
  }
  // Made before the program: a server that holds nothing else would end with it, and its last words with both.
  tmux(
    'start-server',
    ';',
    'set-option',
    '-g',
    'remain-on-exit',
    'on',
    ';',
    'new-session',
    '-d',
    '-x',
    '120',
    '-y',
    '45',
    '-c',
    folder,
    '--',
    ...command,
  )
  onTestFinished(() => {
    tmux('kill-server')
  })
  const screen = (): string => tmux('capture-pane', '-p')
  const hasEnded = (): boolean => tmux('display-message', '-p', '#{pane_dead}').trim() === '1'
  const press = (key: string): void => {
    tmux('send-keys', key)
  }
  return {
    screen,
    press,
    async until(holds) {
      await vi.waitUntil(() => holds() || hasEnded(), { interval: 100 }).catch(() => undefined)
      if (!holds()) throw new Error(`the program did not get there:\n${screen()}`)
    },
    async quit() {
      await vi.waitUntil(
        () => {
          const isOver = hasEnded()
          if (!isOver) press('C-c')
          return isOver
        },
        { interval: 300 },
      )
    },
  }
}
