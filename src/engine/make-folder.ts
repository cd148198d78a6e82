import * as nodeFs from 'node:fs'
import { dirname } from 'node:path'
import { sayingWhy } from './saying-why.ts'

/**
 * Makes a folder and those above it, each for its owner alone. Step by step: where nothing can be made, as below /proc, `recursive` of
 * Node.js tries for ever, and holds the thread so that not even a signal ends it. What fails says which folder and why, and bears the
 * system's code.
 */
export function makeFolder(folder: string, fs: Pick<typeof nodeFs, 'mkdirSync' | 'statSync'> = nodeFs): void {
  const what = `the folder ${folder} cannot be made`
  const there = sayingWhy(what, () => fs.statSync(folder, { throwIfNoEntry: false }))
  if (there?.isDirectory() === true) return
  if (there !== undefined) throw Object.assign(new Error(`${folder} is not a folder`), { code: 'ENOTDIR' })
  if (dirname(folder) !== folder) makeFolder(dirname(folder), fs)
  sayingWhy(what, () => {
    try {
      fs.mkdirSync(folder, { mode: 0o700 })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  })
}
