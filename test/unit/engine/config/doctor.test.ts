import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import type { Finding } from '../../../../src/contract/config.ts'
import { receiversOf } from '../../../integration/config/receivers-of.ts'
import { scratchHome, type ScratchHome } from './scratch-home.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

const grpc = (port: number, keys = ['exporter', 'trace_exporter', 'metrics_exporter']): string =>
  `[otel]\n${keys.map((key) => `${key} = { otlp-grpc = { endpoint = "http://127.0.0.1:${String(port)}" } }\n`).join('')}`

it('finds nothing where all three exporters reach a receiver', async () => {
  expect(await codes(await homeWith(grpc))).toEqual([])
})

it.each([
  ['a file that does not parse', () => '[otel\n', ['does_not_parse']],
  ['nothing set at all', () => '', ['nothing_exported', 'metrics_to_statsig']],
  ['one exporter of three', (port: number) => grpc(port, ['exporter']), ['some_exporters', 'metrics_to_statsig']],
  [
    'metrics to Statsig by name',
    (port: number) => `${grpc(port, ['exporter', 'trace_exporter'])}metrics_exporter = "statsig"\n`,
    ['some_exporters', 'metrics_to_statsig'],
  ],
  ['a string beside a sub-table', (port: number) => twice(port), ['exporter_twice']],
  ['a protocol that is missing', (port: number) => broken(port, 'v1/logs', ''), ['missing_protocol']],
  ['a protocol of another kind', (port: number) => broken(port, 'v1/logs', ', protocol = "grpc"'), ['unknown_variant']],
  ['an endpoint without a path', (port: number) => broken(port, '', ', protocol = "json"'), ['endpoint_without_path']],
  [
    'the path of another signal',
    (port: number) => broken(port, 'v1/traces', ', protocol = "json"'),
    ['endpoint_of_other_signal'],
  ],
  ['an unknown kind of exporter', (port: number) => `${grpc(port, others)}exporter = "otlp"\n`, ['unknown_variant']],
  ['a wrong type', (port: number) => `${grpc(port)}log_user_prompt = "yes"\n`, ['wrong_type']],
  [
    'a fraction for a whole number',
    (port: number) => `${grpc(port)}tool_result = { max_bytes = 1.0 }\n`,
    ['wrong_type'],
  ],
  ['a key that Codex does not know', (port: number) => `${grpc(port)}compression = "gzip"\n`, ['unknown_key']],
  ['a port that nobody listens on', () => grpc(1), ['nobody_listens', 'nobody_listens', 'nobody_listens']],
  ['an address without a scheme', (port: number) => grpc(port).replace('http://', ''), ['bad_endpoint']],
] as const)('finds %s', async (_, text, wanted) => {
  expect(await codes(await homeWith(text))).toEqual(wanted)
})

const others = ['trace_exporter', 'metrics_exporter']
const broken = (port: number, path: string, protocol: string): string =>
  `${grpc(port, others)}exporter = { otlp-http = { endpoint = "http://127.0.0.1:${String(httpPort)}/${path}"${protocol} } }\n`
const twice = (port: number): string =>
  `${grpc(port, others)}exporter = "otlp-grpc" # mine\n[otel.exporter.otlp-grpc]\nendpoint = "http://127.0.0.1:${String(port)}"\n`

it.each([
  ['a string beside a sub-table', twice, 'exporter_twice'],
  ['a missing protocol', (port: number) => broken(port, 'v1/logs', ''), 'missing_protocol'],
  ['an endpoint without a path', (port: number) => broken(port, '', ', protocol = "json"'), 'endpoint_without_path'],
  ['a wrong type', (port: number) => `${grpc(port)}log_user_prompt = "yes"\n`, 'wrong_type'],
  ['an address without a scheme', (port: number) => grpc(port).replace('http://', ''), 'bad_endpoint'],
])('offers a fix for %s, after which nothing is wrong', async (_, text, code) => {
  const home = await homeWith(text)
  const found = (await findings(home)).find((each) => each.code === code)
  expect(found?.fix?.diff).toMatch(/^[-+]/m)
  expect(found?.line).toBeGreaterThan(0)
  await home.apply(found?.fix?.request ?? {})
  expect(await codes(home)).toEqual([])
})

