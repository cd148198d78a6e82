import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keepTranscripts } from '../../../src/engine/history/conversation/session-transcript.ts'
import { findRollouts } from '../../../src/engine/history/find-rollouts.ts'
import type { ConversationItem, ItemKind, ItemOf } from '../../../src/model/codex/conversation/item.ts'
import type { Quoting } from '../../../src/model/codex/conversation/quote.ts'
import { loadRolloutRun, rolloutRuns } from '../../rollouts.ts'
import { inTemporaryHome } from './rollout-facts.ts'

const whole: Quoting = { longest: Infinity, longestImage: Infinity, leavesOut: new Set(), edit: (text) => text }

/** The items of every thread that has files in a home, by the thread's id. */
async function conversations(
  home: string,
  quoting = whole,
  transcripts = keepTranscripts(),
): Promise<ReadonlyMap<string, readonly ConversationItem[]>> {
  const paths = new Map<string, string[]>()
  for (const { path, name } of findRollouts(home).files)
    paths.set(name.threadId, [...(paths.get(name.threadId) ?? []), path])
  const read = new Map<string, readonly ConversationItem[]>()
  for (const [id, files] of paths) {
    const { items } = await transcripts.of(id, files)
    read.set(id, await items(0, Infinity, quoting))
  }
  return read
}

function inRun<T>(name: string, run: (home: string) => Promise<T>): Promise<T> {
  return inTemporaryHome(async (home) => {
    loadRolloutRun(name).unpackInto(home)
    return run(home)
  })
}

function of<K extends ItemKind>(items: readonly ConversationItem[], kind: K): readonly ItemOf<K>[] {
  return items.filter((item): item is ItemOf<K> => item.kind === kind)
}

const byText = (a: string, b: string): number => (a < b ? -1 : 1)

test.each(rolloutRuns)('the transcript of %s has the prompts and the calls that were made', (name) =>
  inRun(name, async (home) => {
    const read = await conversations(home)
    for (const thread of loadRolloutRun(name).threads) {
      const items = read.get(thread.id)
      if (items === undefined) continue
      const prompts = of(items, 'prompt').map(({ text }) => text.text)
      // What Codex itself writes to a reviewer is no prompt of a person.
      if (thread.kind === 'user')
        expect(prompts.sort(byText)).toEqual(thread.prompts.map(({ text }) => text).sort(byText))
      const calls = items.flatMap((item) =>
        item.kind === 'tool' || item.kind === 'patch' || item.kind === 'agent' || item.kind === 'plan'
          ? [{ id: item.callId, state: 'state' in item ? item.state : 'ok' }]
          : [],
      )
      // Telemetry tells how a script itself ended otherwise than its words do.
      const known = thread.tools
        .filter(({ name: tool }) => tool !== 'exec')
        .map(({ call_id: id, state }) => ({
          id,
          state: state === 'unfinished' ? 'open' : state,
        }))
      expect(calls.filter(({ id }) => known.some((tool) => tool.id === id))).toHaveLength(known.length)
      for (const call of known) expect(calls).toContainEqual(call)
    }
  }),
)

test('a patch is told by file, with its lines and what was added and removed', () =>
  inRun('01_fix', async (home) => {
    const [items = []] = [...(await conversations(home)).values()]
    expect(of(items, 'patch').map(({ files }) => files)).toEqual([
      [
        {
          path: '/home/dev/shop/cart.mjs',
          movedTo: null,
          change: 'update',
          added: 1,
          removed: 1,
          diff: {
            part: 'diff:0',
            length: expect.any(Number) as number,
            text: [
              '@@ -2,3 +2,3 @@',
              '   let sum = 0',
              '-  for (const item of items) sum += item.price',
              '+  for (const item of items) sum += item.price * item.quantity',
              '   return sum',
              '',
            ].join('\n'),
          },
        },
      ],
    ])
  }))

test('a patch that was declined is told by what it asked for', () =>
  inRun('23_server_approvals', async (home) => {
    const [items = []] = [...(await conversations(home)).values()]
    expect(of(items, 'patch')).toMatchObject([
      { state: 'declined', files: [{ path: '/home/dev/outside/new.mjs', change: 'add', added: 1, removed: 0 }] },
    ])
  }))

test('turns that a return to an earlier message took back stand before it, and say so', () =>
  inRun('21_tui_backtrack', async (home) => {
    const [items = []] = [...(await conversations(home)).values()].sort((a, b) => b.length - a.length)
    expect(items.map((item) => [item.kind, item.kind === 'prompt' ? item.text.text : '', item.abandoned])).toEqual([
      ['turn', '', false],
      ['prompt', 'Say hello.', false],
      ['reply', '', false],
      ['turn', '', true],
      ['prompt', 'A second thing.', true],
      ['reply', '', true],
      ['turn', '', true],
      ['prompt', 'A third thing.', true],
      ['reply', '', true],
      ['origin', '', false],
      ['turn', '', false],
      ['prompt', 'A second thing. edited', false],
      ['reply', '', false],
    ])
  }))

