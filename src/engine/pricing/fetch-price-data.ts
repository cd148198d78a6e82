import { whyUnanswered } from '../broken-way.ts'

/** Where the price list of @pydantic/genai-prices is published. It is asked only when the user asks. */
export const priceDataUrl = 'https://raw.githubusercontent.com/pydantic/genai-prices/main/prices/new_data/v2/data.json'

const timeoutMs = 30_000
const mostBytes = 20 * 1024 * 1024

/** The price data as JSON. Throws an Error in words for a person. */
export async function fetchPriceData(url: string): Promise<string> {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) })
    if (!response.ok) throw new Error(`it answered ${response.status}`)
    return await textOf(response)
  } catch (error) {
    const why = whyUnanswered(error, timeoutMs)
    throw new Error(`the price data could not be fetched from ${new URL(url).host}: ${why}`, { cause: error })
  }
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += (chunk as Uint8Array).length
    if (bytes > mostBytes) throw new Error('it is longer than 20 MiB, and was not kept')
    chunks.push(chunk as Uint8Array)
  }
  return Buffer.concat(chunks).toString('utf8')
}
