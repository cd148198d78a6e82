import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { findRollouts } from '../../src/engine/history/find-rollouts.ts'
import { loadRolloutRun } from '../rollouts.ts'

export interface MadeHome {
  /** A Codex home. */
  readonly path: string
  readonly files: readonly string[]
}

/**
 * Session files made by multiplying a real one: the lines of one run over and over, each time with other turns, answers and calls, under
 * another thread's id in each file.
 */
export function makeHome(folder: string, count: number, bytesEach: number): MadeHome {
  const [original, home] = [join(folder, 'original'), join(folder, 'home')]
  loadRolloutRun('01_fix').unpackInto(original)
  const [path = ''] = findRollouts(original).files.map((file) => file.path)
  const [id = ''] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(basename(path)) ?? []
  const [head = '', ...lines] = readFileSync(path, 'utf8').split('\n')
  const body = lines.join('\n')
  const files = Array.from({ length: count }, (_, file) => {
    const born = (0x01a100000000 + file * 60_000).toString(16).padStart(12, '0')
    const thread = `${born.slice(0, 8)}-${born.slice(8)}-7000-8000-${String(file).padStart(12, '0')}`
    const day = join(home, 'sessions', '2026', '01', String(1 + (file % 28)).padStart(2, '0'))
    const made = join(day, `rollout-2026-01-01T00-00-00-${thread}.jsonl`)
    mkdirSync(dirname(made), { recursive: true })
    writeFileSync(made, `${head.replaceAll(id, thread)}\n`)
    let pieces: string[] = []
    for (let bytes = 0, copy = 0; bytes < bytesEach; copy++) {
      const piece = copyOf(body.replaceAll(id, thread), copy)
      pieces.push(piece)
      bytes += piece.length
      if (pieces.length < 64 && bytes < bytesEach) continue
      appendFileSync(made, pieces.join(''))
      pieces = []
    }
    return made
  })
  return { path: home, files }
}

function copyOf(body: string, copy: number): string {
  return later(body, copy)
    .replaceAll(/"turn_id":"[0-9a-f]{8}/g, `"turn_id":"${(0xf0000000 + copy).toString(16)}`)
    .replaceAll(/"((?:resp|call)_[^"]{6,})"/g, (_, name: string) => `"${name}k${String(copy)}"`)
}

/** Each copy an hour later than the one before. */
function later(body: string, copy: number): string {
  return body.replaceAll(
    /"timestamp":"([^"]+)"/g,
    (_, time: string) => `"timestamp":"${new Date(Date.parse(time) + copy * 3_600_000).toISOString()}"`,
  )
}

/** What Codex writes when a model has answered. */
export function answerLine(path: string, responseId: string): string {
  const known = readFileSync(path, 'utf8')
    .split('\n')
    .find((line) => line.includes('"type":"token_usage_record"'))
  return `${(known ?? '').replace(/"response_id":"[^"]+"/, `"response_id":"${responseId}"`)}\n`
}
