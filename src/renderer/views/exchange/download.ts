import type { ExportedFile } from '../../../contract/exchange.ts'

/** Hands a file to whatever this page is shown by: a browser saves it, the app asks where. */
export function download({ fileName, mediaType, text }: ExportedFile): void {
  const url = URL.createObjectURL(new Blob([text], { type: mediaType }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // The save begins on its own time; a minute is enough for it to have taken hold of the blob.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
