import { logRequest, texts } from '../../integration/engine/requests.ts'
import { expectNoViolations } from '../axe-check.ts'
import { expect } from './page-test.ts'
import { test } from './real-host.ts'
import type { RealHost } from './start-real-host.ts'

/** A completed response of this very moment: rules look at the present. */
async function respond(host: RealHost, conversation: string, inputTokens: number): Promise<void> {
  const { receivers } = await host.call('status', {})
  const attributes = texts({
    'event.name': 'codex.sse_event',
    'event.kind': 'response.completed',
    'conversation.id': conversation,
    model: 'gpt-5.5',
    input_token_count: String(inputTokens),
    cached_token_count: '0',
    output_token_count: '10',
  })
  const response = await fetch(`http://${receivers.http.address}/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(logRequest({ observedTimeUnixNano: `${Date.now()}000000`, attributes })),
  })
  expect(response.status).toBe(200)
}

const budget = {
  id: 'tokens',
  enabled: true,
  watched: { kind: 'budget', measure: 'tokens', per: 'month', limit: 1000 },
} as const

test('rules are added from a suggestion, changed, switched off and removed, and of every kind in the form', async ({
  host,
  open,
}) => {
  const page = await open('/alerts')
  const rules = async () => (await host.call('alert.rules', {})).rules
  await page.getByRole('button', { name: 'Watch: A session that works for more than 30 min' }).click()
  await expect.poll(rules).toMatchObject([{ enabled: true, watched: { kind: 'session-duration', minutes: 30 } }])

  await page.getByRole('button', { name: 'Change: A session that works for more than 30 min' }).click()
  const form = page.getByRole('dialog', { name: 'Edit rule' })
  await form.getByRole('spinbutton').fill('0')
  await expect(form.getByRole('button', { name: 'Save the rule' })).toBeDisabled()
  await form.getByRole('spinbutton').fill('45')
  await expect(form.getByRole('status')).toHaveText('A session that works for more than 45 min')

  await form.getByLabel('And then').selectOption('command')
  await expect(form.getByRole('button', { name: 'Save the rule' })).toBeDisabled()
  await form.getByRole('textbox', { name: 'Command' }).fill('echo no bell >&2; exit 3')
  await form.getByRole('button', { name: 'Test it' }).click()
  await expect(form.getByRole('alert')).toContainText('exit code 3: no bell')
  await form.getByRole('textbox', { name: 'Command' }).fill('exit 0')
  await form.getByRole('button', { name: 'Test it' }).click()
  await expect(form.getByText('It worked.')).toBeVisible()
  await form.getByLabel('And then').selectOption('post')
  await form.getByRole('textbox', { name: 'URL' }).fill('http://example.com/')
  await expect(form.getByRole('button', { name: 'Test it' })).toBeDisabled()
  await form.getByLabel('And then').selectOption('command')
  await form.getByRole('textbox', { name: 'Command' }).focus()
  await page.keyboard.press('Enter')
  await expect(form).toBeHidden()
  await expect.poll(rules).toMatchObject([{ watched: { minutes: 45 }, action: { kind: 'command', command: 'exit 0' } }])

  await page.getByRole('checkbox', { name: 'Watch: A session that works for more than 45 min' }).click()
  await expect.poll(rules).toMatchObject([{ enabled: false }])
  await page.getByRole('button', { name: 'Remove: A session that works for more than 45 min' }).click()
  await expect.poll(rules).toEqual([])
  await expect(page.getByText('Nothing is being watched yet.')).toBeVisible()
  await expect(page.locator('main:focus, main :focus')).toHaveCount(1)

  const kinds = ['budget', 'burn-rate', 'session-duration', 'tool-success', 'api-errors', 'approval-wait', 'digest']
  for (const kind of kinds) {
    await page.getByRole('button', { name: 'New rule' }).click()
    const form = page.getByRole('dialog', { name: 'New rule' })
    await form.getByLabel('Watch').selectOption(kind)
    await form.getByRole('button', { name: 'Save the rule' }).click()
    await expect(form).toBeHidden()
  }
  expect((await rules()).map(({ watched }) => watched.kind).sort()).toEqual([...kinds].sort())
})

test('an alert that fires is told of, counted at the bell until it is looked at, and leads to its cause', async ({
  host,
  open,
}) => {
  await host.call('alert.saveRule', budget)
  const page = await open('/sessions')
  await expect(page.getByRole('link', { name: 'Alerts', exact: true })).toBeVisible()
  await respond(host, '01a1f848-0000-7000-8000-00000000f00d', 5000)
  await expect.poll(async () => (await host.call('alert.list', {})).unseen).toBe(1)
  const [alert] = (await host.call('alert.list', {})).alerts
  await expect(page.getByRole('status').filter({ hasText: alert?.words ?? 'none' })).toBeVisible()
  await page.getByRole('link', { name: 'Alerts, 1 new one' }).click()
  await expect(page.getByRole('button', { name: 'Close the notice' })).toHaveCount(0)
  const fired = page.getByRole('listitem').filter({ hasText: alert?.words ?? 'none' })
  await expect(fired).toContainText('new')
  await expect(fired).toContainText('active')
  await expect.poll(async () => (await host.call('alert.list', {})).unseen).toBe(0)
  await expect(page.getByRole('link', { name: 'Alerts', exact: true })).toBeVisible()
  await fired.getByRole('link', { name: 'Show it on Overview' }).click()
  await expect(page).toHaveURL(new RegExp(`overview\\?range=custom&from=${alert?.cause.fromMs}`))

  const action = { kind: 'command', command: 'exit 5' } as const
  await host.call('alert.saveRule', { ...budget, watched: { ...budget.watched, limit: 2000 }, action })
  // What the rule does besides did not work, which Health tells.
  const troubles = async () => (await host.call('status', {})).troubles.map(({ of, words }) => `${of}: ${words}`)
  await expect.poll(troubles).toEqual([expect.stringMatching(/^alert: .* exit code 5/)])
})

test('a notice is left by Escape and does not come back', async ({ host, open }) => {
  await host.call('alert.saveRule', budget)
  const page = await open('/sessions')
  await page.getByRole('link', { name: 'Alerts', exact: true }).waitFor()
  await respond(host, '01a1f848-0000-7000-8000-00000000f00e', 5000)
  const close = page.getByRole('button', { name: 'Close the notice' })
  await close.focus()
  await page.keyboard.press('Escape')
  await expect(close).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Alerts, 1 new one' })).toBeVisible()
})

test('axe finds nothing in the alerts, the form and the notice', async ({ host, open }) => {
  await host.call('alert.saveRule', budget)
  const page = await open('/sessions')
  await page.getByRole('link', { name: 'Alerts', exact: true }).waitFor()
  await respond(host, '01a1f848-0000-7000-8000-00000000f00f', 5000)
  await page.getByRole('button', { name: 'Close the notice' }).waitFor()
  await expectNoViolations(page)
  // The notice with its own link goes by itself, on a busy machine before it was looked through.
  await page.getByRole('link', { name: /^Alerts/ }).click()
  await page.getByRole('listitem').filter({ hasText: 'over the budget' }).waitFor()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'New rule' }).click()
  await page.getByRole('dialog', { name: 'New rule' }).waitFor()
  await expectNoViolations(page)
})
