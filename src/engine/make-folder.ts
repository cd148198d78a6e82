import * as nodeFs from 'node:fs'
import { dirname } from 'node:path'
import { whyUnwritable } from './why-unwritable.ts'

/**
 * Makes a folder and those above it, each for its owner alone. Step by step: where nothing can be made, as below /proc, `recursive` of
 * Node.js tries for ever, and holds the thread so that not even a signal ends it. What fails says which folder and why, and bears the
 * system's code.
 */
export function makeFolder(folder: string, fs: Pick<typeof nodeFs, 'mkdirSync' | 'statSync'> = nodeFs): void {
  const there = told(folder, () => fs.statSync(folder, { throwIfNoEntry: false }))
  if (there?.isDirectory() === true) return
  if (there !== undefined) throw Object.assign(new Error(`${folder} is not a folder`), { code: 'ENOTDIR' })
  if (dirname(folder) !== folder) makeFolder(dirname(folder), fs)
  told(folder, () => {
    try {
      fs.mkdirSync(folder, { mode: 0o700 })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  })
}

function told<T>(folder: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    const words = `the folder ${folder} cannot be made: ${whyUnwritable(error as NodeJS.ErrnoException)}`
    throw Object.assign(new Error(words, { cause: error }), { code: error.code })
  }
}
