import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { inProject, isRoot } from './run.mjs'
import { ensureChromium } from './runtimes.mjs'

/**
 * Draws the app's icons of all platforms from the two drawings in resources/build. Their results are kept with the sources, so that
 * nobody needs a browser to build the app: run this after a change of a drawing.
 */
const folder = inProject('resources', 'build')
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
/** Up to this size the drawing for whole pixels is used. */
const smallUpTo = 32

/** Type of each size in Apple's icon file (PNG inside; its 2x types hold the same pictures). */
const icnsTypes = [
  ['icp4', 16],
  ['icp5', 32],
  ['icp6', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
]
const icoSizes = [16, 24, 32, 48, 64, 128, 256]

const pictures = await draw()
mkdirSync(`${folder}/icons`, { recursive: true })
for (const [size, png] of pictures) if (size <= 512) writeFileSync(`${folder}/icons/${size}x${size}.png`, png)
writeFileSync(`${folder}/icon.icns`, icns())
writeFileSync(`${folder}/icon.ico`, ico())

async function draw() {
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: isRoot ? ['--no-sandbox'] : [] })
  const page = await browser.newPage()
  const drawn = new Map()
  for (const size of sizes) {
    const svg = readFileSync(`${folder}/${size <= smallUpTo ? 'icon-small' : 'icon'}.svg`, 'utf8')
    await page.setViewportSize({ width: size, height: size })
    await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`)
    drawn.set(size, await page.screenshot({ omitBackground: true }))
  }
  await browser.close()
  return drawn
}

/** A head of four letters and the length, then each picture behind its type and its length with these eight bytes. */
function icns() {
  const parts = icnsTypes.map(([type, size]) => chunk(type, pictures.get(size)))
  return chunk('icns', Buffer.concat(parts))
}

function chunk(type, content) {
  const head = Buffer.alloc(8)
  head.write(type, 'ascii')
  head.writeUInt32BE(content.length + 8, 4)
  return Buffer.concat([head, content])
}

/** A head of 6 bytes and 16 for each picture (0 stands for 256 pixels), then the PNG files. */
function ico() {
  const head = Buffer.alloc(6 + 16 * icoSizes.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(icoSizes.length, 4)
  let offset = head.length
  for (const [index, size] of icoSizes.entries()) {
    const at = 6 + 16 * index
    const { length } = pictures.get(size)
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += length
  }
  return Buffer.concat([head, ...icoSizes.map((size) => pictures.get(size))])
}
