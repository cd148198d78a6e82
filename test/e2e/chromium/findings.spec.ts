import { expectNoViolations } from '../axe-check.ts'
import { sessionId } from './fake-session.ts'
import { expect, test } from './page-test.ts'

const path = `/sessions/${sessionId}`

test('says why the session was slow, and leads from the sentence to its rows and back', async ({ open }) => {
  const page = await open(path)
  await page.getByRole('button', { name: /27 % of 11 m 04 s went into/ }).click()
  await expect(page).toHaveURL(/tab=findings/)
  await expect(page.getByRole('tab', { name: /^Findings/ })).toContainText('2')
  const findings = page.getByRole('region', { name: 'Findings' })
  await expect(findings.getByRole('heading', { level: 3 })).toHaveText([/make lint/, /reasoning tokens/])
  const [friction, thinking] = await findings.getByRole('listitem').all()
  if (!friction || !thinking) throw new Error('There are two findings.')
  await expect(thinking).toContainText('at most 12.0 s')
  await friction.getByRole('button', { name: 'Why do I see this' }).click()
  await expect(friction).toContainText('at least 3 times')
  await expect(friction.getByRole('region', { name: 'SQL of this finding' })).toContainText("subject = 'make lint'")
  await expectNoViolations(page)
  await friction.getByRole('button', { name: 'Show its 2 rows' }).click()
  await expect(page).toHaveURL(/finding=approval-friction/)
  const grid = page.getByRole('treegrid', { name: 'Rows of the session' })
  await expect(grid.getByRole('row', { name: /finding: You approved/ })).toHaveCount(2)
  await expect(grid.locator('.found')).toHaveCount(2)
  await expect(
    page.getByRole('img', { name: /context window .* 45 % full .* compacted once.* 9 more calls/ }),
  ).toBeVisible()
  await expect(page.getByLabel(/Token counts differ: .*21k tokens less/)).toBeVisible()
  await page.reload()
  await expect(page.getByText('in 2 rows')).toBeVisible()
  await expectNoViolations(page)
  const shown = await grid.getAttribute('aria-rowcount')
  await page.getByRole('button', { name: 'Show all rows again' }).click()
  await expect(grid).not.toHaveAttribute('aria-rowcount', shown ?? '')
})

test('fixes a finding by keyboard with what Codex said of it, takes it back, and keeps what is no problem', async ({
  open,
  host,
}) => {
  const page = await open(`${path}?tab=findings`)
  const findings = page.getByRole('region', { name: 'Findings' })
  await findings.getByRole('button', { name: 'Fix…' }).first().focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Let Codex run it without asking' })
  await expect(dialog).toContainText('Checked by codex-cli 0.171.0: 2 commands allowed, 10 neighbours not matched.')
  await expect(dialog.getByRole('group', { name: 'Difference' })).toContainText('+prefix_rule')
  await expect(dialog.getByRole('region', { name: 'What else it lets through' })).toContainText('make lint …')
  await expectNoViolations(page)
  await dialog.getByRole('button', { name: 'Folder' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Another folder, as an absolute path' }).fill('/home/ada/.codex-work')
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText('/home/ada/.codex-work/rules/colophon.rules')
  await dialog.getByRole('button', { name: 'Write the rule' }).focus()
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(findings.getByText(/^Fixed/)).toBeVisible()
  expect(host.calls).toContainEqual({
    name: 'finding.fixed',
    params: { kind: 'approval-friction', subject: 'make lint', undone: false },
  })
  await findings.getByRole('button', { name: 'Undo the fix…' }).click()
  const undo = page.getByRole('dialog', { name: 'Undo the fix' })
  await expect(undo.getByRole('group', { name: 'Difference' })).toContainText('-prefix_rule')
  await undo.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(findings.getByText(/^Fixed/)).toHaveCount(0)
  await findings.getByRole('button', { name: 'Not a problem' }).first().click()
  await expect(page.getByRole('tab', { name: /^Findings/ })).toContainText('1')
  const list = page.getByRole('list', { name: 'Not a problem' })
  await expect(list.getByRole('heading', { level: 3 })).toHaveText(/make lint/)
  await list.getByRole('button', { name: 'It is a problem after all' }).click()
  await expect(page.getByRole('tab', { name: /^Findings/ })).toContainText('2')
})

test('adds findings up over sessions, says what a fix saved, and leads to the sessions behind them', async ({
  open,
}) => {
  const page = await open('/sessions')
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Insights' }).click()
  await expect(page.getByText('lost in 41 sessions')).toBeVisible()
  const table = page.getByRole('table', { name: 'Insights' })
  const row = table.getByRole('row', { name: /approvals of make lint/ })
  await expect(row).toContainText('3 h 12 m')
  await expect(row).toContainText('20 m 00 s saved')
  await row.getByRole('button', { name: /^Sessions of/ }).focus()
  await page.keyboard.press('Enter')
  const list = table.getByRole('list', { name: /^Sessions of/ })
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await expect(table.getByText(/In the 30 days before: 31 times/)).toBeVisible()
  await page.getByText('What is looked for, and what it is known from').click()
  await expect(page.getByText(/Known from: codex.tool_decision/)).toBeVisible()
  await expectNoViolations(page)
  await table.getByRole('button', { name: 'Not a problem, in any session' }).click()
  await expect(row).toContainText('not a problem')
  await list.getByRole('link', { name: 'Fix the cart' }).click()
  await expect(page.getByRole('region', { name: 'Findings' }).getByRole('heading', { level: 3 })).toHaveCount(2)
  await page.goBack()
  await expect(table).toBeVisible()
})
