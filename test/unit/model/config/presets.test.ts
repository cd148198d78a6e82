import { describe, expect, it } from 'vitest'
import { blanksOf, fillBlank } from '../../../../src/model/config/blanks.ts'
import { fromJson } from '../../../../src/model/config/json-value.ts'
import { checkOtelValue } from '../../../../src/model/config/check-otel.ts'
import { exporterKeys, signalOfExporter } from '../../../../src/model/config/otel-keys.ts'
import { readExporter } from '../../../../src/model/config/exporter-fields.ts'
import { presetChanges, presets } from '../../../../src/model/config/presets.ts'
import { readToml } from '../../../../src/engine/config/toml/read-toml.ts'
import { receivers, scratchHome } from '../../engine/config/scratch-home.ts'

const mine = '# mine\nmodel = "gpt" # which\n[otel]\nlog_user_prompt = false # private\n'

for (const preset of presets)
  describe(preset.name, () => {
    const changes = (presetChanges(preset, receivers) ?? []).map(({ key, value }) => ({ key, value }))

    it('sets the three exporters to what Codex takes, blanks and all', () => {
      expect(changes.map(({ key }) => key)).toEqual(exporterKeys)
      for (const { key, value } of changes) {
        const toml = fromJson(value)
        expect(toml === undefined ? ['nothing'] : checkOtelValue(key, toml)).toEqual([])
      }
    })

    it('is planned into a file that both parsers read, of which exactly these keys differ', async () => {
      const { text, changes: told } = await scratchHome(mine).ask('config.plan', { changes })
      expect(told.map(({ key }) => key)).toEqual(exporterKeys.map((key) => `otel.${key}`))
      const read = readToml(text)
      expect(read.ok && read.values.size).toBe(2)
      expect(text.startsWith('# mine\nmodel = "gpt" # which\n[otel]\nlog_user_prompt = false # private\n')).toBe(true)
    })

    it('has whole addresses once its blanks are filled', () => {
      for (const { key, value } of changes) {
        const filled = blanksOf(value).reduce<unknown>((v, name) => fillBlank(v, name, fillers[name] ?? 'x'), value)
        expect(blanksOf(filled)).toEqual([])
        const { kind, endpoint } = readExporter(filled)
        const { pathname, protocol } = new URL(endpoint)
        expect(protocol).toMatch(/^https?:$/)
        // Codex appends nothing: over HTTP the path names the signal.
        if (kind !== 'grpc') expect(pathname).toContain(signalOfExporter[key])
      }
    })
  })

const fillers: Readonly<Record<string, string>> = { 'http://host:4318': 'http://collector:4318' }

it('means this machine by none of the others, and nothing where no receiver listens', () => {
  const own = presets.filter(({ exporters }) => exporters === null)
  expect(own.map(({ id }) => id)).toEqual(['colophon', 'colophon-forward'])
  for (const preset of own) expect(presetChanges(preset, { http: null, grpc: null })).toBeNull()
})

it('takes gRPC where HTTP has no port', () => {
  const [colophon] = presets
  const changes = colophon === undefined ? null : presetChanges(colophon, { http: null, grpc: '0.0.0.0:4317' })
  expect(changes?.map(({ value }) => value)).toEqual(
    exporterKeys.map(() => ({ 'otlp-grpc': { endpoint: 'http://127.0.0.1:4317' } })),
  )
})

it('fills a blank wherever it stands, as it is written', () => {
  const value = { a: 'https://<id>.x/<id>', headers: { key: '<id>', other: '<token>' } }
  expect(blanksOf(value)).toEqual(['id', 'token'])
  expect(fillBlank(value, 'id', '$&')).toEqual({ a: 'https://$&.x/$&', headers: { key: '$&', other: '<token>' } })
})
