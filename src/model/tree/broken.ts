import type { CallFacts } from './facts.ts'

const pairNs = 2_000_000

/** Failed responses, each once: a stream that breaks writes two records within a millisecond, what broke and that the response failed. */
export function brokenResponses(calls: readonly CallFacts[]): CallFacts[] {
  const failed = calls.filter(({ status }) => status === 'failed').sort((a, b) => a.at - b.at)
  let pairFrom = -Infinity
  return failed.filter(({ at }) => {
    const isSecond = at - pairFrom <= pairNs
    pairFrom = isSecond ? -Infinity : at
    return !isSecond
  })
}
