import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyChanges, sameDocument, type TomlChange } from '../../../../src/model/config/changes.ts'
import { exporterKeys, otelKeys } from '../../../../src/model/config/otel-keys.ts'
import { exporterValue } from '../../../../src/model/config/one-click.ts'
import { edited } from '../../../../src/engine/config/plan.ts'
import { readText } from '../../../../src/engine/config/toml/document.ts'
import { readToml, type ReadToml } from '../../../../src/engine/config/toml/read-toml.ts'
import { tomlDocuments } from './toml-documents.ts'

const receivers = { http: '127.0.0.1:4318', grpc: '127.0.0.1:4317' }
const exporterChange = fc.record({
  key: fc.constantFrom(...exporterKeys),
  protocol: fc.constantFrom('http' as const, 'json' as const, 'grpc' as const, 'none' as const, 'absent' as const),
})
const changes: fc.Arbitrary<readonly TomlChange[]> = fc.uniqueArray(
  fc.oneof(
    exporterChange.map(({ key, protocol }): TomlChange => {
      const path = ['otel', key]
      if (protocol === 'none') return { path, value: 'none' }
      if (protocol === 'absent') return { path, value: undefined }
      return { path, value: exporterValue(key, protocol, receivers) ?? undefined }
    }),
    fc.constantFrom<TomlChange>(
      { path: ['otel', 'environment'], value: 'a "quoted"\tname' },
      { path: ['otel', 'environment'], value: undefined },
      { path: ['otel', 'log_sse_deltas'], value: false },
      { path: ['otel', 'log_user_prompt'], value: undefined },
      { path: ['otel', 'tool_result'], value: new Map([['max_bytes', 4096n]]) },
      { path: ['model_reasoning_effort'], value: 'low' },
      { path: ['otel', 'span_attributes'], value: new Map([['team name', 'ä']]) },
    ),
  ),
  { selector: ({ path }) => path.join('.'), maxLength: otelKeys.length },
)

const withoutMark = tomlDocuments.map((text) => text.replace(/^\uFEFF/, ''))

describe('an edit of any document', () => {
  it('changes exactly the planned keys, keeps every comment and parses in both parsers', () => {
    fc.assert(
      fc.property(withoutMark, changes, (text, wanted) => {
        const before = must(readToml(text))
        const after = edited(text, wanted)
        const read = must(readToml(after))
        expect(sameDocument(read.values, applyChanges(before.values, wanted))).toBe(true)
        expect(sameDocument(read.secondValues, applyChanges(before.secondValues, wanted))).toBe(true)
        expect(commentsOf(after)).toEqual(commentsOf(text))
      }),
      { numRuns: 1000 },
    )
  })

  it('keeps the line endings, the last newline and every line that has no part in it', () => {
    fc.assert(
      fc.property(withoutMark, changes, (text, wanted) => {
        const after = edited(text, wanted)
        if (text !== '') {
          if (after !== '') expect(after.endsWith('\n')).toBe(text.endsWith('\n'))
          if (text.includes('\n')) expect(/(?<!\r)\n/.test(after)).toBe(/(?<!\r)\n/.test(text))
        }
        const left = after.split(/\r?\n/)
        for (const line of text.split(/\r?\n/)) {
          const isOurs = /otel|environment|exporter|endpoint|protocol|log_|max_bytes|^x|=\s*"1"/.test(line)
          if (line !== '' && !isOurs) expect(left).toContain(line)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('leaves a document as it is when it says everything already', () => {
    fc.assert(
      fc.property(withoutMark, changes, (text, wanted) => {
        const once = edited(text, wanted)
        expect(edited(once, wanted)).toBe(once)
      }),
      { numRuns: 300 },
    )
  })
})

function must(read: ReadToml): Extract<ReadToml, { ok: true }> {
  if (!read.ok) throw new Error(read.problem.message)
  return read
}

function commentsOf(text: string): readonly string[] {
  return readText(text)
    .comments.map(({ start, end }) => text.slice(start, end).trim())
    .sort()
}
