import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { app } from 'electron'
import { readOwnFile, writeOwnFile } from '../engine/own-file.ts'
import { holderName } from '../engine/store/holder.ts'
import type { MainWindow } from './window.ts'

/** As long as a first start may take on a busy machine. */
const patienceMs = 30_000
const lookEveryMs = 50

/** Electron brings a second start to the first one and nothing back, so the first one answers in a file. */
const answerFile = (dataDir: string): string => join(dataDir, 'browser', 'shown')

/** True where this is the only app on the data folder. Else the first one has been asked, and this process is over. */
export function isFirstStart(dataDir: string): boolean {
  const question = randomUUID()
  if (app.requestSingleInstanceLock({ question })) return true
  const isShown = isAnswered(answerFile(dataDir), question)
  const what = isShown ? 'its window is shown' : 'it did not show its window'
  process.stderr.write(`colophon: ${holderName(dataDir)} runs already on ${dataDir}: ${what}\n`)
  app.exit(isShown ? 0 : 1)
  return false
}

/** At a stand, because an app that gets ready would open the profile that the first one uses. */
function isAnswered(file: string, question: string): boolean {
  const pause = new Int32Array(new SharedArrayBuffer(4))
  const untilMs = Date.now() + patienceMs
  while (readOwnFile(file) !== question) {
    if (Date.now() > untilMs) return false
    Atomics.wait(pause, 0, 0, lookEveryMs)
  }
  return true
}

type Show = (argv: readonly string[]) => Promise<Pick<MainWindow, 'current'>>

/** Hears of second starts from now on, and shows the window as soon as it is said how. */
export function hearSecondStarts(dataDir: string): { showWith: (show: Show) => void } {
  let showWith: (show: Show) => void = () => undefined
  const showing = new Promise<Show>((resolve) => (showWith = resolve))
  app.on('second-instance', (_event, argv, _folder, data) => {
    void showing
      .then(async (show) => {
        const window = (await show(argv)).current()
        if (window === null) return
        if (!window.isVisible()) await once(window, 'show')
        const question = questionOf(data)
        if (question !== null) writeOwnFile(answerFile(dataDir), question)
      })
      .catch((error: unknown) => {
        console.error('colophon: a second start was not shown the window:', error)
      })
  })
  return { showWith }
}

/** It comes from another process. */
function questionOf(data: unknown): string | null {
  const question = typeof data === 'object' && data !== null && 'question' in data ? data.question : null
  return typeof question === 'string' && /^[\da-f-]{36}$/.test(question) ? question : null
}
