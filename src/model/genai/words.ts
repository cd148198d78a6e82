import { text, type Attributes } from '../attributes.ts'
import { isLeftOut } from '../exchange/redaction.ts'

/** What somebody or something said; null where it was not sent, or left out. */
export function words(attributes: Attributes, key: string): string | null {
  return said(text(attributes, key))
}

export function said(text: string | null): string | null {
  return text === null || isLeftOut(text) ? null : text
}
