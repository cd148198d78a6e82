import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tmpdir } from 'node:os'
import { homeAt, scratchHome } from './scratch-home.ts'
import { tomlDocuments } from './toml-documents.ts'

const fourLines = '# mine\nmodel = "gpt" # which\n\n[tui]\nnotifications = true\n'

describe('one click', () => {
  it('shows no key in a difference, neither of what it replaces nor beside it', async () => {
    const key = 'a-key-of-mine'
    const exporter = `{ otlp-http = { endpoint = "http://old/v1/logs", protocol = "json", headers = { x = "${key}" } } }`
    const text = `[mcp_servers.docs.env]\nKEY = "${key}"\n\n[otel]\nexporter = ${exporter}\n`
    const { apply, file, ask } = scratchHome(text)
    const { diff } = await ask('config.plan', { protocol: 'http' })
    expect(diff).toContain('-exporter = ')
    expect(diff).not.toContain(key)
    await apply({ protocol: 'http' })
    const undone = await ask('config.undo', {})
    expect(undone.diff).toContain('+exporter = ')
    expect(undone.diff).not.toContain(key)
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  it('sets the three exporters and an absent environment, and nothing else', async () => {
    const { apply, file, ask } = scratchHome(fourLines)
    const { changes, backup } = await apply({ protocol: 'http' })
    expect(changes.map(({ key }) => key)).toEqual([
      'otel.environment',
      'otel.exporter',
      'otel.trace_exporter',
      'otel.metrics_exporter',
    ])
    expect(readFileSync(file, 'utf8')).toBe(`${fourLines}
[otel]
environment = "dev"
exporter = { otlp-http = { endpoint = "http://127.0.0.1:4318/v1/logs", protocol = "binary" } }
trace_exporter = { otlp-http = { endpoint = "http://127.0.0.1:4318/v1/traces", protocol = "binary" } }
metrics_exporter = { otlp-http = { endpoint = "http://127.0.0.1:4318/v1/metrics", protocol = "binary" } }
`)
    expect(readFileSync(backup ?? '', 'utf8')).toBe(fourLines)
    expect((await ask('config.read', {})).values.exporter).toEqual({
      'otlp-http': { endpoint: 'http://127.0.0.1:4318/v1/logs', protocol: 'binary' },
    })
  })

  it('keeps an environment that is there, and offers to leave deltas out', async () => {
    const { ask } = scratchHome('[otel]\nenvironment = "prod"\nlog_user_prompt = true\n')
    const { text, flags } = await ask('config.plan', { protocol: 'grpc', withoutDeltas: true })
    expect(text).toBe(`[otel]
environment = "prod"
log_user_prompt = true
exporter = { otlp-grpc = { endpoint = "http://127.0.0.1:4317" } }
trace_exporter = { otlp-grpc = { endpoint = "http://127.0.0.1:4317" } }
metrics_exporter = { otlp-grpc = { endpoint = "http://127.0.0.1:4317" } }
log_sse_deltas = false
`)
    expect(flags).toContain(`--config 'otel.exporter={ otlp-grpc = { endpoint = "http://127.0.0.1:4317" } }'`)
  })

  it('makes the file, for its owner alone, where there is none; undo takes it away', async () => {
    const { apply, file, ask, files } = scratchHome(null)
    const { backup, diff } = await apply({ protocol: 'json' })
    expect(backup).toBeNull()
    expect(diff).toMatch(/^--- \/dev\/null\n/)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    await ask('config.undo', {})
    expect(files().filter((name) => name === 'config.toml')).toEqual([])
  })

  it('writes nothing when nothing changes: the time stamp stays', async () => {
    const { apply, file, files } = scratchHome(fourLines)
    await apply({ protocol: 'http' })
    const before = files()
    utimesSync(file, 1_000_000, 1_000_000)
    expect((await apply({ protocol: 'http' })).written).toBe(false)
    expect(statSync(file).mtimeMs).toBe(1_000_000_000)
    expect(files()).toEqual(before)
  })
})

describe('a safe write', () => {
  it('refuses when the file was changed since it was read', async () => {
    const { ask, file } = scratchHome(fourLines)
    const { fingerprint } = await ask('config.read', {})
    writeFileSync(file, `${fourLines}# more\n`)
    await expect(ask('config.apply', { fingerprint, protocol: 'http' })).rejects.toThrow(/changed in the meantime/)
    expect(readFileSync(file, 'utf8')).toBe(`${fourLines}# more\n`)
  })

  it('lets one of two writers through that planned on the same file', async () => {
    const { ask, file } = scratchHome(fourLines)
    const { fingerprint } = await ask('config.read', {})
    const both = await Promise.allSettled([
      ask('config.apply', { fingerprint, protocol: 'http' }),
      ask('config.apply', { fingerprint, protocol: 'grpc' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const words = readFileSync(file, 'utf8')
    expect(words.includes('otlp-http') !== words.includes('otlp-grpc')).toBe(true)
  })

  it('keeps the mode, also of the backup', async () => {
    const { apply, file } = scratchHome(fourLines)
    chmodSync(file, 0o640)
    const { backup } = await apply({ protocol: 'http' })
    expect([file, backup ?? ''].map((path) => statSync(path).mode & 0o777)).toEqual([0o640, 0o640])
  })

  it('writes through a symbolic link, and leaves it one', async () => {
    const { apply, file, home, ask } = scratchHome(null)
    const target = join(home, 'dotfiles', 'codex.toml')
    mkdirSync(join(home, 'dotfiles'))
    writeFileSync(target, fourLines)
    symlinkSync('dotfiles/codex.toml', file)
    const applied = await apply({ protocol: 'http' })
    expect(applied.target).toBe(target)
    expect(lstatSync(file).isSymbolicLink()).toBe(true)
    expect(readFileSync(target, 'utf8')).toContain('otlp-http')
    await ask('config.undo', {})
    expect(readFileSync(target, 'utf8')).toBe(fourLines)
    expect(lstatSync(file).isSymbolicLink()).toBe(true)
  })

  it('makes the target of a link that leads to nothing yet', async () => {
    const { apply, file, home } = scratchHome(null)
    symlinkSync('later/codex.toml', file)
    await apply({ protocol: 'http' })
    expect(lstatSync(file).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(home, 'later', 'codex.toml'), 'utf8')).toContain('otlp-http')
  })

  it.each([
    ['a file that does not parse', '[otel\n'],
    ['keys that are there twice', '[otel]\nenvironment = "a"\nenvironment = "b"\n'],
    ['an exporter that is a string twice', '[otel]\nexporter = "none"\nexporter = "statsig"\n'],
    ['otel as something else than a table', 'otel = 3\n'],
    ['bytes that are no text', Buffer.from([0x61, 0xff, 0x0a])],
  ])('never writes over %s', async (_, text) => {
    const { ask, apply, file, files } = scratchHome(text)
    await expect(ask('config.plan', { protocol: 'http' })).rejects.toThrow()
    await expect(apply({ protocol: 'http' })).rejects.toThrow()
    expect(readFileSync(file)).toEqual(Buffer.from(text))
    expect(files()).toEqual(['config.toml'])
  })

  it('leaves a read-only file alone', async () => {
    const { apply, file, files } = scratchHome(fourLines)
    chmodSync(file, 0o444)
    await expect(apply({ protocol: 'http' })).rejects.toThrow(/read-only/)
    expect(readFileSync(file, 'utf8')).toBe(fourLines)
    expect(files()).toEqual(['config.toml', 'data'])
  })

  it('says so when a folder stands where the file should be, or a file where the folder should', async () => {
    const { ask, home, file } = scratchHome(null)
    mkdirSync(file)
    await expect(ask('config.read', {})).rejects.toThrow(/is not a file/)
    writeFileSync(join(home, 'blocked'), '')
    const blocked = homeAt(join(home, 'blocked'), null)
    await expect(blocked.apply({ protocol: 'http' })).rejects.toThrow(/its path leads through a file/)
  })

  it('refuses a value with which Codex would not start', async () => {
    const { ask } = scratchHome(fourLines)
    const change = (key: 'log_user_prompt' | 'exporter' | 'tool_result', value: string | object) =>
      ask('config.plan', { changes: [{ key, value: value }] })
    await expect(change('log_user_prompt', 'yes')).rejects.toThrow(/otel.log_user_prompt: expected true or false/)
    await expect(change('exporter', 'otlp')).rejects.toThrow(/not an exporter/)
    await expect(change('exporter', { 'otlp-http': { endpoint: 'http://h' } })).rejects.toThrow(/protocol is missing/)
    await expect(change('tool_result', { max_bytes: 1.5 })).rejects.toThrow(/whole number/)
  })
})

describe('undo', () => {
  it('takes out only our keys when the file was changed since, an absent key becoming absent again', async () => {
    const { apply, file, ask } = scratchHome(fourLines)
    await apply({ protocol: 'http' })
    writeFileSync(file, `# first\n${readFileSync(file, 'utf8')}`)
    const { kept } = await ask('config.undo', {})
    expect(kept).toEqual([])
    expect(readFileSync(file, 'utf8').trimEnd()).toBe(`# first\n${fourLines}`.trimEnd())
  })

  it('leaves a key that was changed since as it is now', async () => {
    const { apply, file, ask } = scratchHome('[otel]\nexporter = "none" # no\n')
    await apply({ protocol: 'http' })
    writeFileSync(file, readFileSync(file, 'utf8').replace('"dev"', '"prod"'))
    expect((await ask('config.undo', { preview: true })).written).toBe(false)
    const { kept } = await ask('config.undo', {})
    expect(kept).toEqual(['otel.environment'])
    expect(readFileSync(file, 'utf8')).toBe('[otel]\nexporter = "none" # no\nenvironment = "prod"\n')
  })

  it('goes back one change at a time', async () => {
    const { apply, file, ask } = scratchHome(fourLines)
    await apply({ protocol: 'http' })
    const first = readFileSync(file, 'utf8')
    await apply({ protocol: 'grpc' })
    await ask('config.undo', {})
    expect(readFileSync(file, 'utf8')).toBe(first)
    await ask('config.undo', {})
    expect(readFileSync(file, 'utf8')).toBe(fourLines)
    await expect(ask('config.undo', {})).rejects.toThrow(/no change by Colophon/)
  })
})

it('restores the bytes of any document, writes once, and keeps its byte order mark', async () => {
  await fc.assert(
    fc.asyncProperty(tomlDocuments, fc.constantFrom('http' as const, 'grpc' as const), async (text, protocol) => {
      const root = mkdtempSync(join(tmpdir(), 'colophon-config-'))
      try {
        const { apply, ask, file } = homeAt(root, text)
        await apply({ protocol })
        const written = readFileSync(file, 'utf8')
        expect(written.startsWith('\uFEFF')).toBe(text.startsWith('\uFEFF'))
        expect((await apply({ protocol })).written).toBe(false)
        await ask('config.undo', {})
        expect(readFileSync(file, 'utf8')).toBe(text)
      } finally {
        rmSync(root, { recursive: true })
      }
    }),
    { numRuns: 100 },
  )
})
