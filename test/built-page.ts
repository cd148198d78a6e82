import { resolve } from 'node:path'

/** The page as the build left it, which both hosts serve. */
export const builtPage = resolve(import.meta.dirname, '../out/renderer')
