import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyChanges, differences, sameDocument } from '../../../../src/model/config/changes.ts'
import { commandLineFlags } from '../../../../src/model/config/flags.ts'
import { effectiveValues } from '../../../../src/model/config/layers.ts'
import { oneClickChanges } from '../../../../src/model/config/one-click.ts'
import { keyText, valueText } from '../../../../src/model/config/toml-text.ts'
import { sameToml, type TomlTable, type TomlValue } from '../../../../src/model/config/toml-value.ts'
import { readToml } from '../../../../src/engine/config/toml/read-toml.ts'

const scalar: fc.Arbitrary<TomlValue> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.boolean(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.double(),
)
const key = fc.string({ unit: 'binary' })
const { value: anyValue } = fc.letrec<{ value: TomlValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .uniqueArray(fc.tuple(key, tie('value')), { maxLength: 3, selector: ([name]) => name })
      .map((pairs) => new Map(pairs)),
  ),
}))

it('writes every value and key so that both parsers read the same', () => {
  fc.assert(
    fc.property(key, anyValue, (name, value) => {
      const read = readToml(`${keyText([name])} = ${valueText(value)}\n`)
      if (!read.ok) throw new Error(read.problem.message)
      expect(sameToml(read.values.get(name), value)).toBe(true)
      expect(sameToml(read.secondValues.get(name), value)).toBe(true)
    }),
  )
})

it('tells differences that lead from one document to the other', () => {
  const tables = fc
    .uniqueArray(fc.tuple(fc.constantFrom('otel', 'a', 'b'), anyValue), { selector: ([name]) => name })
    .map((pairs): TomlTable => new Map(pairs))
  fc.assert(
    fc.property(tables, tables, (before, after) => {
      const changes = differences(before, after).map(({ path, after: value }) => ({ path, value }))
      expect(sameDocument(applyChanges(before, changes), after)).toBe(true)
    }),
  )
})

describe('one click', () => {
  it('does nothing for a protocol that nothing listens for', () => {
    const options = { protocol: 'grpc', withoutDeltas: false } as const
    expect(oneClickChanges(new Map(), { http: '127.0.0.1:1', grpc: null }, options)).toBeNull()
  })
})

it('quotes flags for a shell', () => {
  const changes = [{ path: ['otel', 'environment'], value: "it's" }]
  expect(commandLineFlags(changes)).toBe(`--config 'otel.environment="it'\\''s"'`)
})

describe('the effective value', () => {
  const layer = (kind: 'user' | 'requirements' | 'system', otel: readonly (readonly [string, TomlValue])[]) => ({
    kind,
    file: `/${kind}`,
    values: new Map([['otel', new Map(otel)]]),
  })
  const valueOf = (key: string, ...layers: ReturnType<typeof layer>[]) => {
    const found = effectiveValues(layers).find((each) => each.key === key)
    return [found?.layer, found?.value]
  }

  it('is the default where no file says anything: metrics go to Statsig', () => {
    expect(valueOf('metrics_exporter')).toEqual(['default', 'statsig'])
  })

  it('is that of the strongest layer, which is the requirements', () => {
    const layers = [layer('system', [['exporter', 'statsig']]), layer('user', [['exporter', 'none']])]
    expect(valueOf('exporter', ...layers)).toEqual(['user', 'none'])
    expect(valueOf('exporter', ...layers, layer('requirements', [['exporter', 'statsig']]))).toEqual([
      'requirements',
      'statsig',
    ])
  })

  it('merges maps key by key', () => {
    const user = layer('user', [
      [
        'span_attributes',
        new Map([
          ['team', 'a'],
          ['who', 'me'],
        ]),
      ],
    ])
    const required = layer('requirements', [['span_attributes', new Map([['team', 'b']])]])
    expect(valueOf('span_attributes', user, required)).toEqual([
      'requirements',
      new Map([
        ['team', 'b'],
        ['who', 'me'],
      ]),
    ])
  })
})
