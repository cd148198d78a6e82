/**
 * What a text from elsewhere must not do where it is shown: control characters move a terminal's cursor, name its window or ring its
 * bell, and direction marks make a text read otherwise than it is written. C0, DEL and C1; the marks, embeddings and isolates of
 * Unicode's bidirectional algorithm (UAX #9); the separators of lines and paragraphs.
 */
const acting = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g
const actingInLines =
  /\r(?!\n)|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** The text with these characters as their escapes, `\u001b` for ESC: visible, and without effect. On one line. */
export function visible(text: string): string {
  return text.replace(acting, escaped)
}

/**
 * The same for a text of several lines: line ends and tabs stay. JSON stays the same JSON, for what is escaped can stand only in its
 * texts, and the escapes are JSON's own.
 */
export function visibleLines(text: string): string {
  return text.replace(actingInLines, escaped)
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
