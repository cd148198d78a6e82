import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { connect, readerOf, type TeamReader } from '../../../src/team/connection.ts'

/** A server that ends its first `broken` answers after these rows; `asked` counts questions, and none that ends another. */
async function breaking(broken: number, before: string): Promise<{ readonly reader: TeamReader; asked: () => number }> {
  let asked = 0
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      if (body.startsWith('KILL QUERY')) return response.end()
      asked++
      if (asked > broken) return response.end('{"n":1}\n{"n":2}\n')
      if (before === '') return request.socket.destroy()
      response.write(before, () => request.socket.destroy())
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  const reader = readerOf(await connect({ url, user: 'reader', password: '', database: 'otel' }))
  onTestFinished(async () => {
    await reader.close()
    server.closeAllConnections()
    server.close()
  })
  return { reader, asked: () => asked }
}

test('a question whose connection breaks off before its first row is asked once more', async () => {
  const { reader, asked } = await breaking(1, '')
  expect(await reader.rows('SELECT n FROM some')).toEqual([{ n: 1 }, { n: 2 }])
  expect(asked()).toBe(2)
})

test('a connection that breaks off each time is told of', async () => {
  const { reader, asked } = await breaking(9, '')
  await expect(reader.rows('SELECT n FROM some')).rejects.toThrow('the connection broke off')
  expect(asked()).toBe(2)
})

test('no row is given twice', async () => {
  const { reader, asked } = await breaking(1, '{"n":1}\n')
  const given: unknown[] = []
  const read = async (): Promise<void> => {
    for await (const rows of reader.stream('SELECT n FROM some')) given.push(...rows)
  }
  await expect(read()).rejects.toThrow('the connection broke off')
  expect(given).toEqual([{ n: 1 }])
  expect(asked()).toBe(1)
})
