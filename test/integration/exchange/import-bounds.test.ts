import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { partsOfFile } from '../../../src/engine/exchange/import-bodies.ts'
import { ImportCancelled } from '../../../src/engine/exchange/import-error.ts'
import { memorySource } from '../../../src/engine/exchange/import-source.ts'
import { LeftOutList } from '../../../src/engine/exchange/left-out.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { RunningCli } from '../hosts/cli-support.ts'

const mebibyte = 1024 * 1024

/** Files that are small when packed, and would take gigabytes if each of their parts became an object. */
const bombs: Readonly<Record<string, Buffer>> = {
  'lines.json.gz': Buffer.from('1\n'.repeat(2 * mebibyte)),
  'open.json.gz': Buffer.from(`{\n${'1\n'.repeat(2 * mebibyte)}`),
  'objects.json.gz': Buffer.from(`{"other":[${'{},'.repeat(5 * mebibyte)}{}]}`),
  'spans.json.gz': Buffer.from(`{"resourceSpans":[${'{},'.repeat(5 * mebibyte)}{}]}`),
  // Few enough to be parsed, and too many for one request.
  'parsed.json.gz': Buffer.from(`{"resourceSpans":[${'{},'.repeat(1.1 * mebibyte)}{}]}`),
  'groups.pb.gz': Buffer.alloc(4 * mebibyte, Buffer.from([10, 0])),
  'traces.pb.gz': Buffer.from('1\n'.repeat(2 * mebibyte)),
}

test.skipIf(process.platform !== 'linux')(
  'a file that unpacks to nothing but parts is refused in words, in little memory',
  async () => {
    await inTemporaryFolder(async (folder) => {
      const files = Object.entries(bombs).map(([name, content]) => {
        const file = join(folder, name)
        writeFileSync(file, gzipSync(content))
        return file
      })
      const cli = new RunningCli(['import', ...files, '--data', join(folder, 'data')])
      let peakBytes = 0
      const poll = setInterval(() => {
        try {
          const status = readFileSync(`/proc/${String(cli.process.pid)}/status`, 'utf8')
          peakBytes = Math.max(peakBytes, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024)
        } catch {
          // It has ended.
        }
      }, 20)
      expect(await cli.exitCode(), cli.stderr).toBe(1)
      clearInterval(poll)
      for (const name of Object.keys(bombs)) expect(cli.stderr).toContain(`${name}: `)
      expect(cli.stderr.match(/nothing of it was imported/g)).toHaveLength(files.length)
      expect(peakBytes).toBeGreaterThan(0)
      expect(peakBytes).toBeLessThan(700 * mebibyte)
    })
  },
)

test.each([
  ['empty lines', '\n'.repeat(8 * mebibyte)],
  ['blank lines', '  \n'.repeat(2 * mebibyte)],
  ['lines without a record', '{}\n'.repeat(mebibyte)],
])('an import of %s gives way and can be cancelled by what was read', async (_what, text) => {
  const content = gzipSync(Buffer.from(text))
  let pauses = 0
  const reading = {
    read: () => undefined,
    pause: () => {
      pauses++
      return pauses > 3 ? Promise.reject(new ImportCancelled('cancelled')) : Promise.resolve()
    },
  }
  const all = async (): Promise<void> => {
    const bodies = partsOfFile(memorySource('lines.jsonl', content), reading, new LeftOutList())
    for await (const _body of bodies) expect.unreachable()
  }
  await expect(all()).rejects.toThrow(ImportCancelled)
  expect(pauses).toBe(4)
})

test('a file of nothing but what cannot be read is given up, and the rest of it named', async () => {
  const content = gzipSync(Buffer.from('1\n'.repeat(1.5 * mebibyte)))
  const reading = { read: () => undefined, pause: () => Promise.resolve() }
  const leftOut = new LeftOutList()
  for await (const _body of partsOfFile(memorySource('lines.jsonl', content), reading, leftOut)) expect.unreachable()
  const { count, first } = leftOut.result()
  expect(count).toBe(mebibyte + 1)
  expect(first.at(-1)?.reason).toContain('the rest was left alone')
})
