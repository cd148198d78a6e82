/** Two cells each: pictures, and the scripts that Unicode's East Asian Width has as wide. */
const wide =
  /^(?:\p{Emoji_Presentation}|.\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}])/u
/** No cell of their own where they stand alone. */
const none = /^[\p{Mark}\u200b-\u200d\ufeff\u00ad]+$/u
const ascii = /^[\u0020-\u007e]*$/

let segmenter: Intl.Segmenter | null = null

/** Made for the first text beyond ASCII: it takes milliseconds. */
function graphemesOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return segmenter.segment(text)
}

/** How many columns of a terminal a text takes. */
export function cellsOf(text: string): number {
  if (ascii.test(text)) return text.length
  let cells = 0
  for (const { segment } of graphemesOf(text)) cells += widthOf(segment)
  return cells
}

/** The text, or its beginning and `mark`, in so many columns at most. */
export function cutTo(text: string, most: number, mark: string): string {
  if (cellsOf(text) <= most) return text
  const room = most - cellsOf(mark)
  if (room < 0) return ''
  let taken = ''
  let cells = 0
  for (const { segment } of graphemesOf(text)) {
    cells += widthOf(segment)
    if (cells > room) break
    taken += segment
  }
  return taken + mark
}

function widthOf(grapheme: string): number {
  if (none.test(grapheme)) return 0
  return wide.test(grapheme) ? 2 : 1
}
