import { nextTick, onScopeDispose, shallowRef, toValue, watch } from 'vue'
import type { MaybeRefOrGetter, ShallowRef } from 'vue'
import { nextTask } from './next-task.ts'

/**
 * What a view can make a piece at a time: each piece has its turn, and after some of them keys, pointers and frames have theirs. The one
 * place where the page gives way, so that no view holds it for long, however much it shows. What somebody came for has its turn before
 * all others.
 */
const awaited = new Set<() => void>()
const others = new Set<() => void>()
/** Then whatever else the page has to do has its turn. A slow processor takes several times as long for the piece that is under way. */
const turnMs = 3
let isRunning = false
let isMakingAwaited = false

async function run(): Promise<void> {
  if (isRunning) return
  isRunning = true
  while (awaited.size + others.size > 0) {
    await nextTask()
    const endMs = performance.now() + turnMs
    for (let piece = takeNext(); piece; piece = performance.now() < endMs ? takeNext() : undefined)
      await doneWith(piece)
  }
  isRunning = false
}

function takeNext(): (() => void) | undefined {
  const queue = awaited.size > 0 ? awaited : others
  const [piece] = queue
  isMakingAwaited = queue === awaited
  if (piece) queue.delete(piece)
  return piece
}

/**
 * With what it changes in the page, laid out: the frame would lay out all that several turns have made at once. One that fails is told of,
 * and holds up no other.
 */
async function doneWith(piece: () => void): Promise<void> {
  try {
    piece()
    await nextTick()
    void document.body.offsetHeight
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}

/** Does it when its turn comes, after all like it that wait already; returns what takes that back. */
export function inTurn(piece: () => void, isAwaited = false): () => void {
  const queue = isAwaited ? awaited : others
  queue.add(piece)
  void run()
  return () => queue.delete(piece)
}

/** Once all that somebody came for is made, with what that itself had to make, and was painted. A page that nobody sees paints nothing. */
export async function untilShown(): Promise<void> {
  do await nextTask()
  while (awaited.size > 0 || isMakingAwaited)
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
}

/**
 * How many of so many are made: a few with each turn, the first of them before all that nobody came for and not in the task that makes
 * what stands around them. Fewer are fewer at once.
 */
export function useFilling(count: MaybeRefOrGetter<number>, step: number): Readonly<ShallowRef<number>> {
  const made = shallowRef(0)
  let takeBack = (): void => {}
  function fill(): void {
    const wanted = toValue(count)
    made.value = Math.min(wanted, made.value + step)
    if (made.value < wanted) takeBack = inTurn(fill)
  }
  function change(): void {
    takeBack()
    if (made.value === 0 && toValue(count) > 0) takeBack = inTurn(fill, true)
    else fill()
  }
  watch(() => toValue(count), change, { immediate: true, flush: 'sync' })
  onScopeDispose(() => takeBack())
  return made
}

/** Goes on with a work of many steps in turns, the first at once: one that takes no longer than a turn is done when this returns. */
export function inTurns<T>(work: Iterator<unknown, T>, done: (result: T) => void): () => void {
  let takeBack = (): void => {}
  function go(): void {
    const endMs = performance.now() + turnMs
    do {
      const step = work.next()
      if (step.done === true) {
        done(step.value)
        return
      }
    } while (performance.now() < endMs)
    takeBack = inTurn(go)
  }
  go()
  return () => takeBack()
}
