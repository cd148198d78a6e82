/** Screen coordinates, as Electron counts them. */
export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const usualSize = { width: 1440, height: 900 } as const
export const leastSize = { minWidth: 720, minHeight: 480 } as const

/** So much of the window's top edge has to be on a display for someone to get hold of it. */
const gripWidth = 120
const gripHeight = 32

/**
 * Where a window opens that was last at `kept`: there, if its top edge can still be reached on one of the displays, and never
 * larger than that display. Else in its usual size, where the system puts it.
 */
export function openingBounds(kept: Bounds | null, workAreas: readonly Bounds[]): Bounds | typeof usualSize {
  const display = kept && workAreas.find((area) => canReach(kept, area))
  if (!kept || !display) return usualSize
  return {
    x: kept.x,
    y: kept.y,
    width: Math.max(leastSize.minWidth, Math.min(kept.width, display.width)),
    height: Math.max(leastSize.minHeight, Math.min(kept.height, display.height)),
  }
}

function canReach({ x, y, width }: Bounds, area: Bounds): boolean {
  const shown = Math.min(x + width, area.x + area.width) - Math.max(x, area.x)
  return shown >= gripWidth && y >= area.y && y + gripHeight <= area.y + area.height
}
