import { text, type Attributes } from '../../attributes.ts'
import type { ContentRedaction } from '../../genai/content-words.ts'
import { asPart } from '../rollout/payload.ts'
import type { QuotedImage } from './item.ts'
import type { Quoting } from './quote.ts'

/** Pixels alone: an SVG is a document. */
const dataUrl = /^data:(image\/(?:png|jpeg|gif|webp));base64,([A-Za-z0-9+/]{1,8})/

/** The images among the pieces of a message or an output. Only what stands in the file itself: an address is never asked. */
export function imagesOf(pieces: unknown, quoting: Quoting, family: ContentRedaction): readonly QuotedImage[] {
  if (!Array.isArray(pieces) || quoting.leavesOut.has(family)) return []
  return pieces
    .map((piece) => urlOf(asPart(piece as Attributes)))
    .flatMap((url) => (url === null ? [] : [url]))
    .flatMap((url, index): QuotedImage[] => {
      const [, type] = dataUrl.exec(url.slice(0, 100)) ?? []
      if (type === undefined) return []
      const bytes = Math.floor(((url.length - url.indexOf(',') - 1) * 3) / 4)
      return [{ part: `image:${String(index)}`, type, bytes, url: url.length <= quoting.longestImage ? url : null }]
    })
}

/** `{type: input_image, image_url}` of the context, `{type: image, data, mimeType}` of MCP servers, or the address itself. */
function urlOf(piece: Attributes): string | null {
  const address = text(piece, 'image_url') ?? text(piece, 'url')
  if (address !== null) return address
  const [data, type] = [text(piece, 'data'), text(piece, 'mimeType')]
  return text(piece, 'type') === 'image' && data !== null && type !== null ? `data:${type};base64,${data}` : null
}
