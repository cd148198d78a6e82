import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '../../../src/renderer')
const outDir = resolve(import.meta.dirname, '../../../node_modules/.cache/colophon/page')

/** Builds the page alone, as both hosts serve it. Returns the folder. */
export async function buildPage(): Promise<string> {
  await build({
    root,
    base: './',
    configFile: false,
    logLevel: 'warn',
    plugins: [vue()],
    build: { outDir, emptyOutDir: true, assetsInlineLimit: 0 },
  })
  return outDir
}
