import { afterAll, beforeAll, describe } from 'vitest'
import { findEngine } from '../../clickhouse/engine.ts'
import { startClickHouse, type ClickHouse } from '../../clickhouse/server.ts'
import { describeExploring } from './exploring.ts'
import { describeFaults } from './faults.ts'
import { describeEngine } from './through-the-engine.ts'
import { describeKilled } from './killed.ts'
import { describeProjecting } from './projecting.ts'
import { describeQuestions } from './questions.ts'
import { describeRanges } from './ranges.ts'
import { describeReading } from './reading.ts'
import { describeSessions } from './sessions.ts'
import { makeTeamStore } from './team-store.ts'

const engine = findEngine()

/** One server for all that is asked of one: what it shows is in the files beside this. */
describe.skipIf(engine === null)('beside a ClickHouse', () => {
  let running: ClickHouse | null = null
  beforeAll(async () => {
    if (engine === null) return
    running = await startClickHouse(engine)
    await makeTeamStore(running)
  })
  afterAll(() => running?.stop())

  const server = (): ClickHouse => {
    if (running === null) throw new Error('the server did not start')
    return running
  }
  describeReading(server)
  describeProjecting(server)
  describeKilled(server)
  describeQuestions(server)
  describeSessions(server)
  describeRanges(server)
  describeExploring(server)
  describeEngine(server)
  // Last: it brings records of another run.
  describeFaults(server)
})
