import { dirname, join } from 'node:path'
import type { FixRequest } from '../../../contract/fixes.ts'
import { ProcedureError } from '../../../contract/result.ts'
import type { TomlChange } from '../../../model/config/changes.ts'
import { fromJson } from '../../../model/config/json-value.ts'
import { keyText } from '../../../model/config/toml-text.ts'
import {
  isArray,
  isTable,
  sameToml,
  valueAt,
  type TomlTable,
  type TomlValue,
} from '../../../model/config/toml-value.ts'
import { wordsOfScript } from '../../../model/findings/rule/command-words.ts'
import { begins, checkPattern, type RuleProposal } from '../../../model/findings/rule/propose.ts'
import { ruleFileName, withRule } from '../../../model/findings/rule/rule-text.ts'
import { readConfigFile } from '../config-file.ts'
import type { FileSystem } from '../file-system.ts'
import { planChanges, readBase, type Planned } from '../plan.ts'
import { planRules, type PlannedRules } from './plan-rules.ts'

type Change = Extract<FixRequest['fix'], { type: 'config' }>['changes'][number]

/** Of the config.toml at `path`. */
export function planConfigFix(path: string, changes: readonly Change[], fs: FileSystem): Planned {
  const file = readConfigFile(path, fs)
  const base = readBase(file)
  const wanted = changes.map((change) => tomlChange(base.values, change))
  const planned = planChanges(file, wanted, base)
  const warnings = wanted.flatMap((change) => overridden(base.values, change))
  return { ...planned, told: { ...planned.told, warnings: [...planned.told.warnings, ...warnings] } }
}

function tomlChange(values: TomlTable, { path, value, adds }: Change): TomlChange {
  const wanted = fromJson(value)
  const there = valueAt(values, path)
  if (!adds || wanted === undefined || there === undefined) return { path, value: wanted }
  if (!isArray(there) || !isArray(wanted))
    throw new ProcedureError('bad_request', `${keyText(path)} is not a list, so nothing can be added to it`)
  const isNew = (one: TomlValue): boolean => !there.some((other) => sameToml(one, other))
  return { path, value: [...there, ...wanted.filter(isNew)] }
}

/** The profile that is chosen in the file says more than what stands outside of it. */
function overridden(values: TomlTable, { path }: TomlChange): string[] {
  const profile = values.get('profile')
  if (typeof profile !== 'string') return []
  const own = valueAt(values, ['profiles', profile])
  if (!isTable(own) || valueAt(own, path) === undefined) return []
  return [`The active profile ${profile} says otherwise: ${keyText(['profiles', profile, ...path])}`]
}

/** Where rules lie beside the config.toml at `path`. */
export function rulesPath(path: string): string {
  return join(dirname(path), 'rules', ruleFileName)
}

/** Believes no pattern: it must be one that Colophon may propose, and the commands must begin with it. */
export function ruleOf({ prefix, commands }: Extract<FixRequest['fix'], { type: 'rule' }>): RuleProposal {
  const checked = checkPattern(prefix)
  if ('refused' in checked) throw new ProcedureError('bad_request', `no rule for this: ${checked.refused}`)
  const approved = commands.map((line) => {
    const words = wordsOfScript(line)
    if ('refused' in words) throw new ProcedureError('bad_request', `no rule for \`${line}\`: ${words.refused}`)
    if (!begins(words.argv, prefix)) throw new ProcedureError('bad_request', `\`${line}\` does not begin so`)
    return words.argv
  })
  return { pattern: prefix, commands: approved }
}

export function planRuleFix(path: string, { pattern }: RuleProposal, fs: FileSystem): PlannedRules {
  return planRules(readConfigFile(rulesPath(path), fs), (text) => withRule(text, pattern))
}
