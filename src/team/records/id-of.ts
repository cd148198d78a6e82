/**
 * An id of so many hexadecimal digits, as a row has it. One that has lost its leading zeros, as what was a number has, gets them back; what
 * is none becomes '': a record without it, and no end of reading.
 */
export function idOf(text: string, digits: 16 | 32): string {
  return text.length > 0 && text.length <= digits && /^[\da-f]+$/i.test(text) ? text.padStart(digits, '0') : ''
}
