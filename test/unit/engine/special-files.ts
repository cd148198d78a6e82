import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'

/** What may lie under a file's name and is none. A pipe without a writer holds for ever whoever opens it as a file. */
export const specialFiles: readonly (readonly [kind: string, make: (path: string) => void])[] = [
  ['a pipe', makePipe],
  ['a folder', (path) => mkdirSync(path)],
  ['a device', (path) => symlinkSync('/dev/zero', path)],
  [
    'a link to a pipe',
    (path) => {
      makePipe(`${path}-pipe`)
      symlinkSync(`${path}-pipe`, path)
    },
  ],
]

export function makePipe(path: string): void {
  execFileSync('mkfifo', [path])
}
