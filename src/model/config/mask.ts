const string = String.raw`"(?:[^"\\]|\\.)*"`
const headers = new RegExp(String.raw`(\bheaders = \{)((?:[^{}"]|${string})*)(\})`, 'g')
const value = new RegExp(String.raw`(= )${string}`, 'g')

/** A value as TOML on one line, as `valueText` writes it, with the values of headers hidden: they carry keys. */
export function maskHeaders(text: string): string {
  return text.replace(headers, (_, open: string, pairs: string, close: string) => {
    return open + pairs.replace(value, '$1"•••"') + close
  })
}
