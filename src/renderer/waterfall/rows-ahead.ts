import type { Bridge } from '../../contract/bridge.ts'
import type { Result } from '../../contract/result.ts'

type Answer = Result<Uint8Array>

/** The rows of the session that is about to be opened: of one, and for as long as they can be called fresh. */
interface Ahead {
  readonly id: string
  readonly askedMs: number
  readonly answer: Promise<Answer>
  arrived: Answer | null
}

const freshMs = 2000
/** Opening waits this long for the rows and shows what it has then: a press that shows nothing for longer seems lost. */
const patienceMs = 100

const kept = new WeakMap<Bridge, Ahead>()

/** Asks for the rows of a session while the press on it is still under way. */
export function askAhead(bridge: Bridge, id: string): Ahead {
  const known = freshOf(bridge, id)
  if (known) return known
  const ahead: Ahead = { id, askedMs: performance.now(), arrived: null, answer: answerOf() }
  async function answerOf(): Promise<Answer> {
    const answer = await bridge.invoke('session.block', { id, spans: false })
    return (ahead.arrived = answer)
  }
  kept.set(bridge, ahead)
  return ahead
}

/** Until the rows are there, so that the view is made, laid out and painted once. */
export async function untilAhead(bridge: Bridge, id: string): Promise<void> {
  const patience = new Promise((done) => setTimeout(done, patienceMs))
  await Promise.race([askAhead(bridge, id).answer, patience])
}

/** What has been asked for, once: the answer itself where it is there already. */
export function takeAhead(bridge: Bridge, id: string): Answer | Promise<Answer> | null {
  const known = freshOf(bridge, id)
  kept.delete(bridge)
  return known && (known.arrived ?? known.answer)
}

function freshOf(bridge: Bridge, id: string): Ahead | null {
  const known = kept.get(bridge)
  return known?.id === id && performance.now() - known.askedMs < freshMs ? known : null
}
