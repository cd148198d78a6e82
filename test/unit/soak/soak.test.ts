import { describe, expect, it } from 'vitest'
import { eachLog } from '../../../src/engine/otlp/wire/logs.ts'
import { logsOfARun, runThatBeginsAt } from '../../soak/runs.ts'
import { verdictOf, type Sample } from '../../soak/samples.ts'

describe('a run of the load', () => {
  it('is a session of its own, at the time that is asked for, in attributes too', () => {
    const startMs = Date.UTC(2026, 0, 2, 3, 4, 5)
    const run = runThatBeginsAt(startMs)
    let named = 0
    for (const { signal, bytes } of run.bodies) {
      if (signal !== 'logs') continue
      eachLog(bytes, ({ timeNs, attributes }) => {
        const texts = [attributes['event.timestamp']].filter((text) => typeof text === 'string')
        for (const atMs of [Number(timeNs / 1_000_000n), ...texts.map((text) => Date.parse(text))]) {
          expect(atMs).toBeGreaterThanOrEqual(startMs - 60_000)
          expect(atMs).toBeLessThan(startMs + 60_000)
        }
        if (attributes['conversation.id'] === run.sessionId) named++
      })
    }
    expect(run.sessionId).not.toBe(runThatBeginsAt(startMs).sessionId)
    expect(named).toBe(logsOfARun)
  })
})

describe('the verdict', () => {
  const samplesOf = (values: readonly number[]): Sample[] =>
    values.map((value, minute) => ({ minute, values: { memory: value } }))
  const memory = { name: 'memory', unit: 'MB', mayGrow: 1.15 } as const

  it.each([
    ['stays', [1, 5, 10, 10, 10, 11, 10, 11], false],
    ['grows and grows', [1, 5, 10, 11, 12, 13, 14, 15], true],
  ] as const)('says of what %s whether it grows: the last quarter against the second', (_, values, grows) => {
    expect(verdictOf(memory, samplesOf(values)).grows).toBe(grows)
  })

  it('does not say it of what comes and goes below its usual size', () => {
    const values = [1, 5, 10, 10, 15, 15, 15, 15]
    expect(verdictOf({ ...memory, usual: 15 }, samplesOf(values)).grows).toBe(false)
    expect(verdictOf({ ...memory, usual: 14 }, samplesOf(values)).grows).toBe(true)
  })
})
