import { randomUUID } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import type { FixPlan, FixRequest } from '../../../contract/fixes.ts'
import { ProcedureError } from '../../../contract/result.ts'
import type { FindingKind } from '../../../model/findings/finding.ts'
import { alsoLetThrough } from '../../../model/findings/rule/let-through.ts'
import { ruleFileName } from '../../../model/findings/rule/rule-text.ts'
import type { Handlers } from '../../dispatch.ts'
import { configPath, readConfigFile } from '../config-file.ts'
import { realFileSystem, type FileSystem } from '../file-system.ts'
import { changedMeanwhile } from '../safe-write.ts'
import { readUndoRecords, type UndoRecord } from '../undo-record.ts'
import { undoRecord } from '../undo.ts'
import { writeRecorded, type Recordable } from '../write-recorded.ts'
import { checkRule } from './check-rule.ts'
import { findCodex } from './find-codex.ts'
import { planConfigFix, planRuleFix, ruleOf } from './plan-fix.ts'

export interface Fixing {
  readonly dataDir: string
  readonly fs?: FileSystem
  /** The user's codex; null: there is none. Found anew each time. */
  readonly codex?: () => string | null
  readonly fixed?: FixNoted
}

/** Told of a fix that was written or taken back: from here on sessions are measured against those before. */
export type FixNoted = (of: { kind: FindingKind; subject: string; undone: boolean }) => Promise<unknown>

type FixHandlers = Pick<Handlers, 'fix.plan' | 'fix.apply' | 'fix.undo' | 'fix.list'>

/** What findings propose to change in Codex's folder, by the same plan, write and undo as config.toml itself. */
export function fixHandlers({ dataDir, fs = realFileSystem, codex = findCodex, fixed }: Fixing): FixHandlers {
  return {
    'fix.plan': async (request) => ({ ok: true, value: (await plan(request, fs, codex)).told }),
    'fix.apply': async ({ fingerprint, ...request }) => {
      const planned = await plan(request, fs, codex)
      if (planned.file.fingerprint !== fingerprint) throw changedMeanwhile(planned.file.path)
      if (planned.told.check?.state === 'refused') throw new ProcedureError('bad_request', planned.told.check.words)
      const { kind, subject, fix } = request
      const rule = fix.type === 'rule' ? fix.prefix : null
      const record = { id: randomUUID(), kind, subject, atMs: Date.now(), rule }
      const applied = writeRecorded(planned, { dataDir, fs, fix: record })
      if (applied.written) await fixed?.({ kind, subject, undone: false })
      return { ok: true, value: { ...applied, id: applied.written ? record.id : null } }
    },
    'fix.undo': async ({ id, preview }) => {
      const record = readUndoRecords(dataDir).find(({ fix }) => fix?.id === id)
      if (record?.fix === undefined || record.place === undefined)
        return { ok: false, error: { code: 'not_found', message: 'this change is not there to undo' } }
      const file = readConfigFile(join(record.place, nameOf(record)), fs)
      const value = undoRecord(file, record, { dataDir, preview, fs, nowMs: Date.now() })
      const { kind, subject } = record.fix
      if (!preview) await fixed?.({ kind, subject, undone: true })
      return { ok: true, value }
    },
    'fix.list': () => {
      const fixes = readUndoRecords(dataDir).flatMap((record) => {
        const { fix, target } = record
        return fix === undefined ? [] : [{ ...fix, path: target }]
      })
      return Promise.resolve({ ok: true, value: { fixes: fixes.sort((a, b) => b.atMs - a.atMs) } })
    },
  }
}

/** By the name that Codex reads, which may be a link. */
function nameOf({ fix }: UndoRecord): string {
  return (fix?.rule ?? null) === null ? 'config.toml' : ruleFileName
}

async function plan(request: FixRequest, fs: FileSystem, codex: () => string | null): Promise<Recordable<FixPlan>> {
  const path = configPath(request.codexHome)
  const { fix } = request
  if (fix.type === 'hint') throw new ProcedureError('bad_request', 'a hint changes no file')
  if (fix.type === 'config') {
    const planned = planConfigFix(path, fix.changes, fs)
    return { ...planned, told: { ...planned.told, check: null, letsThrough: [] } }
  }
  const rule = ruleOf(fix)
  const planned = planRuleFix(path, rule, fs)
  const { file, text } = planned
  const check = await checkRule(rule, {
    codex: codex(),
    rulesDir: dirname(file.path),
    fileName: basename(file.path),
    text,
  })
  return { ...planned, told: { ...planned.told, check, letsThrough: [...alsoLetThrough(rule.pattern)] } }
}