test('images of a prompt and of an output come from the file, and nothing else is an image', () =>
  inRun('19_image', async (home) => {
    const [items = []] = [...(await conversations(home)).values()]
    const images = items.flatMap((item) => (item.kind === 'prompt' || item.kind === 'tool' ? item.images : []))
    expect(images.map(({ url }) => url?.slice(0, 22))).toEqual(['data:image/png;base64,', 'data:image/png;base64,'])
    const { path } = findRollouts(home).files[0] as { path: string }
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/"data:image[^"]+"/g, '"https://example.com/a.png"'))
    const [away = []] = [...(await conversations(home)).values()]
    expect(away.flatMap((item) => (item.kind === 'prompt' || item.kind === 'tool' ? item.images : []))).toEqual([])
  }))

test('long texts are cut, and images that are too long are told of', () =>
  inRun('19_image', async (home) => {
    const short = { ...whole, longest: 8, longestImage: 8 }
    const [items = []] = [...(await conversations(home, short)).values()]
    expect(of(items, 'prompt')).toMatchObject([
      { text: { text: 'What is ', length: 24 }, images: [{ url: null, bytes: 180 }] },
    ])
  }))

test('what the privacy switches leave out is not in a transcript either', () =>
  inRun('01_fix', async (home) => {
    const without = { ...whole, leavesOut: new Set(['prompts', 'arguments', 'output'] as const) }
    const read = JSON.stringify([...(await conversations(home, without)).values()])
    for (const word of ['quantities', 'cart.test.mjs', 'passing', 'multiplies', 'should read', 'item.price'])
      expect(read).not.toContain(word)
    expect(read).toContain('"leftOut":true')
  }))

test('a file that grows is read on, and one that was written anew is read anew', () =>
  inRun('10_resume', async (home) => {
    const { path } = findRollouts(home).files[0] as { path: string }
    const all = readFileSync(path, 'utf8')
    const lines = all.split('\n')
    const transcripts = keepTranscripts()
    const count = async (): Promise<number> =>
      [...(await conversations(home, whole, transcripts)).values()][0]?.length ?? 0
    const complete = await count()
    writeFileSync(path, lines.slice(0, 12).join('\n') + '\n' + (lines[12]?.slice(0, 50) ?? ''))
    const early = await count()
    expect(early).toBeLessThan(complete)
    appendFileSync(path, all.slice(lines.slice(0, 12).join('\n').length + 51))
    expect(await count()).toBe(complete)
    writeFileSync(path, all.replace('"ordinal":0', '"ordinal":7').replaceAll('call_', 'told_'))
    expect(await count()).toBe(complete)
  }))

test('a file that is gone is told of, and the others are read', () =>
  inRun('21_tui_backtrack', async (home) => {
    const files = findRollouts(home).files.map(({ path }) => path)
    rmSync(files[0] as string)
    const { files: looked } = await keepTranscripts().of('any', [...files, join(home, 'none.txt')])
    expect(looked.map(({ problem }) => problem)).toEqual(['gone', ...files.slice(1).map(() => null), null])
  }))

test('a broken line is left out, and what stands around it is read', () =>
  inRun('01_fix', async (home) => {
    const { path } = findRollouts(home).files[0] as { path: string }
    const text = readFileSync(path, 'utf8')
    writeFileSync(
      path,
      text.replace('"output":"Chunk ID', '"output":"\u0000"Chunk ID').replace('{"timestamp"', '\u0000\n$&'),
    )
    const [items = []] = [...(await conversations(home)).values()]
    expect(of(items, 'tool')).toHaveLength(3)
    expect(of(items, 'reply')).toHaveLength(1)
  }))

test('a file that was written anew in place shows no words of another line', () =>
  inRun('01_fix', async (home) => {
    const [file] = findRollouts(home).files
    if (file === undefined) throw new Error('no file')
    const transcripts = keepTranscripts()
    const before = await transcripts.of(file.name.threadId, [file.path])
    const shown = await before.items(0, Infinity, whole)
    const lines = readFileSync(file.path, 'utf8').split('\n')
    const at = lines.findLastIndex((line) => line.includes('"type":"AgentMessage"'))
    const reply = lines[at] ?? ''
    const said = of(shown, 'reply').at(-1)?.text.text ?? ''
    expect(reply).toContain(said)
    // Another reply of the same length where it stood, written a second earlier, and one line more.
    const other = 'x'.repeat(said.length)
    const earlier = reply.replace(/"timestamp":"(\d{4})/, (_, year) => `"timestamp":"${String(Number(year) - 1)}`)
    lines[at] = earlier.replaceAll(said, other)
    writeFileSync(file.path, [...lines.slice(0, -1), reply.replaceAll(said, 'one more'), ''].join('\n'))
    const held = await before.items(0, Infinity, whole)
    expect(of(held, 'reply').at(-1)?.text.text).toBe('')
    expect(held.slice(0, -2).map(({ key }) => key)).toEqual(shown.slice(0, -2).map(({ key }) => key))
    const after = await transcripts.of(file.name.threadId, [file.path])
    const replies = of(await after.items(0, Infinity, whole), 'reply').map(({ text }) => text.text)
    expect(replies.slice(-2)).toEqual([other, 'one more'])
  }))
