import { programName } from './never.ts'

/** What a rule lets through besides what was approved, in words for a person. */
export function alsoLetThrough(pattern: readonly string[]): readonly string[] {
  const line = pattern.map(quoted).join(' ')
  const [program = ''] = pattern
  const name = programName(program)
  return [
    `\`${line}\` with anything behind it, in every project: \`${line} …\``,
    ...(name === program ? [`the same by its path: \`/usr/bin/${name}${line.slice(quoted(program).length)}\``] : []),
    'what such a command itself runs (scripts, hooks, plug-ins of the project), outside of the sandbox',
  ]
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`
}
