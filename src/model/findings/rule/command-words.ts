/** The words of one plain command, as Codex's rules see it; else why a rule cannot speak of it. */
export type CommandWords = { readonly argv: readonly string[] } | Refused

export interface Refused {
  /** Half a sentence: "it has a pipe". */
  readonly refused: string
}

interface Refusal {
  readonly sign: RegExp
  readonly refused: string
}

/**
 * What makes a script more than one plain command. Codex 0.171 matches no rule with a script that has one of these, or asks for each part
 * of it; a backslash and a comment are among them. They are looked for outside of quotes, in this order.
 */
const unquoted: readonly Refusal[] = [
  { sign: /<</, refused: 'it has a heredoc' },
  { sign: /[<>]/, refused: 'it has a redirect' },
  { sign: /\|\|?|&&|;|\n/, refused: 'it joins several commands' },
  { sign: /&/, refused: 'it goes on in the background' },
  { sign: /[$`]/, refused: 'the shell puts something in its place' },
  { sign: /[()]/, refused: 'it runs in a shell of its own' },
  { sign: /[*?[\]{}~^]/, refused: 'the shell makes its words from a pattern' },
  { sign: /\\/, refused: 'it has a backslash' },
  { sign: /#/, refused: 'it has a comment' },
]

const assignment = /^\w+\+?=/
/** Of bash: a command that begins so is none of its own. `time` is a program to Codex. */
const reserved = new Set(
  'if then elif else fi for while until do done case esac select function coproc in ! [[ ]]'.split(' '),
)

/**
 * The words of a script that is one plain command, as the model wrote it: Codex looks into the one that it hands to a shell itself, and
 * into none within it.
 */
export function wordsOfScript(script: string): CommandWords {
  const text = script.trim().replace(/;$/, '').trimEnd()
  if (text === '') return { refused: 'it is empty' }
  if (assignment.test(text)) return { refused: 'it sets a variable of the environment' }
  const pieces = piecesOf(text)
  if (pieces === null) return { refused: 'a quote in it does not end' }
  const bare = pieces.map((piece) => (piece.quote === null ? piece.text : '""')).join('')
  if (/(?:^|[^|])\|(?:[^|]|$)/.test(bare)) return { refused: 'it has a pipe' }
  for (const { sign, refused } of unquoted) if (sign.test(bare)) return { refused }
  // Between double quotes the shell still puts in variables and commands, and a backslash counts.
  if (pieces.some((piece) => piece.quote === '"' && /[$`]/.test(piece.text)))
    return { refused: 'the shell puts something in its place' }
  if (pieces.some((piece) => piece.quote === '"' && piece.text.includes('\\'))) return { refused: 'it has a backslash' }
  const argv = joined(pieces)
  return reserved.has(argv[0] ?? '') ? { refused: 'it begins with a word of the shell' } : { argv }
}

interface Piece {
  readonly quote: '"' | "'" | null
  readonly text: string
}

/** Quoted and bare runs of a text in order; null where a quote does not end. A backslash is refused before it could hide one. */
function piecesOf(text: string): readonly Piece[] | null {
  const pieces: Piece[] = []
  for (let at = 0; at < text.length;) {
    const first = text[at]
    if (first === '"' || first === "'") {
      const end = endOfQuote(text, at, first)
      if (end < 0) return null
      pieces.push({ quote: first, text: text.slice(at + 1, end) })
      at = end + 1
    } else {
      const rest = text.slice(at).search(/["']/)
      const end = rest < 0 ? text.length : at + rest
      pieces.push({ quote: null, text: text.slice(at, end) })
      at = end
    }
  }
  return pieces
}

function endOfQuote(text: string, from: number, quote: '"' | "'"): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === quote) return at
    if (quote === '"' && text[at] === '\\') at++
  }
  return -1
}

/** Runs that touch each other are one word: `-g"*.ts"`. */
function joined(pieces: readonly Piece[]): readonly string[] {
  const words: string[] = []
  let isWithin = false
  for (const { quote, text } of pieces) {
    const parts = quote === null ? text.split(/[ \t\r]+/) : [text]
    parts.forEach((part, i) => {
      const goesOn = i === 0 && isWithin
      if (goesOn) words[words.length - 1] += part
      else if (part !== '' || quote !== null) words.push(part)
    })
    isWithin = quote !== null || (parts.at(-1) ?? '') !== ''
  }
  return words
}
