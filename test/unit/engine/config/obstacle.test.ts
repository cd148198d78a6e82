import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { obstacleOf } from '../../../../src/engine/config/obstacle.ts'
import { realFileSystem, type FileSystem } from '../../../../src/engine/config/file-system.ts'
import { homeAt, scratchHome, type ScratchHome } from './scratch-home.ts'

const old = '# kept in dot files\n[tui]\nnotifications = true\n[otel]\nenvironment = "mine"\n'

/** A config.toml that is a link to a file in a folder of its own. */
function linked(folder: string, fs: FileSystem = realFileSystem): ScratchHome & { readonly source: string } {
  const { home, file } = scratchHome(null)
  mkdirSync(join(home, folder), { recursive: true })
  const source = join(home, folder, 'codex.toml')
  writeFileSync(source, old)
  symlinkSync(source, file)
  return { ...homeAt(home, null, fs), source }
}

/** As a file system that is mounted read-only answers, for everybody. */
function readOnly(...folders: readonly string[]): FileSystem {
  return {
    ...realFileSystem,
    accessSync: (path, mode) => {
      if (folders.some((each) => String(path).endsWith(each)))
        throw Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS' })
      realFileSystem.accessSync(path, mode)
    },
  }
}

it('says who probably manages the file that a link leads to, and what to write there', async () => {
  const home = linked('dotfiles')
  chmodSync(home.source, 0o444)
  const { obstacle, lines } = await home.ask('config.plan', { protocol: 'http' })
  expect(obstacle).toContain(`${home.file} leads to ${home.source}, which GNU Stow, or another dotfile manager,`)
  expect(obstacle).toContain('which is read-only: make the change in its source')
  const refusal = await home.apply({ protocol: 'http' }).catch(String)
  expect(refusal).toContain(`nothing was written: ${obstacle ?? ''}\n\n${lines}`)
  expect(readFileSync(home.source, 'utf8')).toBe(old)
  expect(home.files()).toEqual(['config.toml', 'data', 'dotfiles'])
})

it('gives lines that make the file say what was asked for', async () => {
  const home = linked('store', readOnly('store'))
  const { lines } = await home.ask('config.plan', { protocol: 'grpc' })
  expect(lines.startsWith('[otel]\nexporter = ')).toBe(true)
  const elsewhere = scratchHome(`${lines}environment = "mine"\n`)
  expect((await elsewhere.ask('config.plan', { protocol: 'grpc' })).diff).toBe('')
})

it('hides secrets in the lines, and gives other tables their full names', async () => {
  const home = linked('store', readOnly('store'))
  const text = `${old.replace('true', 'false')}exporter = { otlp-http = { endpoint = "http://127.0.0.1:1/v1/logs", protocol = "json", headers = { a = "s3cret-value" } } }\n`
  const { lines } = await home.ask('config.plan', { text })
  expect(lines).toMatch(/^tui\.notifications = false\n\n\[otel\]\nexporter = .*a = "•••"/)
  expect(lines).not.toContain('s3cret')
})

it('says which lines to take out again', async () => {
  const home = linked('store', readOnly('store'))
  const { lines } = await home.ask('config.plan', { changes: [{ key: 'environment', value: null }] })
  expect(lines).toBe('[otel]\n# without environment\n')
})

it('knows a read-only folder by its answer, before anything is tried, and names another program where it knows none', async () => {
  const home = linked('store', readOnly('store'))
  const { obstacle } = await home.ask('config.read', {})
  expect(obstacle).toContain('another program probably manages and which cannot be replaced')
  expect(obstacle).toContain('store is not writable (EROFS)')
})

it('gives the lines, too, where the system refuses what it seemed to allow', async () => {
  const home = linked('store', {
    ...realFileSystem,
    writeFileSync: () => {
      throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' })
    },
  })
  await expect(home.apply({ protocol: 'http' })).rejects.toThrow(
    /nothing was written: EACCES[^]*\n\n\[otel\]\nexporter = /,
  )
})

it('writes through a link into dot files that can be written', async () => {
  const home = linked('dotfiles')
  expect((await home.apply({ protocol: 'http' })).written).toBe(true)
  expect(readFileSync(home.source, 'utf8')).toContain('trace_exporter')
})

it('says the same of an undo', async () => {
  const home = linked('dotfiles')
  await home.apply({ protocol: 'http' })
  chmodSync(home.source, 0o444)
  const { obstacle, lines } = await home.ask('config.undo', { preview: true })
  expect(obstacle).toContain('read-only')
  expect(lines).toContain('# without exporter')
  await expect(home.ask('config.undo', {})).rejects.toThrow(/nothing was written/)
  expect((await home.ask('config.read', {})).undoable).toBe(true)
})

it.each([
  ['/nix/store/4fqz-home-manager-files/.codex/config.toml', 'Nix (home-manager)'],
  ['/gnu/store/9x-home/config.toml', 'Guix'],
])('never writes to %s, which %s keeps, whoever asks', (identity, keeper) => {
  const path = '/home/ada/.codex/config.toml'
  const obstacle = obstacleOf({ path, target: identity, identity, mode: 0o644 }, realFileSystem)
  expect(obstacle).toBe(
    `${path} leads to ${identity}, which ${keeper} probably manages and which is read-only to other programs: make the change in its source`,
  )
})

it('knows the keeper, too, where the whole folder is a link', async () => {
  const { home } = scratchHome(null)
  mkdirSync(join(home, 'chezmoi', 'codex'), { recursive: true })
  symlinkSync(join(home, 'chezmoi', 'codex'), join(home, 'linked'))
  const inner = homeAt(join(home, 'linked'), old, readOnly('linked', 'codex'))
  expect((await inner.ask('config.read', {})).obstacle).toContain('which chezmoi probably manages')
  rmSync(join(home, 'linked'))
})
