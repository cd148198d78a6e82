import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventStreamReader } from '../../../../src/renderer/bridge/event-stream.ts'

const stream =
  ': here\n\ndata: {"topics":["sessions"]}\n\nevent: x\ndata: one\ndata:two\n\n: here\r\n\r\ndata: last\r\n\r\n'

function read(chunks: readonly string[]): string[] {
  const found: string[] = []
  const feed = eventStreamReader((data) => found.push(data))
  chunks.forEach(feed)
  return found
}

describe('Server-Sent Events', () => {
  it('gives the data of each event, and nothing for comments', () => {
    expect(read([stream])).toEqual(['{"topics":["sessions"]}', 'one\ntwo', 'last'])
  })

  it('reads the same wherever the chunks were cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 12 }), (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), stream.length]
        const chunks = edges.slice(1).map((edge, index) => stream.slice(edges[index], edge))
        expect(read(chunks)).toEqual(read([stream]))
      }),
    )
  })
})
