import { chromium, type Browser } from '@playwright/test'
import { asRoot, executablePath } from './chromium-path.ts'

/** A real browser as most machines of these figures have it: without a graphics card. */
export const measuredBrowser = (): Promise<Browser> =>
  chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--disable-gpu', ...asRoot],
  })
