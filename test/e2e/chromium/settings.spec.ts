import { expect } from '@playwright/test'
import { freePort } from '../../free-port.ts'
import { expectNoViolations } from '../axe-check.ts'
import { test } from './configure-host.ts'
import { openPlace } from './open-place.ts'
import { withRealHost } from './start-real-host.ts'

test('a receiver moves to another port, and Codex is told in the same step', async ({ open, host, codexHome }) => {
  const port = await freePort()
  const page = await open('/settings')
  await page.getByLabel('port').nth(1).fill(String(port))
  await page.getByRole('button', { name: 'Save and listen' }).click()
  await page.getByRole('button', { name: 'Write config.toml' }).click()
  await expect(page.getByText('Codex sends here from its next start.')).toBeVisible()
  expect(codexHome.read()).toContain(`http://127.0.0.1:${port}/v1/traces`)
  expect((await host.call('status', {})).receivers.http.address).toBe(`127.0.0.1:${port}`)
})

test('where another Colophon has the ports, the guide leads to its page, and one button takes free ones', async ({
  host,
  page,
}) => {
  const { grpc, http } = (await host.call('status', {})).receivers
  const portOf = (address: string | null): string => address?.split(':').at(-1) ?? ''
  await withRealHost(
    async (second) => {
      await openPlace(page, `${second.url}/`, second.token, '/sessions')
      await expect(page.getByRole('heading', { name: 'Colophon is not listening yet' })).toBeVisible()
      await expect(page.getByText(`port ${portOf(http.address)} is taken by another Colophon`)).toBeVisible()
      await expect(page.getByRole('link', { name: 'open its page' })).toHaveAttribute('href', host.url)
      await page.goto(`${second.url}/#/health`)
      await expect(page.getByText('OTLP/HTTP: nothing arrives')).toBeVisible()
      await page.goto(`${second.url}/#/sessions`)
      await page.getByRole('button', { name: /^Use \d+ and \d+$/ }).click()
      await expect(page.getByRole('heading', { name: 'Colophon is listening' })).toBeVisible()
      await expect(page.getByRole('button', { name: /^Use / })).toHaveCount(0)
      const moved = (await second.call('status', {})).receivers
      expect(Number(portOf(moved.http.address))).toBe(Number(portOf(moved.grpc.address)) + 1)
    },
    { grpc: portOf(grpc.address), http: portOf(http.address) },
  )
})

test('an address that others reach wants a token, which is shown once; retention and privacy are kept; all is deleted by its words', async ({
  open,
  host,
}) => {
  await host.feed('02_classic')
  await expect.poll(async () => (await host.call('session.list', {})).total).toBe(1)
  const page = await open('/settings')
  const http = async () => (await host.call('status', {})).receivers.http.address ?? ''

  await test.step('an address that other machines reach is warned of, and refused without a token', async () => {
    await page.getByLabel('OTLP/HTTP').fill('0.0.0.0')
    await expect(page.getByText('It needs a token or TLS.')).toBeVisible()
    await page.getByRole('button', { name: 'Save and listen' }).click()
    await expect(page.getByRole('alert')).toContainText('needs a token or TLS')
    expect(await http()).toContain('127.0.0.1:')
    await page.getByLabel('OTLP/HTTP').fill('127.0.0.1')
  })

  await test.step('a generated token is asked for and not shown again', async () => {
    await page.getByLabel('Bearer token').check()
    await page.getByRole('button', { name: 'Generate' }).click()
    const token = await page.getByLabel('Token', { exact: true }).inputValue()
    await page.getByRole('button', { name: 'Save and listen' }).click()
    await expect(page.getByText('Saved.')).toBeVisible()
    await expect(page.getByLabel('Token', { exact: true })).toHaveValue('')
    expect(await page.content()).not.toContain(token)
    const url = `http://${await http()}/v1/logs`
    const send = (more: Record<string, string>): Promise<Response> =>
      fetch(url, { method: 'POST', headers: { 'content-type': 'application/x-protobuf', ...more } })
    expect((await send({})).status).toBe(401)
    expect((await send({ authorization: `Bearer ${token}` })).status).toBe(200)
  })

  await test.step('retention and privacy are kept, and pruning says what it did', async () => {
    await page.getByLabel('Leave out prompts').check()
    await page.getByLabel('Raw records for').fill('30')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: 'Prune now' }).click()
    await expect(page.getByText('Nothing was old enough to prune.')).toBeVisible()
    expect(await host.call('settings.read', {})).toMatchObject({
      retention: { rawDays: 30, rawBytes: null, factsDays: null },
      privacy: { dropPrompts: true, dropOutputs: false },
    })
  })

  await test.step('everything is deleted only when the words are typed', async () => {
    await page.getByRole('button', { name: 'Delete everything…' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('button', { name: 'Delete everything' })).toBeDisabled()
    await dialog.getByRole('textbox').fill('delete everything')
    await dialog.getByRole('button', { name: 'Delete everything' }).click()
    await expect(page.getByText('Deleted everything that was received.')).toBeVisible()
    expect((await host.call('session.list', {})).total).toBe(0)
  })
})

test('a team is set up, tested in words, shown by one switch and forgotten', async ({ open, host }) => {
  const page = await open('/settings')
  const whose = page.getByRole('radiogroup', { name: 'Whose sessions are shown' })
  const team = page.getByRole('region', { name: 'Team' })
  await expect(team.getByLabel('Address')).toBeVisible()
  await expect(whose).toHaveCount(0)
  await team.getByLabel('Address').fill('http://clickhouse.example:8123')
  await team.getByRole('button', { name: 'Save the connection' }).click()
  await expect(team.getByRole('alert')).toContainText('has to be https')
  const nobody = `http://127.0.0.1:${await freePort()}`
  await team.getByLabel('Address').fill(nobody)
  await team.getByLabel('Password or token').fill('kept apart')
  await team.getByRole('button', { name: 'Test the connection' }).click()
  await expect(team.getByRole('listitem')).toContainText('nobody listens at this address')
  await team.getByRole('button', { name: 'Save the connection' }).click()
  await whose.getByText('Team').click()
  await page.goto(`${host.url}/#/sessions`)
  await expect(page.getByText(/the team's ClickHouse: nobody listens/)).toBeVisible()
  await expectNoViolations(page)
  const ofHere = page.getByText('This view is about this machine.')
  await expect(ofHere).toHaveCount(0)
  await page.goto(`${host.url}/#/explore?tab=sql`)
  await expect(ofHere).toBeVisible()
  await expectNoViolations(page)
  await page.goto(`${host.url}/#/limits`)
  await expect(page.getByText('Of a team this is not known')).toBeVisible()
  await expectNoViolations(page)
  await whose.getByText('This machine').click()
  await page.goto(`${host.url}/#/sessions`)
  await expect(page.getByText(/nobody listens/)).toHaveCount(0)
  expect(await host.call('team.read', {})).toMatchObject({
    connection: { url: nobody, user: 'default' },
    password: 'file',
  })
  await page.goto(`${host.url}/#/settings`)
  await expect(team.getByLabel('Password or token')).toHaveAttribute('placeholder', 'kept in a file for you alone')
  await team.getByRole('button', { name: 'Forget' }).click()
  await expect(whose).toHaveCount(0)
})
