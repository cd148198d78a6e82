import { z } from 'zod'
import { findingFix, findingKind } from '../model/findings/finding.ts'
import { configApplied, configPlace, configPlan } from './config.ts'

/** A finding's fix, to be planned or written in Codex's folder. */
export const fixRequest = configPlace.extend({
  kind: findingKind,
  /** What the finding is about. */
  subject: z.string().max(4096),
  fix: findingFix,
})

/** What the user's own Codex said of a rule. */
export const ruleCheck = z.object({
  /** `refused`: it would not do what it is for, or more, and is not written. `unchecked`: no Codex could be asked. */
  state: z.enum(['checked', 'refused', 'unchecked']),
  /** As Codex tells it: `codex-cli 0.171.0`. */
  version: z.string().nullable(),
  /** Of the approved commands, those that the rules let run unasked. */
  allowed: z.number().int(),
  /** Of the commands that look alike, those that the rule does not speak of. */
  neighbours: z.number().int(),
  words: z.string(),
})

export const fixPlan = configPlan.extend({
  /** Null for a change of config.toml. */
  check: ruleCheck.nullable(),
  /** What a rule lets through besides what was approved. */
  letsThrough: z.array(z.string()),
})

export const fixApply = fixRequest.extend({ fingerprint: z.string() })

export const fixApplied = fixPlan.extend({
  written: configApplied.shape.written,
  backup: configApplied.shape.backup,
  /** To undo it by; null where nothing was written. */
  id: z.string().nullable(),
})

export const fixUndo = z.object({ id: z.string(), preview: z.boolean().default(false) })

export const fixList = z.object({
  /** What was written and not taken back, the latest first. */
  fixes: z.array(
    z.object({
      id: z.string(),
      kind: findingKind,
      subject: z.string(),
      atMs: z.number(),
      path: z.string(),
      /** The words that a command must begin with; null for a change of config.toml. */
      rule: z.array(z.string()).nullable(),
    }),
  ),
})

export type FixRequest = z.output<typeof fixRequest>
export type FixPlan = z.infer<typeof fixPlan>
export type RuleCheck = z.infer<typeof ruleCheck>
export type FixList = z.infer<typeof fixList>
