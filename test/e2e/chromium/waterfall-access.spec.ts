import { expectNoViolations } from '../axe-check.ts'
import { sessionId } from './fake-session.ts'
import { test, expect, timeArea } from './waterfall-test.ts'

const path = `/sessions/${sessionId}`

test('axe finds nothing with everything shown', async ({ open }) => {
  const page = await open(`${path}?row=tool_call-10&raw=api_call-2&path=1&squeeze=1&colour=tool&find=exec`)
  const area = await timeArea(page)
  await page.mouse.move(area.x + 100, area.y + 60)
  await page.mouse.down()
  await page.mouse.move(area.x + 300, area.y + 60, { steps: 3 })
  await page.mouse.up()
  await page.getByRole('region', { name: 'The selected range' }).waitFor()
  await expectNoViolations(page, { include: ['.waterfall'] })
})

test('the tools of the bar are one stop for Tab, and the arrows move among them', async ({ open }) => {
  const page = await open(path)
  await timeArea(page)
  const tools = page.getByRole('toolbar', { name: 'Waterfall' })
  await page.getByRole('searchbox', { name: /^Search the session/ }).focus()
  await page.keyboard.press('Tab')
  await expect(tools.getByRole('button', { name: /go to the next$/ })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(tools.getByRole('button', { name: /go to the next$/ })).not.toBeFocused()
  await expect(tools.locator(':focus')).toHaveCount(1)
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  await expect(tools.locator(':focus')).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('combobox', { name: 'Colour by' })).toBeFocused()
})
