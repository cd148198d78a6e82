/**
 * The lines of a unified diff. What ends lines on Windows is shown only where other lines end otherwise, for that may be the difference:
 * at the end of each line of a file it would only be in the way.
 */
export function linesOfDiff(diff: string): readonly string[] {
  const lines = diff.replace(/\n$/, '').split('\n')
  const isOfFile = (line: string, at: number): boolean =>
    !/^(?:@@|\\|---|\+\+\+)/.test(line) && lines[at + 1]?.startsWith('\\') !== true
  return lines.every((line, at) => !isOfFile(line, at) || line.endsWith('\r'))
    ? lines.map((line) => line.replace(/\r$/, ''))
    : lines
}
