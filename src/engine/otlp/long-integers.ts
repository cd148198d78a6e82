/** Sixteen digits or more may lie beyond 2^53, where JSON.parse rounds. Also true inside a text, which costs only time. */
const longNumber = /[:,[\s]-?\d{16,}/
const longInteger = /^-?[1-9]\d{15,}$/

const quote = 0x22
const backslash = 0x5c

/**
 * Puts quotes around long integers of a JSON text, because protobuf's JSON form lets 64-bit integers be numbers and
 * JSON.parse would round them. A text that has none is returned as it is.
 */
export function quoteLongIntegers(text: string): string {
  if (!longNumber.test(text)) return text
  const parts: string[] = []
  let copied = 0
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === quote) {
      at = endOfString(text, at)
    } else if (!startsNumber(code)) {
      at++
    } else {
      const start = at
      while (isNumberPart(text.charCodeAt(at))) at++
      const number = text.slice(start, at)
      if (!longInteger.test(number)) continue
      parts.push(text.slice(copied, start), '"', number, '"')
      copied = at
    }
  }
  parts.push(text.slice(copied))
  return parts.join('')
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end + 1
}

function isEscaped(text: string, at: number): boolean {
  let before = at - 1
  while (text.charCodeAt(before) === backslash) before--
  return (at - before) % 2 === 0
}

function startsNumber(code: number): boolean {
  return code === 0x2d || isDigit(code)
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/** Digits, point, exponent and signs. */
function isNumberPart(code: number): boolean {
  return isDigit(code) || code === 0x2e || code === 0x65 || code === 0x45 || code === 0x2b || code === 0x2d
}
