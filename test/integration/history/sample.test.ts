import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { Value } from '../../../src/contract/index.ts'
import { inTemporaryFolder, withEngine, type UnderTest } from '../engine/engine-under-test.ts'

const sampleDir = join(import.meta.dirname, '../../../resources/sample')

function withSample(work: (engine: UnderTest, id: string) => Promise<void>): Promise<void> {
  return inTemporaryFolder(async (dataDir) => {
    vi.stubEnv('CODEX_HOME', join(dataDir, 'nothing'))
    try {
      await withEngine({ dataDir, sampleDir }, async (engine) => {
        const { sessionId } = await engine.ask('sample.open', {})
        await engine.settled()
        await work(engine, sessionId)
      })
    } finally {
      vi.unstubAllEnvs()
    }
  })
}

type Item = Value<'session.conversation'>['items'][number]

async function conversation(engine: UnderTest, id: string): Promise<readonly Item[]> {
  return (await engine.ask('session.conversation', { id })).items
}

test('the sample shows its conversation, by a file of its own that agrees with its telemetry', () =>
  withSample(async (engine, id) => {
    const session = await engine.ask('session.get', { id })
    expect(session).toMatchObject({ witness: 'both', differences: 0, sample: true })
    const items = await conversation(engine, id)
    const count = (kind: Item['kind']): number => items.filter((item) => item.kind === kind).length
    expect(count('prompt')).toBe(session.prompts)
    expect(count('turn')).toBe(session.turns)
    expect(JSON.stringify(items)).toContain('The total now multiplies each price by its quantity.')
    expect(JSON.stringify(items)).toContain('sum += price * quantity')
    const helper = session.lineage?.find(({ relation, kind }) => relation === 'helper' && kind === 'subagent')
    expect(JSON.stringify(await conversation(engine, helper?.id ?? ''))).toContain('Every order goes through total()')
  }))

test('the file of the sample is no file of the user: it counts nowhere, and what is forgotten leaves it', () =>
  withSample(async (engine, id) => {
    expect((await engine.ask('history.status', {})).read).toEqual({ files: 0, sessions: 0, skipped: 0 })
    expect(await engine.ask('history.forget', {})).toEqual({ files: 0 })
    expect((await conversation(engine, id)).length).toBeGreaterThan(0)
    await engine.ask('sample.remove', {})
    expect((await engine.ask('session.list', {})).total).toBe(0)
  }))
