import type { Attributes } from '../../attributes.ts'
import type { ContentRedaction } from '../../genai/content-words.ts'
import type { Entry, Standing, ToldLine } from './entry.ts'
import type { ItemKind, ItemOf, Quoted } from './item.ts'
import { quote, type Quoting } from './quote.ts'

/** An entry with its lines read again, as the readers of items get it. */
export interface Told {
  readonly entry: Entry
  readonly turn: number
  readonly lines: readonly ToldLine[]
  readonly quoting: Quoting
  readonly quote: (part: string, family: ContentRedaction, text: string) => Quoted
}

type Place = 'key' | 'atMs' | 'turnId' | 'callId' | 'abandoned' | 'kind'

/** What one kind of item says beside its place. */
export type ItemReader<K extends ItemKind> = (told: Told) => Omit<ItemOf<K>, Place>

export function toldOf({ entry, turn }: Standing, lines: readonly ToldLine[], quoting: Quoting): Told {
  return { entry, turn, lines, quoting, quote: (part, family, text) => quote(quoting, part, family, text) }
}

/** The payload of the entry's first line whose kind ends so; an empty one where there is none. */
export function payloadOf({ lines }: Told, ...endings: readonly string[]): Attributes {
  return lines.find(({ kind }) => endings.some((ending) => kind.endsWith(ending)))?.payload ?? {}
}
