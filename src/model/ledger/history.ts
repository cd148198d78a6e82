/** Codex's tools that run a command line, over its versions. */
export const commandTools: readonly string[] = [
  'exec_command',
  'shell',
  'shell_command',
  'local_shell',
  'container.exec',
]

export function isCommandTool(tool: string | null): boolean {
  return tool !== null && commandTools.includes(tool)
}

/** What stands before the command itself: a shell that is told to run it, variables, a change of folder. */
const prefixes = [
  /^(?:\S*\/)?(?:ba|z|da)?sh\s+-\w*c\s+["']?/,
  /^(?:[A-Za-z_]\w*=\S*\s+)+/,
  /^cd\s+\S+\s*(?:&&|;)\s*/,
  /^(?:env|sudo|time|nohup|command)\s+/,
]

/**
 * The name of the history that a call is compared with: its tool, for command lines with the command's first word, because a
 * `cargo` is slow among commands and usual among `cargo`s. `label` and `detail` are those of the call's row.
 */
export function historyName(label: string, detail: string): string {
  const word = commandTools.includes(label) ? commandWord(detail) : null
  return word === null ? label : `${label} ${word}`
}

/** Of a call, with which `historyName` begins; null where nobody said what was called. */
export function callLabel(tool: string | null, mcpServer: string | null): string | null {
  return mcpServer === null ? tool : `mcp ${mcpServer} · ${tool ?? '?'}`
}

function commandWord(command: string): string | null {
  let rest = command.trim()
  for (let before = ''; before !== rest;) {
    before = rest
    for (const prefix of prefixes) rest = rest.replace(prefix, '')
  }
  const word = /^["']?([^\s"';|&()<>$`]+)/.exec(rest)?.[1]
  return word === undefined ? null : (word.split('/').at(-1) || word).slice(0, 40)
}

/** Own running time of a finished call in whole milliseconds: `duration_ms` without the wait for a decision (nanoseconds). */
export function runningMs(durationMs: number, waitedNs: number): number {
  return Math.max(0, Math.round(durationMs - Math.max(0, waitedNs) / 1e6))
}
