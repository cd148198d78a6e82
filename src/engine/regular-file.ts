import fs, { closeSync, constants, fstatSync, lstatSync, openSync, readSync, statSync, type Stats } from 'node:fs'

/**
 * Files in folders that others may write to: what looks like one may be a pipe, which holds whoever opens it until somebody
 * writes, or a device that never ends. Looked at before it is opened, since opening alone does something to some devices, and
 * again afterwards, since it may have been exchanged. Windows knows neither flag.
 */
const reading = constants.O_RDONLY | (flag('O_NONBLOCK') ?? 0)
const noLink = flag('O_NOFOLLOW') ?? 0

/** It is there, and it is not what is read here. */
export class UnfitFile extends Error {}

export interface RegularFile {
  readonly bytes: Buffer
  readonly stat: Stats
}

export interface ReadLimits {
  readonly mostBytes: number
  /** Whether a link to a file will do. */
  readonly followsLinks: boolean
}

/** Throws UnfitFile, or the system's own error. */
export function readRegularFile(path: string, { mostBytes, followsLinks }: ReadLimits): RegularFile {
  const { fd, stat } = openRegularFile(path, followsLinks)
  try {
    return { bytes: readAtMost(path, fd, mostBytes), stat }
  } finally {
    closeSync(fd)
  }
}

/** For who reads it piece by piece, and closes it. Throws like `readRegularFile`. */
export function openRegularFile(path: string, followsLinks: boolean): { readonly fd: number; readonly stat: Stats } {
  refuseOthers(path, followsLinks ? statSync(path) : lstatSync(path))
  const fd = openSync(path, followsLinks ? reading : reading | noLink)
  try {
    const stat = fstatSync(fd)
    refuseOthers(path, stat)
    return { fd, stat }
  } catch (error) {
    closeSync(fd)
    throw error
  }
}

/** The content piece by piece, for files of any length. Throws like `readRegularFile`. */
export async function* piecesOfRegularFile(path: string, pieceBytes: number): AsyncGenerator<Buffer, void> {
  refuseOthers(path, statSync(path))
  const file = await fs.promises.open(path, reading)
  try {
    refuseOthers(path, await file.stat())
    for await (const piece of file.createReadStream({ highWaterMark: pieceBytes, autoClose: false }))
      yield piece as Buffer
  } finally {
    await file.close()
  }
}

function refuseOthers(path: string, stat: Stats): void {
  if (!stat.isFile()) throw new UnfitFile(`${path} is not a file`)
}

/** Not by its size: some files of the system have none, and others grow meanwhile. */
function readAtMost(path: string, fd: number, mostBytes: number): Buffer {
  const pieces: Buffer[] = []
  for (let length = 0; ;) {
    const piece = Buffer.allocUnsafe(64 * 1024)
    const read = readSync(fd, piece)
    if (read === 0) return Buffer.concat(pieces)
    length += read
    if (length > mostBytes) throw new UnfitFile(`${path} is longer than ${inWords(mostBytes)}`)
    pieces.push(piece.subarray(0, read))
  }
}

function inWords(bytes: number): string {
  const mib = bytes / (1024 * 1024)
  return mib >= 1 ? `${String(mib)} MiB` : `${String(bytes / 1024)} KiB`
}

function flag(name: 'O_NONBLOCK' | 'O_NOFOLLOW'): number | undefined {
  return (constants as Partial<Record<typeof name, number>>)[name]
}
