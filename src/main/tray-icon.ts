import { nativeImage } from 'electron'
import type { NativeImage } from 'electron'

/** The mark of `BrandMark.vue`, on its field of 20: x, y, width, height. */
const bars = [
  { x: 2, y: 3, width: 16, height: 3, colour: 0x8f9baa },
  { x: 4.5, y: 8, width: 11, height: 3, colour: 0x9d86ff },
  { x: 7, y: 13, width: 6, height: 3, colour: 0x34c3b3 },
] as const

const grey = 0x8f9baa

/** Drawn rather than loaded, in two scales; macOS colours its tray icons itself. Grey where nothing is received. */
export function trayIcon(receives: boolean): NativeImage {
  const isTemplate = process.platform === 'darwin'
  const size = process.platform === 'linux' ? 22 : 16
  const image = nativeImage.createEmpty()
  for (const scaleFactor of [1, 2]) {
    const side = size * scaleFactor
    const colourOf = (colour: number): number => (isTemplate ? 0 : receives ? colour : grey)
    const buffer = pixels(side, colourOf)
    // Of one scale only, an empty image would take the other for its own size.
    image.addRepresentation({
      scaleFactor,
      width: side,
      height: side,
      dataURL: nativeImage.createFromBitmap(buffer, { width: side, height: side }).toDataURL(),
    })
  }
  image.setTemplateImage(isTemplate)
  return image
}

function pixels(side: number, colourOf: (colour: number) => number): Buffer {
  const buffer = Buffer.alloc(side * side * 4)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [u, v] = [((x + 0.5) * 20) / side, ((y + 0.5) * 20) / side]
      const bar = bars.find((bar) => u > bar.x && u < bar.x + bar.width && v > bar.y && v < bar.y + bar.height)
      // Blue, green, red, alpha: the order of 32 bits on every platform that Electron runs on.
      if (bar) buffer.writeUInt32LE((0xff000000 | colourOf(bar.colour)) >>> 0, (y * side + x) * 4)
    }
  return buffer
}
