import { expect, test } from 'vitest'
import { createApp, defineComponent } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Router } from 'vue-router'
import { followNavigation, useOwnLink } from '../../../src/renderer/own-link.ts'
import type { WriteLink } from '../../../src/renderer/own-link.ts'

const view = defineComponent({ render: () => null })

/** A router at /sessions, whose way to /slow is over when the test says so. */
async function atSessions(): Promise<{
  router: Router
  write: WriteLink
  arrive: () => void
}> {
  let arrive = (): void => undefined
  const arrived = new Promise<void>((done) => (arrive = done))
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/sessions', component: view },
      { path: '/slow', component: view, beforeEnter: () => arrived },
      { path: '/gone', component: () => Promise.reject(new Error('gone')) },
    ],
  })
  followNavigation(router)
  await router.push('/sessions')
  return { router, write: createApp(view).use(router).runWithContext(useOwnLink), arrive }
}

/** What has been begun is over: a router goes on in steps of its own. */
const settled = (): Promise<void> => new Promise((done) => setImmediate(done))

test('words are written into the link of the view that is open', async () => {
  const { router, write } = await atSessions()
  await write({ q: 'tests' })
  expect(router.currentRoute.value.fullPath).toBe('/sessions?q=tests')
})

test('words call nobody back who is on the way to another view, and do not follow him there', async () => {
  const { router, write, arrive } = await atSessions()
  const way = router.push('/slow')
  await settled()
  await write({ q: 'tests' })
  arrive()
  expect(await way).toBeUndefined()
  await write({ q: 'tests' })
  expect(router.currentRoute.value.fullPath).toBe('/slow')
})

test('a way that led nowhere holds no words back', async () => {
  const { router, write } = await atSessions()
  router.onError(() => undefined)
  await router.push('/gone').catch(() => undefined)
  await write({ q: 'tests' })
  expect(router.currentRoute.value.fullPath).toBe('/sessions?q=tests')
})
