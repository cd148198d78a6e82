import { readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { loadRolloutRun } from '../../rollouts.ts'
import { readFacts } from '../engine/tables.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { openStore } from '../engine/store-under-test.ts'
import { fromFiles } from './files-alone.ts'
import { sessionFiles } from './home-under-test.ts'
import { inTemporaryHome } from './rollout-facts.ts'
import { storeHome } from './stored-home.ts'
import { toldSessions, trueSessions } from './told-sessions.ts'

type Lines = readonly string[]

function changeFirst(home: string, change: (lines: Lines) => Lines): void {
  const [path = ''] = sessionFiles(home)
  writeFileSync(path, change(readFileSync(path, 'utf8').split('\n')).join('\n'))
}

/** Lines whose timestamps are moved by so much. */
function moved(lines: Lines, byMs: number): Lines {
  return lines.map((line) =>
    line.replace(
      /^\{"timestamp":"([^"]+)"/,
      (_, time: string) => `{"timestamp":"${new Date(Date.parse(time) + byMs).toISOString()}"`,
    ),
  )
}

const at = (lines: Lines, words: string): number => lines.findIndex((line) => line.includes(words))

test.each(['turn_context', '"type":"UserMessage"', '"type":"function_call"'])(
  'a clock that went back before %s makes no turn that there was not',
  (words) => {
    const run = loadRolloutRun('12_compact_auto')
    return fromFiles(
      run,
      (_, { db }) => {
        const [told] = toldSessions(db)
        const [truth] = trueSessions(run.threads)
        expect(told).toEqual(truth)
      },
      (home) => {
        changeFirst(home, (lines) => {
          const from = at(lines, words)
          return [...lines.slice(0, from), ...moved(lines.slice(from), -3_600_000)]
        })
      },
    )
  },
)

const monthsMs = 150 * 86_400_000

test('a session that was resumed after months is what both witnesses say, whichever came first', async () => {
  const run = loadRolloutRun('10_resume')
  const told = (first: 'files' | 'telemetry') =>
    inTemporaryFolder((dataDir) =>
      inTemporaryHome(async (home) => {
        run.unpackInto(home)
        // What the first process wrote is months older than what the telemetry tells of the others.
        changeFirst(home, (lines) => {
          const from = lines.findIndex((line, i) => i > at(lines, 'task_complete') && line.includes('task_started'))
          return [...moved(lines.slice(0, from), -monthsMs), ...lines.slice(from)]
        })
        const store = openStore(dataDir)
        const telemetry = (): void => {
          for (const body of run.bodies) store.store(body)
          store.settle()
        }
        if (first === 'telemetry') telemetry()
        await storeHome(store.db, home)
        store.settle()
        if (first === 'files') telemetry()
        const calls = store.db
          .prepare<[], number>("SELECT turn_id IS NOT NULL FROM api_call WHERE witness = 'both'")
          .pluck()
          .all()
        store.close()
        const { rollout_file: _, ...facts } = readFacts(dataDir)
        return { calls, facts }
      }),
    )
  const filesFirst = await told('files')
  expect(filesFirst.calls.length).toBeGreaterThan(0)
  expect(filesFirst.calls).not.toContain(0)
  expect(await told('telemetry')).toEqual(filesFirst)
})

test('answers count once though the line that began their turn is broken', () => {
  const run = loadRolloutRun('01_fix')
  return fromFiles(
    run,
    (_, { db }) => {
      expect(toldSessions(db)).toMatchObject(trueSessions(run.threads).map(({ totals }) => ({ totals })))
    },
    (home) => {
      changeFirst(home, (lines) => lines.map((line) => (line.includes('task_started') ? line.slice(0, 100) : line)))
    },
  )
})

test('a turn and a command that began before a return to an earlier message, and ended after it, are each one', () => {
  const run = loadRolloutRun('01_fix')
  return fromFiles(
    run,
    (_, { db }) => {
      expect(toldSessions(db)).toMatchObject(trueSessions(run.threads).map(({ turns, tools }) => ({ turns, tools })))
      const exits = db.prepare('SELECT exit_code FROM tool_call WHERE exit_code IS NOT NULL').pluck().all()
      expect(exits).toHaveLength(run.threads[0]?.tools.filter(({ exit_code: code }) => code !== null).length ?? 0)
    },
    (home) => {
      const [path = ''] = sessionFiles(home)
      const lines = readFileSync(path, 'utf8').split('\n')
      const [head = ''] = lines
      const from = at(lines, '"type":"CommandExecution"')
      const next = '01a22213-d94e-74a2-bd87-0f1b335a81fb'
      writeFileSync(path, `${lines.slice(0, from).join('\n')}\n`)
      writeFileSync(
        join(dirname(path), basename(path).replace('.jsonl', `_${next}.jsonl`)),
        [head, ...lines.slice(from)].join('\n'),
      )
    },
  )
})
