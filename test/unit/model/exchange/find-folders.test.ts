import fc from 'fast-check'
import { expect, test } from 'vitest'
import { folderReplacer } from '../../../../src/model/exchange/find-folders.ts'

const replaced = (folders: readonly string[], text: string): string =>
  folderReplacer(folders)(text, (folder) => `<${folder}>`)

test('of folders that begin alike the longest that stands there as a whole is replaced', () => {
  const folders = ['/home/ada', '/home/ada/shop', '/home/ada/shop.old', '/home/ada/sh', 'C:\\a', '']
  expect(replaced(folders, '/home/ada/shop.')).toBe('</home/ada/shop>.')
  expect(replaced(folders, 'cd /home/ada/shop.old/x /home/ada/shopping')).toBe(
    'cd </home/ada/shop.old>/x </home/ada>/shopping',
  )
  expect(replaced(folders, '/home/ada/s /home/adam x/home/ada ~/home/ada')).toBe(
    '</home/ada>/s /home/adam x/home/ada ~/home/ada',
  )
  expect(replaced(folders, '"C:\\a\\b" C:\\ab C:\\a')).toBe('"<C:\\a>\\b" C:\\ab <C:\\a>')
  expect(replaced([], '/home/ada')).toBe('/home/ada')
})

test('folders are found where a pattern for all of them finds them', () => {
  const text = (most: number): fc.Arbitrary<string> =>
    fc.array(fc.constantFrom('/', 'a', 'b', '.', '-', ' '), { maxLength: most }).map((pieces) => pieces.join(''))
  const folder = text(6).map((rest) => `/${rest}`)
  fc.assert(
    fc.property(fc.array(folder, { minLength: 1, maxLength: 12 }), text(60), (folders, words) => {
      const each = [...folders].sort((a, b) => b.length - a.length).map((path) => path.replace(/[.]/g, '\\$&'))
      const pattern = new RegExp(`(?<![\\w.~-])(?:${each.join('|')})(?![\\w-]|\\.\\w)`, 'g')
      expect(replaced(folders, words)).toBe(words.replace(pattern, '<$&>'))
    }),
  )
})
