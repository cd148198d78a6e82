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
  usageLine,
} from '../../../../src/model/codex/rollout/reader.ts'
import { loadRolloutRun, rolloutRuns } from '../../../rollouts.ts'

const folder = mkdtempSync(join(tmpdir(), 'colophon-usage-lines-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const name = { threadId: 'thread', rolloutId: 'thread', startedLocal: '', packed: false }
const kindOf = (line: string): string => headOf(line.slice(0, headLength))?.kind ?? ''
const tellsOfTokens = (line: string): boolean => ['token_usage_record', 'event_msg/token_count'].includes(kindOf(line))

const lines = rolloutRuns.flatMap((run) => {
  const home = join(folder, run)
  // Some runs leave none.
  mkdirSync(home)
  loadRolloutRun(run).unpackInto(home)
  return readdirSync(home, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.jsonl'))
    .flatMap((file) => readFileSync(join(home, file), 'utf8').split('\n').filter(tellsOfTokens))
})

/** What lines tell, each read as `asParsed` says. */
function factsOf(asParsed: (line: string) => unknown): readonly unknown[] {
  const state = newRolloutState(name)
  return lines.flatMap((line) => {
    const head = headOf(line.slice(0, headLength))
    return head === null ? [] : factsOfLine(head, asParsed(line), { offset: 0, length: line.length }, state)
  })
}

describe('a line that tells of tokens', () => {
  it('tells the same whether it is parsed or not', () => {
    const parsed = factsOf((line) => JSON.parse(line) as unknown)
    expect(parsed.length).toBeGreaterThan(100)
    expect(factsOf((line) => usageLine(kindOf(line), line) ?? JSON.parse(line))).toEqual(parsed)
  })

  it('needs no parsing as the CLI writes it, but where it has no meter yet', () => {
    const parsed = lines.filter((line) => usageLine(kindOf(line), line) === null)
    expect(parsed.filter((line) => !line.includes('"info":null'))).toEqual([])
  })

  it('is parsed where it has a field that is not known, wherever that stands', () => {
    for (const line of lines.slice(0, 40))
      for (const at of placesIn(line)) {
        const wider = `${line.slice(0, at)}"new":1,${line.slice(at)}`
        const parsed = JSON.parse(wider) as unknown
        if (newFieldsOf(kindOf(wider), parsed).length > 0) expect(usageLine(kindOf(wider), wider), wider).toBeNull()
      }
  })

  it('is parsed where it is broken off, or goes on', () => {
    const broken = lines
      .slice(0, 40)
      .flatMap((line) => [
        ...Array.from({ length: line.length - headLength }, (_, more) => line.slice(0, headLength + more)),
        `${line}}`,
        `${line.slice(0, -1)},"metadata":{}}`,
      ])
    expect(broken.find((line) => usageLine(kindOf(line), line) !== null)).toBeUndefined()
  })
})

/** Where a key begins. */
function placesIn(line: string): readonly number[] {
  return [...line.matchAll(/(?<=[{,])"/g)].map(({ index }) => index)
}
