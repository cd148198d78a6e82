import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RuleCheck } from '../../../contract/fixes.ts'
import { neighboursOf } from '../../../model/findings/rule/neighbours.ts'
import type { RuleProposal } from '../../../model/findings/rule/propose.ts'
import { ruleText } from '../../../model/findings/rule/rule-text.ts'
import { plural } from '../../../model/tree/words.ts'
import { askCodex, codexVersion, type Codex } from './ask-codex.ts'

/** Of commands with the same beginning more tell nothing new; each takes a process. */
const mostCommands = 30
const atOnce = 4

export interface Checking {
  readonly codex: string | null
  /** The folder with the user's rules, which Codex reads together: a stricter one of them counts more. */
  readonly rulesDir: string
  /** The name of the file that the rule is written to, and what it will hold. */
  readonly fileName: string
  readonly text: string
}

/** What the user's own Codex says of a rule before it is written: the approved commands and ten that look alike. */
export async function checkRule({ pattern, commands }: RuleProposal, checking: Checking): Promise<RuleCheck> {
  const { codex: program } = checking
  const none = { version: null, allowed: 0, neighbours: 0 }
  if (program === null)
    return {
      ...none,
      state: 'unchecked',
      words: 'Not checked: no codex was found on the PATH or where it is usually installed.',
    }
  const home = mkdtempSync(join(tmpdir(), 'colophon-rule-'))
  try {
    return await ask({ program, home }, { pattern, commands }, checking)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { ...none, state: 'unchecked', words: `Not checked: ${program} could not be asked: ${why}` }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

async function ask(codex: Codex, { pattern, commands }: RuleProposal, checking: Checking): Promise<RuleCheck> {
  const alone = join(codex.home, 'rule.rules')
  const whole = join(codex.home, checking.fileName)
  writeFileSync(alone, ruleText(pattern))
  writeFileSync(whole, checking.text)
  const all = [...otherRules(checking), whole]
  const approved = commands.slice(0, mostCommands)
  const near = neighboursOf(pattern)
  const version = await codexVersion(codex)
  const decisions = await eachOf(approved, (argv) => askCodex(codex, all, argv))
  const matched = await eachOf(near, (argv) => askCodex(codex, [alone], argv))
  const refused = approved.find((_, i) => decisions[i]?.decision !== 'allow')
  const caught = near.find((_, i) => matched[i]?.decision !== null)
  const counts = {
    version,
    allowed: decisions.filter(({ decision }) => decision === 'allow').length,
    neighbours: matched.filter(({ decision }) => decision === null).length,
  }
  if (refused !== undefined) {
    const says = decisions[approved.indexOf(refused)]?.decision ?? 'nothing'
    const words = `${version} would still ask before \`${refused.join(' ')}\`: the rules say ${says}.`
    return { ...counts, state: 'refused', words }
  }
  if (caught !== undefined)
    return { ...counts, state: 'refused', words: `${version} would also allow \`${caught.join(' ')}\`.` }
  const { allowed, neighbours } = counts
  const words = `Checked by ${version}: ${plural(allowed, 'command')} allowed, ${String(neighbours)} similar ones not matched.`
  return { ...counts, state: 'checked', words }
}

function otherRules({ rulesDir, fileName }: Checking): string[] {
  try {
    return readdirSync(rulesDir)
      .filter((name) => name.endsWith('.rules') && name !== fileName)
      .map((name) => join(rulesDir, name))
  } catch {
    // There is no such folder yet.
    return []
  }
}

async function eachOf<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  for (let at = 0; at < all.length; at += atOnce)
    done.push(...(await Promise.all(all.slice(at, at + atOnce).map(work))))
  return done
}
