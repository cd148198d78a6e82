import Anser from 'anser'

/** A stretch of a terminal's text in one look. */
export interface AnsiPiece {
  readonly text: string
  readonly class: string
  /** Colours that are none of the sixteen; mixed with the text's own, so that they are read on either ground. */
  readonly style: Readonly<Record<string, string>> | null
}

/** Commands to a terminal that draw nothing: a window's name, a link, a mode. */
const silent = /\u001b(?:\][^\u0007\u001b\n]{0,4096}(?:\u0007|\u001b\\)|[()][A-Z0-9]|[=>78cM])/g

/** A terminal's text in pieces of one look each; null where it has no escapes, and is one text. */
export function ansiPieces(text: string): readonly AnsiPiece[] | null {
  const written = overwritten(text)
  if (!written.includes('\u001b')) return written === text ? null : [{ text: written, class: '', style: null }]
  const options = { json: true, use_classes: true, remove_empty: true } as const
  return Anser.ansiToJson(written.replace(silent, ''), options).map(
    ({ content, fg, bg, fg_truecolor: fgTrue, bg_truecolor: bgTrue, decorations }) => {
      const [colour, ground] = [colourOf(fg, fgTrue), colourOf(bg, bgTrue)]
      const classes = [colour.name, ground.name === '' ? '' : `on-${ground.name}`, ...decorations]
      const style = {
        ...(colour.value === null ? {} : { '--ink': colour.value }),
        ...(ground.value === null ? {} : { '--ground': ground.value }),
      }
      return {
        text: content,
        class: classes.filter((name) => name !== '').join(' '),
        style: Object.keys(style).length === 0 ? null : style,
      }
    },
  )
}

/** A progress bar draws over its own line: what was written last is what one saw. */
function overwritten(text: string): string {
  if (!text.includes('\r')) return text
  return text
    .split('\n')
    .map((line) => {
      const end = line.endsWith('\r') ? line.slice(0, -1) : line
      return end.slice(end.lastIndexOf('\r') + 1)
    })
    .join('\n')
}

interface Colour {
  readonly name: string
  readonly value: string | null
}

/** One of the sixteen by name, any other by value. */
function colourOf(name: string | null, truecolor: string | null): Colour {
  if (!name) return { name: '', value: null }
  if (name === 'ansi-truecolor') return { name: 'own', value: `rgb(${truecolor ?? '128, 128, 128'})` }
  const number = /^ansi-palette-(\d{1,3})$/.exec(name)?.[1]
  return number === undefined ? { name, value: null } : { name: 'own', value: paletteColour(Number(number)) }
}

/** The 256 colours behind the sixteen: a cube of six by six by six, then greys. */
function paletteColour(number: number): string {
  if (number >= 232)
    return `rgb(${Array(3)
      .fill(8 + (number - 232) * 10)
      .join(', ')})`
  const level = (step: number): number => (step === 0 ? 0 : 55 + step * 40)
  const at = number - 16
  return `rgb(${[Math.floor(at / 36), Math.floor(at / 6) % 6, at % 6].map(level).join(', ')})`
}
