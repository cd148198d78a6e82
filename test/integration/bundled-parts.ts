import { pathToFileURL } from 'node:url'
import { vi } from 'vitest'
import { built } from '../built.ts'

/** The engine of a test starts its threads and processes from the bundle. */
vi.mock(import('../../src/engine/threads/parts.ts'), async (importOriginal) => {
  const original = await importOriginal()
  return {
    ...original,
    partFile: (name) => {
      const { file } = original.parts[name]
      return pathToFileURL(built(`main/${file.slice(file.lastIndexOf('/') + 1)}.js`))
    },
  }
})
