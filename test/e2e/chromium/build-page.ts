import { resolve } from 'node:path'
import { build } from 'vite'
import { page } from '../../../vite.page.config.ts'

const root = resolve(import.meta.dirname, '../../../src/renderer')
const outDir = resolve(import.meta.dirname, '../../../node_modules/.cache/colophon/page')

/** Builds the page alone, as both hosts serve it. Returns the folder. */
export async function buildPage(): Promise<string> {
  await build({
    root,
    base: './',
    configFile: false,
    logLevel: 'warn',
    ...page,
    build: { outDir, emptyOutDir: true, assetsInlineLimit: 0 },
  })
  return outDir
}
