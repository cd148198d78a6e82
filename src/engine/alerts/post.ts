import { brokenWay } from '../broken-way.ts'
import type { Told } from './told.ts'

const timeoutMs = 10_000

/** Throws an Error in words unless the URL answers with a 2xx. Follows nobody elsewhere: where it goes is what the user named. */
export async function postAlert(url: string, told: Told): Promise<void> {
  const { host } = new URL(url)
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(told),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: unknown) => {
    throw new Error(`${host} could not be notified: ${whyNot(error)}`)
  })
  await response.body?.cancel()
  if (!response.ok) throw new Error(`${host} answered ${String(response.status)}`)
}

function whyNot(error: unknown): string {
  const isTooLate = error instanceof Error && error.name === 'TimeoutError'
  return isTooLate ? `no answer in ${String(timeoutMs / 1000)} s` : brokenWay(error)
}
