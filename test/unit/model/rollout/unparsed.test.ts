import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  factsOfLine,
  headLength,
  headOf,
  newFieldsOf,
  newRolloutState,
  unparsed,
} from '../../../../src/model/codex/rollout/reader.ts'
import { loadRolloutRun, rolloutRuns } from '../../../rollouts.ts'

const folder = mkdtempSync(join(tmpdir(), 'colophon-unparsed-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const name = { threadId: 'thread', rolloutId: 'thread', startedLocal: '', packed: false }
const kindOf = (line: string): string => headOf(line.slice(0, headLength))?.kind ?? ''
const kinds = [
  ...['token_usage_record', 'event_msg/token_count', 'event_msg/item_completed/CommandExecution'],
  ...['function_call', 'function_call_output', 'custom_tool_call', 'custom_tool_call_output'].map(
    (type) => `response_item/${type}`,
  ),
]
const isOfThem = (line: string): boolean => kinds.includes(kindOf(line))

const lines = rolloutRuns.flatMap((run) => {
  const home = join(folder, run)
  // Some runs leave none.
  mkdirSync(home)
  loadRolloutRun(run).unpackInto(home)
  return readdirSync(home, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.jsonl'))
    .flatMap((file) => readFileSync(join(home, file), 'utf8').split('\n').filter(isOfThem))
})

/** Of each kind. */
const some = kinds.flatMap((kind) => lines.filter((line) => kindOf(line) === kind).slice(0, 12))

/** What lines tell, each read as `asParsed` says. */
function factsOf(asParsed: (line: string) => unknown): readonly unknown[] {
  const state = newRolloutState(name)
  return lines.flatMap((line) => {
    const head = headOf(line.slice(0, headLength))
    return head === null ? [] : factsOfLine(head, asParsed(line), { offset: 0, length: line.length }, state)
  })
}

describe('a line of a kind that Codex writes alike', () => {
  it('tells the same whether it is parsed or not', () => {
    const parsed = factsOf((line) => JSON.parse(line) as unknown)
    expect(parsed.length).toBeGreaterThan(100)
    expect(factsOf((line) => unparsed(kindOf(line), line) ?? JSON.parse(line))).toEqual(parsed)
  })

  it('needs no parsing as the CLI writes it, but where it has no meter yet, or an output of several parts', () => {
    const parsed = lines.filter((line) => unparsed(kindOf(line), line) === null)
    const hasOthers = (line: string): boolean => line.includes('"info":null') || line.includes('"output":[')
    // Before its items named their turn.
    const isOld = (line: string): boolean => kindOf(line).startsWith('response') && !line.includes('"turn_id"')
    expect(parsed.filter((line) => !hasOthers(line) && !isOld(line))).toEqual([])
    expect(parsed.length).toBeLessThan(lines.length / 5)
  })

  it('is parsed where a text holds what none may', () => {
    const [line = ''] = lines.filter((each) => each.includes('"type":"CommandExecution"'))
    const broken = line.replace('"aggregated_output":"', '"aggregated_output":"\0')
    expect(unparsed(kindOf(line), line)).not.toBeNull()
    expect(unparsed(kindOf(broken), broken)).toBeNull()
  })

  it('is parsed where it has a field that is not known, wherever that stands', () => {
    for (const line of some)
      for (const at of placesIn(line)) {
        const wider = `${line.slice(0, at)}"new":1,${line.slice(at)}`
        if (isNew(wider)) expect(unparsed(kindOf(wider), wider), wider).toBeNull()
      }
  })

  it('is parsed where it is broken off, or goes on', () => {
    const broken = some.flatMap((line) => [
      ...Array.from({ length: Math.max(0, line.length - headLength) }, (_, more) => line.slice(0, headLength + more)),
      `${line}}`,
      `${line.slice(0, -1)},"metadata":{}}`,
    ])
    expect(broken.find((line) => unparsed(kindOf(line), line) !== null)).toBeUndefined()
  })
})

/** Of a line that was changed anywhere; a list has no fields. */
function isNew(line: string): boolean {
  try {
    return newFieldsOf(kindOf(line), JSON.parse(line)).length > 0
  } catch {
    return false
  }
}

/** Where a key begins. */
function placesIn(line: string): readonly number[] {
  return [...line.matchAll(/(?<=[{,])"/g)].map(({ index }) => index)
}
