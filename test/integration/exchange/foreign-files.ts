import { createWriteStream } from 'node:fs'
import { once } from 'node:events'

/** A line as the OpenTelemetry Collector's file exporter writes it, of a service that is not Codex. */
export function spansLine(line: number, spans = 2): string {
  const id = (number: number, digits: number): string => (number + 1).toString(16).padStart(digits, '0')
  const records = Array.from({ length: spans }, (_, i) => ({
    traceId: id(line, 32),
    spanId: id(line * 4096 + i, 16),
    name: `GET /items/${String(i)}`,
    kind: 2,
    startTimeUnixNano: String(1795166851003949200n + BigInt(line) * 1000000n + BigInt(i)),
    endTimeUnixNano: String(1795166851003949900n + BigInt(line) * 1000000n + BigInt(i)),
    attributes: [
      { key: 'http.request.method', value: { stringValue: 'GET' } },
      { key: 'note', value: { stringValue: `line ${String(line)}, span ${String(i)}` } },
    ],
    status: {},
  }))
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] }
  return JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'http' }, spans: records }] }] })
}

export const logsLine = JSON.stringify({
  resourceLogs: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
      scopeLogs: [{ logRecords: [{ timeUnixNano: '1795166851003949200', body: { stringValue: 'sold out' } }] }],
    },
  ],
})

export const metricsLine = JSON.stringify({
  resourceMetrics: [
    {
      scopeMetrics: [
        {
          metrics: [
            {
              name: 'orders',
              sum: { aggregationTemporality: 1, dataPoints: [{ timeUnixNano: '1795166851003949200', asInt: '3' }] },
            },
          ],
        },
      ],
    },
  ],
})

/** Lines of spans until the file has so many bytes; how many lines those are. */
export async function writeLines(path: string, bytes: number, spansPerLine = 256): Promise<number> {
  const out = createWriteStream(path)
  let lines = 0
  for (let written = 0; written < bytes; lines++) {
    const text = `${spansLine(lines, spansPerLine)}\n`
    written += text.length
    if (!out.write(text)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'close')
  return lines
}
