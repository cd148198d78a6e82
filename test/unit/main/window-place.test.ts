import { expect, test } from 'vitest'
import { openingBounds, usualSize } from '../../../src/main/window-place.ts'

const laptop = { x: 0, y: 25, width: 1440, height: 875 }
const beside = { x: 1440, y: 0, width: 2560, height: 1400 }

test('a window opens where it was', () => {
  const kept = { x: 1500, y: 40, width: 1600, height: 1000 }
  expect(openingBounds(kept, [laptop, beside])).toEqual(kept)
})

test('a window of a display that is gone opens in its usual size', () => {
  expect(openingBounds({ x: 1500, y: 40, width: 1600, height: 1000 }, [laptop])).toEqual(usualSize)
  expect(openingBounds(null, [laptop])).toEqual(usualSize)
})

test('a window that nobody could get hold of opens in its usual size', () => {
  expect(openingBounds({ x: 1400, y: 40, width: 1000, height: 700 }, [laptop])).toEqual(usualSize)
  expect(openingBounds({ x: 100, y: -300, width: 1000, height: 700 }, [laptop])).toEqual(usualSize)
  expect(openingBounds({ x: 100, y: 890, width: 1000, height: 700 }, [laptop])).toEqual(usualSize)
})

test('a window is no larger than its display, and no smaller than it can be used', () => {
  expect(openingBounds({ x: 0, y: 25, width: 3000, height: 100 }, [laptop])).toEqual({
    x: 0,
    y: 25,
    width: 1440,
    height: 480,
  })
})
