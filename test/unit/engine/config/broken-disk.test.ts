import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { realFileSystem, type FileSystem } from '../../../../src/engine/config/file-system.ts'
import { homeAt, scratchHome } from './scratch-home.ts'

const old = '# mine\n[tui]\nnotifications = true\n'
const writing = [
  'closeSync',
  'fchmodSync',
  'fsyncSync',
  'mkdirSync',
  'openSync',
  'renameSync',
  'rmSync',
  'writeFileSync',
] as const

/** A file system on which the n-th step that writes, and every later one when `isDead`, fails. */
function failing(
  at: number,
  { code, isDead }: { readonly code: string; readonly isDead: boolean },
): FileSystem & { steps: () => number } {
  let steps = 0
  const fs: Record<string, unknown> = { ...realFileSystem }
  for (const name of writing) {
    const real = realFileSystem[name] as (...args: unknown[]) => unknown
    fs[name] = (...args: unknown[]) => {
      steps++
      if (steps === at || (isDead && steps > at)) {
        // A disk fills up in the middle of a write.
        if (name === 'writeFileSync') real(args[0], (args[1] as Buffer).subarray?.(0, 10) ?? '', args[2])
        throw Object.assign(new Error(`${code}: ${name}`), { code })
      }
      return real(...args)
    }
  }
  return { ...(fs as unknown as FileSystem), steps: () => steps }
}

async function stepsOfOneWrite(): Promise<number> {
  const fs = failing(Infinity, { code: '', isDead: false })
  await scratchHome(old, fs).apply({ protocol: 'http' })
  return fs.steps()
}

describe('when the process dies, or a step fails', () => {
  it('leaves the old or the new file, whole, whichever step is the last; the next attempt works', async () => {
    const wanted = (await scratchHome(old).ask('config.plan', { protocol: 'http' })).text
    const steps = await stepsOfOneWrite()
    expect(steps).toBeGreaterThan(10)
    const seen = new Set<string>()
    for (let at = 1; at <= steps; at++) {
      const home = scratchHome(old, failing(at, { code: 'EIO', isDead: true }))
      await home.apply({ protocol: 'http' }).catch(() => undefined)
      const left = readFileSync(home.file, 'utf8')
      expect([old, wanted], `after step ${String(at)}`).toContain(left)
      seen.add(left)
      const later = { ...realFileSystem, lstatSync: aged() }
      const again = await homeAt(home.home, null, later).apply({ protocol: 'http' })
      expect(again.text).toBe(wanted)
      expect(readFileSync(home.file, 'utf8')).toBe(wanted)
      // A lock left by a write that was done goes with the next write.
      if (again.written) expect(home.files().filter((name) => name.includes('colophon'))).toEqual([])
    }
    expect(seen.size).toBe(2)
  })

  it('says that nothing was written when the disk is full, and leaves nothing behind', async () => {
    const steps = await stepsOfOneWrite()
    const { length } = await renamesBefore()
    for (let at = 1; at < length; at++) {
      const home = scratchHome(old, failing(at, { code: 'ENOSPC', isDead: false }))
      const failure = await home.apply({ protocol: 'http' }).catch((error: unknown) => error)
      if (!(failure instanceof Error)) continue
      expect(failure.message).toMatch(/nothing was written: ENOSPC/)
      expect(readFileSync(home.file, 'utf8')).toBe(old)
      expect(home.files().filter((name) => name !== 'data')).toEqual(['config.toml'])
    }
    expect(length).toBeLessThan(steps)
  })

  it('puts the old file back when what was written reads differently', async () => {
    let isRenamed = false
    const fs: FileSystem = {
      ...realFileSystem,
      renameSync: (from, to) => {
        if (!isRenamed) realFileSystem.writeFileSync(from, 'otel = "broken on its way"\n')
        isRenamed = true
        realFileSystem.renameSync(from, to)
      },
    }
    const { apply, file } = scratchHome(old, fs)
    await expect(apply({ protocol: 'http' })).rejects.toThrow(/put back/)
    expect(readFileSync(file, 'utf8')).toBe(old)
  })

  it('notices a change made between its first look and the rename', async () => {
    let file = ''
    const fs: FileSystem = {
      ...realFileSystem,
      fsyncSync: (fd) => {
        realFileSystem.writeFileSync(file, `${old}# meanwhile\n`)
        realFileSystem.fsyncSync(fd)
      },
    }
    const home = scratchHome(old, fs)
    file = home.file
    await expect(home.apply({ protocol: 'http' })).rejects.toThrow(/changed in the meantime/)
    expect(readFileSync(file, 'utf8')).toBe(`${old}# meanwhile\n`)
    expect(home.files().filter((name) => name !== 'data')).toEqual(['config.toml'])
  })

  it('waits for no lock: another writer at work is told', async () => {
    const { apply, file } = scratchHome(old)
    realFileSystem.writeFileSync(`${file}.colophon-lock`, 'somebody')
    await expect(apply({ protocol: 'http' })).rejects.toThrow(/being written/)
    expect(readFileSync(file, 'utf8')).toBe(old)
  })
})

/** The names of the steps up to the rename that makes the change. */
async function renamesBefore(): Promise<readonly string[]> {
  const names: string[] = []
  const fs: Record<string, unknown> = { ...realFileSystem }
  for (const name of writing) {
    const real = realFileSystem[name] as (...args: unknown[]) => unknown
    fs[name] = (...args: unknown[]) => {
      names.push(name)
      return real(...args)
    }
  }
  await scratchHome(old, fs as unknown as FileSystem).apply({ protocol: 'http' })
  return names.slice(0, names.indexOf('renameSync') + 1)
}

/** Locks look an hour old. */
function aged(): FileSystem['lstatSync'] {
  const aged = (path: string, options: object): unknown => {
    const stat = realFileSystem.lstatSync(path, options)
    return stat !== undefined && path.endsWith('-lock') ? Object.assign(stat, { mtimeMs: 0 }) : stat
  }
  return aged as unknown as FileSystem['lstatSync']
}
