/** The file of Colophon's rules below `$CODEX_HOME/rules`, beside `default.rules`, which Codex itself writes to. It reads all `*.rules`. */
export const ruleFileName = 'colophon.rules'

const head = '# Rules that Colophon proposed and you accepted: commands that begin so run without being asked about.\n'

/** One rule in Codex's language, which is Starlark: its texts are those of JSON where no character is hidden. */
export function ruleText(pattern: readonly string[]): string {
  return `prefix_rule(pattern = [${pattern.map((word) => JSON.stringify(word)).join(', ')}], decision = "allow")\n`
}

/** A file's text with the rule, in a line of its own at the end; the same text where it stands there already. */
export function withRule(text: string, pattern: readonly string[]): string {
  const rule = ruleText(pattern)
  if (linesOf(text).includes(rule.trimEnd())) return text
  if (text === '') return head + rule
  return (text.endsWith('\n') ? text : `${text}\n`) + rule
}

/** A text without a rule that Colophon wrote; null where that line was changed since, or is not there. */
export function withoutRule(text: string, pattern: readonly string[]): string | null {
  const at = linesOf(text).indexOf(ruleText(pattern).trimEnd())
  if (at < 0) return null
  const left =
    text
      .match(/[^\n]*\n|[^\n]+$/g)
      ?.filter((_, i) => i !== at)
      .join('') ?? ''
  return left === head ? '' : left
}

function linesOf(text: string): string[] {
  return text.split('\n').map((line) => line.replace(/\r$/, ''))
}
