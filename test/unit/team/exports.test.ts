import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ProcedureError } from '../../../src/contract/result.ts'
import type { ExportJobs } from '../../../src/engine/exchange/export-jobs.ts'
import { teamExports } from '../../../src/engine/team/exports.ts'

const asked = { id: 'a', format: 'json', redact: [], conversation: false } as const

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-team-exports-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

const full = {
  start: () => {
    throw new ProcedureError('unavailable', '4 exports are running')
  },
} as unknown as ExportJobs

test('no copy of a team’s session is left behind where its export could not begin', async () => {
  const dataDir = dataFolder()
  const copied = teamExports(dataDir, () => Promise.resolve({ ok: true, value: {} }), full)
  await expect(copied['export.start']({ ...asked, redact: [] })).rejects.toThrow('4 exports are running')
  const preview = { id: 'a', redact: [], conversation: false, samples: 5 }
  await expect(copied['export.preview'](preview)).rejects.toThrow('4 exports are running')
  const broken = teamExports(dataDir, () => Promise.reject(new Error('the thread ended')), full)
  await expect(broken['export.start']({ ...asked, redact: [] })).rejects.toThrow('the thread ended')
  expect(readdirSync(join(dataDir, 'exports'))).toEqual([])
})
