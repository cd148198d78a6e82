import { describe, expect, it } from 'vitest'
import { ansiPieces } from '../../../../src/renderer/parts/ansi/pieces.ts'
import { addressOf, parseMarkdown } from '../../../../src/renderer/parts/markdown/parse.ts'
import { diffLines } from '../../../../src/renderer/views/session/conversation/diff-lines.ts'
import { resumeCommand } from '../../../../src/renderer/views/session/resume-command.ts'
import { rowOfItem, soughtOfRow } from '../../../../src/renderer/views/session/conversation/rows.ts'
import type { ConversationItem } from '../../../../src/model/codex/conversation/item.ts'
import type { TreeRow } from '../../../../src/model/tree/row.ts'

describe('a diff', () => {
  it('counts its lines from where each hunk says', () => {
    const lines = diffLines('@@ -2,2 +2,2 @@\n a\n-b\n+c\n@@ -9 +9,2 @@\n d\n+e\n\\ No newline at end of file\n')
    expect(lines.map(({ kind, before, after, text }) => [kind, before, after, text])).toEqual([
      ['hunk', null, null, '@@ -2,2 +2,2 @@'],
      ['same', 2, 2, 'a'],
      ['removed', 3, null, 'b'],
      ['added', null, 3, 'c'],
      ['hunk', null, null, '@@ -9 +9,2 @@'],
      ['same', 9, 9, 'd'],
      ['added', null, 10, 'e'],
      ['note', null, null, '\\ No newline at end of file'],
    ])
  })

  it('counts a new file from its first line, and nothing in a patch that never ran', () => {
    // Of a file of Windows its line ends are not shown, unless they are what differs.
    expect(
      diffLines('@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\n\\ No newline at end of file\n').map((line) => line.text),
    ).toEqual(['@@ -1,2 +1,2 @@', 'a', 'b', 'c', '\\ No newline at end of file'])
    expect(diffLines('-a\r\n+a\n').map((line) => line.text)).toEqual(['a\r', 'a'])
    expect(diffLines('+a\n+b').map(({ after }) => after)).toEqual([1, 2])
    expect(diffLines('@@\n-a\n+b').map(({ before, after }) => [before, after])).toEqual([
      [null, null],
      [null, null],
      [null, null],
    ])
  })
})

describe("a terminal's text", () => {
  const shown = (text: string): string => (ansiPieces(text) ?? [{ text }]).map((piece) => piece.text).join('')

  it('is drawn in its colours, by name where the palette has them', () => {
    expect(ansiPieces('\u001b[1;31mred\u001b[0m plain \u001b[38;5;208mpalette\u001b[38;2;1;2;3mtrue')).toEqual([
      { text: 'red', class: 'ansi-red bold', style: null },
      { text: ' plain ', class: '', style: null },
      { text: 'palette', class: 'own', style: { '--ink': 'rgb(255, 135, 0)' } },
      { text: 'true', class: 'own', style: { '--ink': 'rgb(1, 2, 3)' } },
    ])
    expect(ansiPieces('plain')).toBeNull()
  })

  it('moves no cursor, names no window and leads nowhere', () => {
    expect(shown('a\u001b[2K\u001b[10;10Hb\u001b]0;title\u0007c\u001b]8;;https://x.example\u001b\\d\u001b[?25l')).toBe(
      'abcd',
    )
  })

  it('keeps what a progress bar drew last', () => {
    expect(shown(' 10%\r 50%\r100%\nnext\r\n')).toBe('100%\nnext\n')
  })
})

describe('Markdown of a model', () => {
  it('is left as it is written where it nests deeper than the stack, or is longer than anybody reads', () => {
    expect(parseMarkdown('> '.repeat(20_000))).toBeNull()
    expect(parseMarkdown('a '.repeat(40_000))).toBeNull()
    expect(parseMarkdown('a *b*')).not.toBeNull()
  })

  it('is left as it is written in a paragraph alone that has more marks than anybody writes', () => {
    const types = (text: string): string[] =>
      (parseMarkdown(text) ?? [])
        .flatMap((token) => ('tokens' in token ? (token.tokens ?? []) : []))
        .map(({ type }) => type)
    expect(types(`*a* ${'**a#'.repeat(5000)} **b**\n\nand *c*`)).toEqual(['text', 'text', 'em'])
    const usual = '*Words* of `a_b` and [more](https://x.example). '.repeat(40)
    expect(types(usual).filter((type) => type === 'em')).toHaveLength(40)
    const points = '- **a** of `b`: see [c](https://x.example)\n'.repeat(500)
    expect(JSON.stringify(parseMarkdown(points)).split('"strong"')).toHaveLength(501)
  })

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    'vscode://x',
    '/here',
    'https://me:word@x.example',
  ])('leads to no %s', (href) => {
    expect(addressOf(href)).toBeNull()
  })
})

