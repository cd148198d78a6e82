/** For hosts, which say what something cost outside the page. */
export { usd } from '../model/pricing/money.ts'
