import { whyUnanswered } from '../broken-way.ts'
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
    throw new Error(`${host} could not be notified: ${whyUnanswered(error, timeoutMs)}`)
  })
  await response.body?.cancel()
  if (!response.ok) throw new Error(`${host} answered ${String(response.status)}`)
}
