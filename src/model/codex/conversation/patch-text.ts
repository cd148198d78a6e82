import type { PatchedFile } from './item.ts'

interface AskedFile extends Omit<PatchedFile, 'diff' | 'added' | 'removed'> {
  readonly lines: string[]
  movedTo: string | null
}

const changes = { Add: 'add', Update: 'update', Delete: 'delete' } as const

/** What a patch asks for, by its own text: all there is of one that was declined, or has not run yet. */
export function filesOfPatch(patch: string): readonly (Omit<PatchedFile, 'diff'> & { readonly diff: string })[] {
  const files: AskedFile[] = []
  for (const line of patch.split('\n')) {
    const [, word, path] = /^\*\*\* (Add|Update|Delete) File: (.+)$/.exec(line) ?? []
    const file = files.at(-1)
    if (word !== undefined && path !== undefined)
      files.push({ path, movedTo: null, change: changes[word as keyof typeof changes], lines: [] })
    else if (line.startsWith('*** Move to: ')) {
      if (file !== undefined) file.movedTo = line.slice('*** Move to: '.length)
    } else if (!line.startsWith('*** ')) file?.lines.push(line)
  }
  return files.map(({ lines, ...file }) => ({
    ...file,
    added: lines.filter((line) => line.startsWith('+')).length,
    removed: lines.filter((line) => line.startsWith('-')).length,
    diff: lines.join('\n').replace(/\n$/, ''),
  }))
}
