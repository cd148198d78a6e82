import { isOtherTables } from './failure-words.ts'
import { unlessLeft, waiters, type Waiters } from './waited-for.ts'

/** What can be asked of, and says when it no longer fits what is there. */
export interface Reading {
  readonly isOutdated: () => Promise<boolean>
  readonly close: () => Promise<void>
}

interface Held<R extends Reading> {
  readonly reading: R
  users: number
  isDropped: boolean
}

interface Opening<R extends Reading> {
  readonly held: Promise<Held<R>>
  readonly crowd: Waiters
}

/**
 * Opened by the first question for all that come meanwhile, and again once the tables there are others: somebody has projected facts since
 * then, or a table went away. Questions that were being answered go on with the one before, which is closed after the last of them. Where
 * opening fails, the next question tries again.
 */
export function keepReading<R extends Reading>(
  open: () => Promise<R>,
): {
  readonly use: <T>(question: (reading: R) => Promise<T>) => Promise<T>
  readonly ifOpen: (act: (reading: R) => Promise<void>) => Promise<void>
} {
  let opening: Opening<R> | null = null

  function begin(): Opening<R> {
    const crowd = waiters()
    const opened = crowd.run(open).then((reading) => ({ reading, users: 0, isDropped: false }))
    const mine = { held: opened, crowd }
    opened.catch(() => {
      if (opening === mine) opening = null
    })
    return mine
  }

  const held = (): Promise<Held<R>> =>
    unlessLeft(() => {
      const { held, crowd } = (opening ??= begin())
      return crowd.wait(held)
    })

  async function drop(one: Held<R>): Promise<void> {
    if (one.isDropped) return
    one.isDropped = true
    opening = null
    if (one.users === 0) await one.reading.close()
  }

  return {
    async ifOpen(act) {
      const one = await opening?.held.catch(() => null)
      if (one) await act(one.reading)
    },
    async use(question) {
      const known = await held()
      if (await known.reading.isOutdated()) await drop(known)
      const one = known.isDropped ? await held() : known
      one.users++
      try {
        return await question(one.reading)
      } catch (error) {
        // The next question looks again which tables there are.
        if (isOtherTables(error)) await drop(one)
        throw error
      } finally {
        one.users--
        if (one.isDropped && one.users === 0) await one.reading.close()
      }
    },
  }
}
