import { text, type Attributes } from '../attributes.ts'
import { isLeftOut } from '../exchange/redaction.ts'

/** What somebody or something said; null where it was not sent, or left out. */
export function words(attributes: Attributes, key: string): string | null {
  const said = text(attributes, key)
  return said === null || isLeftOut(said) ? null : said
}
