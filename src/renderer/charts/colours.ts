import { createSharedComposable, useMutationObserver } from '@vueuse/core'
import { shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import { hues } from '../waterfall/palette.ts'
import { placeOf } from './colour-places.ts'

/** The tones that have a colour of their own; `plain` and names that are only known at run time take a hue. */
const tones = [
  ...[
    'model',
    'model-soft',
    'tool',
    'tool-soft',
    'wait',
    'wait-soft',
    'hook',
    'error',
    'helper',
    'accent',
    'idle',
    'line-strong',
  ],
] as const

/** What charts are painted with, read from the tokens of the theme that shows. */
export interface Colours {
  readonly tones: ReadonlyMap<string, string>
  readonly hues: readonly string[]
  readonly text: string
  readonly faint: string
  readonly line: string
  readonly lineSoft: string
  readonly surface: string
  /** What is written on a full tone. */
  readonly onTone: string
  readonly error: string
}

function read(): Colours {
  const root = document.documentElement
  const style = getComputedStyle(root)
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  return {
    tones: new Map(tones.map((tone) => [tone, token(tone)])),
    hues: root.dataset['theme'] === 'dark' ? hues.dark : hues.light,
    text: token('text'),
    faint: token('faint'),
    line: token('line'),
    lineSoft: token('line-soft'),
    surface: token('surface'),
    onTone: token('on-accent'),
    error: token('error'),
  }
}

/** The colours of the moment; another theme changes them at once. */
export const useColours: () => Readonly<ShallowRef<Colours>> = createSharedComposable(() => {
  const colours = shallowRef(read())
  useMutationObserver(document.documentElement, () => (colours.value = read()), { attributeFilter: ['data-theme'] })
  return colours
})

export interface Named {
  readonly name: string
  readonly tone: string | undefined
}

/** What a legend names: an area of its colour, or the line that it is drawn as. */
export interface LegendEntry {
  readonly name: string
  readonly colour: string
  /** undefined: it is no line. */
  readonly dashed?: boolean
}

/** A lighter tone, which a line takes dashed, in the colour of its full tone: thin and pale is not seen. */
const isSoft = (tone: string | undefined): boolean => tone?.endsWith('-soft') === true

/** How a line is drawn, and its name beside it. */
export function lineLook(
  colours: Pick<Colours, 'tones'>,
  tone: string | undefined,
  painted: string,
): Required<Omit<LegendEntry, 'name'>> {
  const dashed = isSoft(tone)
  return { dashed, colour: (dashed ? colours.tones.get(tone?.replace('-soft', '') ?? '') : undefined) ?? painted }
}

/** What the first names of a kind are painted in: a model is violet and a tool teal wherever they stand. */
const first: Readonly<Record<string, readonly string[]>> = {
  model: ['model', 'accent', 'helper'],
  tool: ['tool', 'accent'],
}

/** A colour for each: that of its tone, else the one that its name has among its kind, or the next that is free in this chart. */
export function paint(colours: Colours, named: readonly Named[], kind = ''): readonly string[] {
  const of = (tone: string): string => colours.tones.get(tone) ?? ''
  const order = [...new Set([...(first[kind] ?? ['accent']).map(of), ...colours.hues])]
  const taken = new Set(named.map(({ tone }) => of(tone ?? '')))
  return named.map(({ name, tone }) => {
    const fixed = colours.tones.get(tone ?? '')
    if (fixed !== undefined) return fixed
    const from = placeOf(kind, name)
    const turned = order.map((_, index) => order[(from + index) % order.length] ?? '')
    const colour = turned.find((one) => !taken.has(one)) ?? turned[0] ?? ''
    taken.add(colour)
    return colour
  })
}
