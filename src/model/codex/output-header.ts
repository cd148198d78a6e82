/**
 * What Codex writes before a command's output, and only in the results of its own tools for commands. What a command or another tool
 * prints may look the same, so it counts up to the first line that is none of these.
 */
const headerLine =
  /^(?:Chunk ID|Wall time|Original token count|Total output lines|Exit code): |^Process (?:exited|running) with /
const exited = /^(?:Process exited with code|Exit code:) (-?\d{1,10})$/
const running = /^Process running with session ID \S+$/

/** Tools that run a command line, over Codex's versions; `write_stdin` speaks to one that runs. */
const commandTools: ReadonlySet<string> = new Set([
  'exec_command',
  'write_stdin',
  'shell',
  'shell_command',
  'local_shell',
  'container.exec',
])

export interface CommandEnd {
  readonly exitCode: number | null
  /** Whether the call returned while its command went on. */
  readonly running: boolean
}

/** How the command of a call ended; `success` is true for one that ended with exit code 3, so that only the text tells. */
export function commandEnd(tool: string | null, namespace: string | null, output: string): CommandEnd {
  const isOwn = (namespace === null || namespace === 'functions') && commandTools.has(tool ?? '')
  return isOwn ? endIn(headerOf(output)) : unknownEnd
}

const unknownEnd: CommandEnd = { exitCode: null, running: false }

/** The same where nobody says which tool it was: then the header must lead to the line that Codex puts before what was printed. */
export function endBeforeOutput(output: string): CommandEnd {
  const header = headerOf(output)
  const from = header.reduce((length, line) => length + line.length + 1, 0)
  return /^Output:(?:\n|$)/.test(output.slice(from, Math.min(2000, from + 8))) ? endIn(header) : unknownEnd
}

function endIn(header: readonly string[]): CommandEnd {
  let [code, isRunning]: [string | undefined, boolean] = [undefined, false]
  for (const line of header) {
    if (line.startsWith('Process running')) isRunning ||= running.test(line)
    else code ??= exited.exec(line)?.[1]
  }
  return { exitCode: code === undefined ? null : Number(code), running: isRunning }
}

function headerOf(output: string): readonly string[] {
  const beginning = output.slice(0, 2000)
  const lines: string[] = []
  for (let from = 0; from <= beginning.length;) {
    const end = beginning.indexOf('\n', from)
    const line = beginning.slice(from, end < 0 ? undefined : end)
    if (!headerLine.test(line)) break
    lines.push(line)
    from = end < 0 ? Infinity : end + 1
  }
  return lines
}
