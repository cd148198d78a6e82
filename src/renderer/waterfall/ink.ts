import type { Palette } from './palette.ts'

/** What is drawn on, and with. */
export interface Ink {
  readonly context: CanvasRenderingContext2D
  readonly palette: Palette
  readonly font: string
}
