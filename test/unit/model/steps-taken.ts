import { Session } from 'node:inspector/promises'

/**
 * How many steps the model's code takes in `work`: what the runtime counts of each function and block, so that it is the same on any machine
 * and says of an algorithm what a time cannot.
 */
export async function stepsOf(work: () => void): Promise<number> {
  const session = new Session()
  session.connect()
  try {
    await session.post('Profiler.enable')
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
    work()
    const { result } = await session.post('Profiler.takePreciseCoverage')
    const ranges = result
      .filter(({ url }) => url.includes('/src/model/'))
      .flatMap(({ functions }) => functions.flatMap((of) => of.ranges))
    return ranges.reduce((sum, { count }) => sum + count, 0)
  } finally {
    await session.post('Profiler.stopPreciseCoverage')
    session.disconnect()
  }
}
