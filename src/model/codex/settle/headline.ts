import { visible } from '../../visible.ts'

const headlineLength = 160

/** The first words of a prompt, on one line. */
export function headline(text: string | null): string | null {
  if (text === null) return null
  const line = visible(
    text
      .slice(0, headlineLength * 4)
      .replace(/\s+/g, ' ')
      .trim(),
  )
  if (line === '') return null
  return line.length > headlineLength ? `${line.slice(0, headlineLength - 1)}…` : line
}
