import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { sessionFileSchema } from '../../../src/model/exchange/session-file.ts'
import { redactionKind } from '../../../src/model/exchange/redaction.ts'
import { captureNames, loadCapture, shuffled } from '../../captures.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { countRows, readFacts } from '../engine/tables.ts'
import { exportedJson, exportText, importPaths, producer, reading, storeCapture, withoutReport } from './sessions.ts'

const schemaFile = new URL('../../../docs/colophon.session.schema.json', import.meta.url)
const schema = JSON.parse(readFileSync(schemaFile, 'utf8')) as object
const isSession = new Ajv2020({ strict: false }).compile(schema)

test('the published schema is the one that the program checks by (node scripts/write-schema.mjs)', () => {
  expect(schema).toEqual(sessionFileSchema())
})

test.each(captureNames)('each session of %s', async (name) => {
  await inTemporaryFolder(async (folder) => {
    const first = join(folder, 'first')
    const ids = storeCapture(first, name)
    const shuffledOne = join(folder, 'shuffled')
    storeCapture(shuffledOne, name, shuffled(loadCapture(name).bodies, 7))
    const received = { rows: countRows(first), facts: readFacts(first) }
    for (const id of ids) {
      const text = exportedJson(first, id)
      expect(isSession(JSON.parse(text)), JSON.stringify(isSession.errors)).toBe(true)
      const isSame = (dataDir: string) => exportedJson(dataDir, id) === text
      expect(isSame(shuffledOne), 'the same in whatever order its records arrived').toBe(true)

      const file = join(folder, `${id}.json`)
      writeFileSync(file, text)
      const second = join(folder, `of ${id}`)
      expect(await importPaths(second, file)).toMatchObject([{ error: null, known: 0, rejected: 0, sessionId: id }])
      expect(isSame(second), 'the same to the byte when it was imported').toBe(true)

      const lines = join(folder, `${id}.jsonl`)
      writeFileSync(
        lines,
        reading(first, (db) => exportText(db, request(id, 'otlp'))),
      )
      const third = join(folder, `lines of ${id}`)
      await importPaths(third, lines)
      expect(isSame(third), 'the same to the byte when it was imported as OTLP').toBe(true)

      const [again] = await importPaths(first, file)
      expect(again?.known).toBe((again?.records.traces ?? 0) + (again?.records.logs ?? 0))
    }
    expect({ rows: countRows(first), facts: readFacts(first) }, 'not changed by what is there already').toEqual(
      received,
    )
  })
})

test('a file that is imported once more, even twice at once, adds nothing', async () => {
  await inTemporaryFolder(async (folder) => {
    const [id = ''] = storeCapture(join(folder, 'first'), '16_tui')
    const file = join(folder, 'session.json')
    writeFileSync(file, exportedJson(join(folder, 'first'), id))
    const second = join(folder, 'second')
    await importPaths(second, file)
    const before = { rows: countRows(second), facts: readFacts(second) }
    await importPaths(second, file, file)
    expect({ rows: countRows(second), facts: readFacts(second) }).toEqual(before)
  })
})

test.each(['01_code_multi', '09_subagents', '16_tui', '28_guardian'])(
  '%s with everything redacted is a session of the same shape, and stays what it is when it is imported',
  async (name) => {
    await inTemporaryFolder(async (folder) => {
      const dataDir = join(folder, 'data')
      for (const id of storeCapture(dataDir, name)) {
        const whole = JSON.parse(exportedJson(dataDir, id)) as Shape
        const text = reading(dataDir, (db) => exportText(db, { ...request(id, 'json'), redact: redactionKind.options }))
        const redacted = JSON.parse(text) as Shape
        expect(shapeOf(redacted)).toEqual(shapeOf(whole))
        expect(isSession(redacted)).toBe(true)
        expect(text).not.toMatch(/\/home\/dev|fake\.user@|acct-FAKE|SCN:/)
        for (const format of ['otlp', 'perfetto', 'markdown'] as const) {
          const other = reading(dataDir, (db) =>
            exportText(db, { ...request(id, format), redact: redactionKind.options }),
          )
          expect(other).not.toMatch(/\/home\/dev|fake\.user@|acct-FAKE|SCN:/)
        }
        const file = join(folder, `${id}.json`)
        writeFileSync(file, text)
        const second = join(folder, `of ${id}`)
        await importPaths(second, file)
        expect(exportedJson(second, id) === withoutReport(text)).toBe(true)
      }
    })
  },
)

interface Shape {
  readonly sessions: readonly { readonly id: string; readonly kind: string; readonly parentId: string | null }[]
  readonly facts: Readonly<Record<string, readonly { readonly exitCode?: number | null }[]>>
}

/** What a redaction must not change: who is whose helper, how many of what, and how commands ended. */
function shapeOf({ sessions, facts }: Shape) {
  return {
    sessions: sessions.map(({ id, kind, parentId }) => ({ id, kind, parentId })),
    facts: Object.entries(facts).map(([name, rows]) => [name, rows.map(({ exitCode }) => exitCode)]),
  }
}

function request(id: string, format: 'json' | 'otlp' | 'perfetto' | 'markdown') {
  return { id, format, redact: [], version: producer.version }
}
