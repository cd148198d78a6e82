import type { CommandResults } from '../contract/commands.ts'

type Finding = CommandResults['explain']['findings'][number]

export function fixWords(fix: NonNullable<Finding['fix']>): string {
  if (fix.type === 'hint') return fix.text
  if (fix.type === 'rule')
    return `A rule for commands that begin with ${JSON.stringify(fix.prefix)} would let them run without asking.`
  const lines = fix.changes.map(
    ({ path, value, adds }) => `${path.join('.')} ${adds ? '+=' : '='} ${JSON.stringify(value)}`,
  )
  return `${lines.join(', ')}: ${fix.why}`
}
