import { expect, it } from 'vitest'
import { loadToken } from '../../../src/engine/api/token.ts'
import { noteListening } from '../../../src/engine/receivers/listening-file.ts'
import { noteHolder } from '../../../src/engine/store/holder.ts'
import { offerOther } from '../../../src/main/offer-other.ts'
import { temporaryFolder } from '../engine/store/temporary.ts'

const page = 'http://127.0.0.1:4316'

async function offered(dataDir: string, chosen: number): Promise<{ is: boolean; asked: string[]; opened: string[] }> {
  const [asked, opened]: [string[], string[]] = [[], []]
  const is = await offerOther(dataDir, {
    ask: ({ detail, buttons }) => {
      asked.push(detail, ...buttons)
      return Promise.resolve(chosen)
    },
    open: (link) => opened.push(link),
  })
  return { is, asked, opened }
}

it('leads to the page of the Colophon that has the folder, with its token', async () => {
  const dataDir = temporaryFolder()
  noteHolder(dataDir)
  noteListening(dataDir, { grpc: null, http: null, page })
  const { is, asked, opened } = await offered(dataDir, 0)
  expect(is).toBe(true)
  expect(asked[0]).toContain(`process ${String(process.pid)}`)
  expect(opened).toEqual([`${page}/#token=${loadToken(dataDir)}`])
  expect((await offered(dataDir, 1)).opened).toEqual([])
})

it('offers nothing where nobody has the folder, or it shows no page', async () => {
  const dataDir = temporaryFolder()
  noteListening(dataDir, { grpc: null, http: null, page })
  expect(await offered(dataDir, 0)).toEqual({ is: false, asked: [], opened: [] })
  noteHolder(dataDir)
  noteListening(dataDir, { grpc: null, http: null, page: null })
  expect((await offered(dataDir, 0)).is).toBe(false)
})
