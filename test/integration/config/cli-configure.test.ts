import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { configure } from '../../../src/cli/configure.ts'
import type { ConfigureOptions } from '../../../src/cli/options/configure.ts'
import { openForReading } from '../../../src/engine/store/database.ts'
import { createHttpBridge } from '../../../src/renderer/bridge/http.ts'
import { writtenFix } from '../../contract/params.ts'
import { RunningCli, startServe } from '../hosts/cli-support.ts'

const mine = '# mine\nmodel = "gpt" # which\n'

it('shows the change, makes it on request, and takes it back', async () => {
  const { home, ran } = scratch(mine)
  const shown = await ran('configure', '--grpc', '--dry-run')
  expect(shown.stdout).toMatch(/^\+trace_exporter = \{ otlp-grpc/m)
  expect(shown.stdout).toContain(`codex --config 'otel.`)
  expect(readFileSync(join(home, 'config.toml'), 'utf8')).toBe(mine)

  const made = await ran('configure', '--grpc', '--without-deltas')
  expect(made.code).toBe(0)
  expect(made.stdout).toMatch(/^backup +\S+\.bak$/m)
  expect(made.stdout).toContain('codex app-server daemon restart')
  expect(readFileSync(join(home, 'config.toml'), 'utf8')).toMatch(/^log_sse_deltas = false$/m)
  expect((await ran('configure', '--grpc', '--without-deltas')).stdout).toContain('nothing was written')

  expect((await ran('configure', '--undo')).code).toBe(0)
  expect(readFileSync(join(home, 'config.toml'), 'utf8')).toBe(mine)
  expect((await ran('configure', '--undo')).code).toBe(1)
})

it('says that it makes the folder that is not there, and with --dry-run that it would', async () => {
  const folder = scratch(null).home
  const codexHome = join(folder, 'none')
  const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  onTestFinished(() => void said.mockRestore())
  const asked = { codexHome, dataDir: join(folder, 'data'), otlpGrpcPort: null, otlpHttpPort: null, mcp: false }
  await configure({ ...asked, protocol: 'http', withoutDeltas: false, dryRun: true, undo: false } as ConfigureOptions)
  expect(said.mock.calls.join('')).toContain(`new folder ${codexHome}, which does not exist yet\n`)
  expect(existsSync(codexHome)).toBe(false)
})

it('gives the lines to write where a link leads to a file that is not ours to write', async () => {
  const { home, ran } = scratch(null)
  mkdirSync(join(home, 'dotfiles'))
  const source = join(home, 'dotfiles', 'codex.toml')
  writeFileSync(source, mine, { mode: 0o444 })
  symlinkSync(source, join(home, 'config.toml'))
  const { code, stdout, stderr } = await ran('configure', '--grpc')
  expect(code).toBe(1)
  expect(stderr).toContain('nothing was written')
  expect(stdout).toContain(`leads to ${source}, which GNU Stow, or another dotfile manager, probably manages`)
  expect(stdout).toMatch(/^\[otel\]\nenvironment = "dev"\nexporter = \{ otlp-grpc/m)
  expect(readFileSync(source, 'utf8')).toBe(mine)
  expect((await ran('configure', '--grpc', '--dry-run')).code).toBe(0)
})

it('does not touch a file that does not parse, and says where', async () => {
  const { home, ran } = scratch('[otel\n')
  const { code, stderr } = await ran('configure')
  expect(code).toBe(1)
  expect(stderr).toMatch(/config\.toml:1:\d+ does not parse/)
  expect(readdirSync(home)).toEqual(['config.toml'])
})

it('refuses what the commands do not know', async () => {
  const { ran } = scratch(null)
  expect((await ran('configure', '--http', '--grpc')).code).toBe(2)
  expect((await ran('configure', 'now')).code).toBe(2)
  expect((await ran('doctor', '--undo')).code).toBe(2)
})

it('leads Codex to a receiver that runs, after which the doctor finds nothing', async () => {
  const { home, data, ran } = scratch(null)
  const { otlpGrpc, otlpHttp, url, token } = await startServe(data).announced()
  const ports = [
    '--otlp-http-port',
    new URL(otlpHttp ?? '').port,
    '--otlp-grpc-port',
    (otlpGrpc ?? '').split(':')[1] ?? '',
  ]
  const sick = await ran('doctor', ...ports)
  expect(sick.code).toBe(1)
  expect(sick.stdout).toMatch(/^ {4}\+exporter = /m)

  const ask = async (name: string, params: object): Promise<Record<string, unknown>> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await fetch(`${url}/api/${name}`, { method: 'POST', headers, body: JSON.stringify(params) })
    return (await answer.json()) as Record<string, unknown>
  }
  // The page's way: the same plan, from the receivers that run.
  const request = { codexHome: home, protocol: 'json' }
  expect(JSON.stringify(await ask('config.plan', request))).toContain(`${otlpHttp ?? ''}/v1/traces`)

  expect((await ran('configure', '--json', ...ports)).code).toBe(0)
  const well = await ran('doctor', ...ports)
  expect(well.stdout).toContain('Nothing is wrong')
  expect(well.code).toBe(0)
})

it('lets Insights know of a fix that it takes back, whether or not a Colophon runs', async () => {
  const { home, data, ran } = scratch(mine)
  const serving = startServe(data)
  const { url, token } = await serving.announced()
  const inPlace = (): unknown => {
    const db = openForReading(data)
    const kinds = db.prepare('SELECT kind FROM finding_fix').pluck().all()
    db.close()
    return kinds
  }
  const fixed = async (): Promise<void> => {
    await writtenFix(createHttpBridge({ base: url, token, onUnauthorized: () => undefined }), home)
    expect(inPlace()).toEqual(['reasoning-share'])
  }
  await fixed()
  expect(await ran('configure', '--undo')).toMatchObject({ code: 0, stderr: '' })
  expect(inPlace()).toEqual([])

  await fixed()
  serving.process.kill('SIGTERM')
  await serving.exitCode()
  expect(await ran('configure', '--undo')).toMatchObject({ code: 0, stderr: '' })
  expect(inPlace()).toEqual([])
  expect(readFileSync(join(home, 'config.toml'), 'utf8')).toBe(mine)
})

interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A Codex folder and a data folder of its own; commands run on them. */
function scratch(text: string | null) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'colophon-configure-')))
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true })
  })
  const home = mkdtempSync(join(root, 'codex-'))
  const data = mkdtempSync(join(root, 'data-'))
  if (text !== null) writeFileSync(join(home, 'config.toml'), text)
  const ran = async (name: 'configure' | 'doctor', ...args: string[]): Promise<Ran> => {
    const cli = new RunningCli([name, '--codex-home', home, '--data', data, ...args])
    const code = await cli.exitCode()
    return { code, stdout: cli.stdout, stderr: cli.stderr }
  }
  return { home, data, ran }
}
