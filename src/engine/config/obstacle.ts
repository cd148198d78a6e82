import { dirname } from 'node:path'
import { constants } from 'node:fs'
import { isErrno, statOf, type FileSystem } from './file-system.ts'

interface Keeper {
  readonly place: RegExp
  readonly name: string
  /** What lies there is never written by hand, even where root could: the program counts on it. */
  readonly isSealed?: boolean
}

const keepers: readonly Keeper[] = [
  { place: /^\/nix\/store\//, name: 'Nix (home-manager)', isSealed: true },
  { place: /^\/gnu\/store\//, name: 'Guix', isSealed: true },
  { place: /\/\.?chezmoi\//, name: 'chezmoi' },
  { place: /\/\.?yadm\//, name: 'yadm' },
  { place: /\/\.?(?:dotfiles|stow)\//, name: 'GNU Stow, or another dotfile manager,' },
]

export interface Place {
  readonly path: string
  readonly target: string
  readonly identity: string
  readonly mode: number | null
}

/** Why the file is not ours to write, with the program that probably makes it; null: it can be written. */
export function obstacleOf(place: Place, fs: FileSystem): string | null {
  const { path, target, identity } = place
  const keeper = keepers.find((each) => each.place.test(identity))
  const why = keeper?.isSealed === true ? 'is read-only to other programs' : whyNot(place, fs)
  if (why === null) return null
  const isLed = identity !== path && (target !== path || keeper !== undefined)
  if (!isLed) return `${target} ${why}`
  return `${path} leads to ${identity}, which ${keeper?.name ?? 'another program'} probably manages and which ${why}: make the change in its source`
}

function whyNot({ target, mode }: Place, fs: FileSystem): string | null {
  // Renaming over a read-only file would succeed, and whoever made it so did not mean that.
  if (mode !== null && (mode & 0o222) === 0) return 'is read-only'
  const folder = existing(dirname(target), fs)
  try {
    fs.accessSync(folder, constants.W_OK)
    return null
  } catch (error) {
    if (!isErrno(error)) throw error
    return `cannot be replaced, because ${folder} is not writable (${error.code ?? error.message})`
  }
}

/** What is there of a folder's path: the rest will be made. */
function existing(folder: string, fs: FileSystem): string {
  const isThere = statOf(folder, fs) !== undefined
  return isThere || dirname(folder) === folder ? folder : existing(dirname(folder), fs)
}
