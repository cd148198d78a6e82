import { expect, it } from 'vitest'
import { courseOf, gaugeHeight, gaugeWords, type Gauge } from '../../../../src/renderer/waterfall/context-course.ts'
import { scaleOf } from '../../../../src/renderer/waterfall/scale.ts'

const fill = (atMs: number, share: number) => ({ rowId: null, atMs, tokens: share * 1000, window: 1000, share })
const gauge: Gauge = {
  fills: [fill(100, 0.5), fill(300, 1), fill(600, 0.25)],
  compactions: [{ rowId: 'c', startMs: 400, endMs: 500 }],
  callsLeft: 7,
}

it('draws a step at every call over the time that the minimap shows, and each compaction where it was', () => {
  const { line, compactions } = courseOf(gauge, scaleOf({ startMs: 0, endMs: 1000 }, 500))
  const y = (share: number) => (gaugeHeight - 2 - share * (gaugeHeight - 5)).toFixed(1)
  expect(line).toBe(`M50.0,${y(0.5)}H150.0V${y(1)}H300.0V${y(0.25)}H500.0`)
  expect(compactions).toEqual([{ x: 200, width: 50 }])
})

it('says how full it is, what still fits, and nothing of what is not known', () => {
  const { short, whole } = gaugeWords(gauge)
  expect(short).toBe('context 25 % · ~7 calls left')
  expect(whole).toMatch(
    /1,000 tokens is 25 % full after the last of 3 calls, and was 100 % at most\. It was compacted once\./,
  )
  expect(gaugeWords({ ...gauge, callsLeft: null }).short).toBe('context 25 %')
  expect(courseOf({ ...gauge, fills: [] }, scaleOf({ startMs: 0, endMs: 1 }, 9)).line).toBe('')
})
