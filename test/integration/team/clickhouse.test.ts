import { afterAll, beforeAll, describe } from 'vitest'
import { findEngine } from '../../clickhouse/engine.ts'
import { startClickHouse, type ClickHouse } from '../../clickhouse/server.ts'
import { describeProjecting } from './projecting.ts'
import { describeReading } from './reading.ts'

const engine = findEngine()

/** One server for all that is asked of one: what it shows is in the files beside this. */
describe.skipIf(engine === null)('beside a ClickHouse', () => {
  let running: ClickHouse | null = null
  beforeAll(async () => {
    if (engine !== null) running = await startClickHouse(engine)
  })
  afterAll(() => running?.stop())

  const server = (): ClickHouse => {
    if (running === null) throw new Error('the server did not start')
    return running
  }
  describeReading(server)
  describeProjecting(server)
})