it('finds an [otel] in a project, from its root down', async () => {
  const home = await homeWith(grpc)
  const project = join(home.home, 'project', 'inner')
  mkdirSync(join(project, '..', '.codex'), { recursive: true })
  mkdirSync(join(project, '..', '.git'), { recursive: true })
  mkdirSync(project, { recursive: true })
  writeFileSync(join(project, '..', '.codex', 'config.toml'), '[otel]\nexporter = "none"\n')
  const { findings } = await home.ask('config.doctor', { project })
  expect(findings.map(({ code }) => code)).toEqual(['project_otel'])
})

it.each(['OTEL_EXPORTER_OTLP_COMPRESSION=gzip', 'OTEL_SDK_DISABLED=true', 'OTEL_TRACES_SAMPLER=always_off'])(
  'finds %s in the environment',
  async (setting) => {
    const [name = '', value = ''] = setting.split('=')
    vi.stubEnv(name, value)
    const found = await findings(await homeWith(grpc))
    expect(found.map(({ code, key }) => [code, key])).toEqual([['environment_variable', name]])
  },
)

it('says which layer set the value that holds', async () => {
  const home = await homeWith(grpc)
  mkdirSync(join(home.home, 'system'))
  const file = join(home.home, 'system', 'requirements.toml')
  writeFileSync(file, '[otel]\nexporter = "none"\n')
  writeFileSync(join(home.home, 'quiet.config.toml'), '[otel]\ntrace_exporter = "none"\n')
  const { findings, effective } = await home.ask('config.doctor', {})
  expect(findings.map(({ code, key }) => [code, key])).toEqual([
    ['overridden', 'otel.exporter'],
    ['profile_otel', null],
  ])
  expect(effective.find(({ key }) => key === 'exporter')).toEqual({
    key: 'exporter',
    value: '"none"',
    layer: 'requirements',
    file,
  })
})

async function findings(home: ScratchHome): Promise<readonly Finding[]> {
  return (await home.ask('config.doctor', {})).findings
}

async function codes(home: ScratchHome): Promise<readonly string[]> {
  return (await findings(home)).map(({ code }) => code)
}

/** Of the receiver over HTTP that runs for the test. */
let httpPort = 0

/** A folder whose file is made for the ports of its receivers. */
async function homeWith(text: (grpcPort: number) => string): Promise<ScratchHome> {
  const scratch = scratchHome(null)
  mkdirSync(scratch.dataDir)
  const at = await receiversOf(scratch.dataDir)
  const portOf = (address: string): number => Number(address.slice(address.lastIndexOf(':') + 1))
  httpPort = portOf(at.http)
  scratch.write(text(portOf(at.grpc)))
  return scratch
}

it.each([
  ['in a loop of links', 'loop'],
  ['below a loop of links', 'loop/below'],
  ['below a file', 'file/below'],
  ['under a name that is too long', 'n'.repeat(300)],
])('tells of a CODEX_HOME %s, and of a project there', async (_, name) => {
  const { home, ask } = scratchHome(null)
  symlinkSync('loop', join(home, 'loop'))
  writeFileSync(join(home, 'file'), '')
  const codexHome = join(home, name)
  vi.stubEnv('CODEX_HOME', codexHome)
  const { findings } = await ask('config.doctor', { codexHome })
  expect(findings.map(({ code }) => code)).toEqual(expect.arrayContaining(['unreadable', 'codex_home']))
  expect(JSON.stringify(findings)).not.toMatch(/stat '/)
  await expect(ask('config.plan', { codexHome })).rejects.toMatchObject({ code: 'bad_request' })
  expect((await ask('config.homes', {})).homes[0]).toMatchObject({ path: codexHome, exists: false })
  await expect(ask('config.doctor', { project: codexHome })).rejects.toThrow(/there is no folder/)
})
