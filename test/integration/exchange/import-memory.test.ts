import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { countRows } from '../engine/tables.ts'
import { RunningCli } from '../hosts/cli-support.ts'
import { writeLines } from './foreign-files.ts'

/** Peak of the resident memory of a process, from the kernel's own count. */
async function peakBytes(args: readonly string[]): Promise<number> {
  const cli = new RunningCli(args)
  let peak = 0
  const poll = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${String(cli.process.pid)}/status`, 'utf8')
      peak = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024 || peak
    } catch {
      // It has ended.
    }
  }, 20)
  try {
    expect(await cli.exitCode(), cli.stderr).toBe(0)
  } finally {
    clearInterval(poll)
  }
  return peak
}

test.skipIf(process.platform !== 'linux')('a large file is imported without being held in memory', async () => {
  await inTemporaryFolder(async (folder) => {
    const small = join(folder, 'small.jsonl')
    const large = join(folder, 'large.jsonl')
    await writeLines(small, 1)
    const lines = await writeLines(large, 40_000_000)
    const idle = await peakBytes(['import', small, '--data', join(folder, 'first')])
    const dataDir = join(folder, 'data')
    const peak = await peakBytes(['import', large, '--data', dataDir])
    expect(countRows(dataDir)).toMatchObject({ span: lines * 256 })
    expect(statSync(large).size).toBeGreaterThanOrEqual(40_000_000)
    expect(peak - idle).toBeGreaterThan(0)
    expect(peak - idle).toBeLessThan(120 * 1024 * 1024)
  })
})
