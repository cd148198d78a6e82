import type { StartProcess } from '../engine/index.ts'

/** What the command line is given by the program that it runs in: plain Node, or the packaged app. */
export interface CommandHost {
  /** The package's folder, with `out`, `resources` and package.json. */
  readonly packageDir: string
  /** Left out: Node's own child processes. */
  readonly startProcess?: StartProcess
  /** Resolves when a command that runs on has to end; left out: at the first SIGINT or SIGTERM. */
  readonly untilStopped?: () => Promise<void>
}