describe('an entry and its row', () => {
  const rowOf = (more: Partial<TreeRow>): TreeRow => ({
    ...{
      id: 'r',
      parentId: null,
      kind: 'turn',
      label: '',
      detail: '',
      startMs: 0,
      durationMs: 1,
      atMost: false,
      untimed: false,
      status: 'ok',
    },
    ...{ spanCount: 0, failures: 0, parts: [], note: '', sessionId: 's', turnId: 't', callId: null },
    ...more,
  })
  const rows = [
    rowOf({ id: 'root', kind: 'session_loop', turnId: null }),
    rowOf({ id: 'turn' }),
    rowOf({ id: 'first', kind: 'api_call', startMs: 10 }),
    rowOf({ id: 'call', kind: 'tool_call', startMs: 20, callId: 'c' }),
    rowOf({ id: 'second', kind: 'api_call', startMs: 30 }),
    rowOf({ id: 'helper', kind: 'tool_call', sessionId: 'other', callId: 'c' }),
  ]
  const item = (kind: 'reply' | 'prompt' | 'tool', atMs: number, callId: string | null = null): ConversationItem =>
    ({ kind, key: 'k', atMs, turnId: 't', callId, abandoned: false }) as ConversationItem

  it('are found by the call, by the answer that was under way, else by the turn', () => {
    const found = (of: ConversationItem): string | undefined => rowOfItem(rows, 's', of)?.id
    expect(found(item('tool', 21, 'c'))).toBe('call')
    expect(found(item('reply', 15))).toBe('first')
    expect(found(item('reply', 35))).toBe('second')
    expect(found(item('prompt', 35))).toBe('turn')
    expect(found({ ...item('prompt', 35), turnId: 'of telemetry that was lost' })).toBeUndefined()
  })

  it('lead back, but for rows that no transcript of this session has', () => {
    expect(rows.map((row) => soughtOfRow(row, 's'))).toEqual([
      null,
      { key: null, callId: null, turnId: 't', timeMs: null },
      { key: null, callId: null, turnId: 't', timeMs: 10 },
      { key: null, callId: 'c', turnId: 't', timeMs: 20 },
      { key: null, callId: null, turnId: 't', timeMs: 30 },
      null,
    ])
  })
})

describe('the command that resumes a session', () => {
  const id = '01a22213-c94e-74a2-bd87-0f1b335a81fa'
  const on = { enabled: true }
  const of = { id, kind: 'user', witness: 'both', folder: '/home/ada/my shop', sample: false } as const

  it('begins in its folder, where its name means the same to every shell', () => {
    expect(resumeCommand(of, on)).toBe(`cd "/home/ada/my shop" && codex resume ${id}`)
    expect(resumeCommand({ ...of, folder: '/home/ada/$(rm x)' }, on)).toBe(`codex resume ${id}`)
    expect(resumeCommand({ ...of, folder: null }, on)).toBe(`codex resume ${id}`)
  })

  it('is there for what Codex may have a file of, and a person began', () => {
    expect(resumeCommand({ ...of, witness: 'telemetry' }, on)).toBeNull()
    // Nobody has looked for files.
    expect(resumeCommand({ ...of, witness: 'telemetry' }, { enabled: false })).toBe(resumeCommand(of, on))
    expect(resumeCommand({ ...of, kind: 'subagent' }, on)).toBeNull()
    expect(resumeCommand({ ...of, copiedIn: id }, on)).toBeNull()
    expect(resumeCommand({ ...of, id: 'x; rm -r .' }, on)).toBeNull()
  })
})
