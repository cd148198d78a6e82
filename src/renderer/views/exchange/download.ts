/** Hands a file to whatever this page is shown by: a browser saves it, the app asks where. */
function download({ name, content }: NamedBlob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The save begins on its own time; a minute is enough for it to have taken hold of the blob.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

export interface NamedBlob {
  readonly name: string
  readonly content: Blob
}

/** Chromium takes ten downloads of a page in a second, and forgets the others. */
const gapMs = 120

export async function downloadAll(files: readonly NamedBlob[]): Promise<void> {
  for (const [index, file] of files.entries()) {
    if (index > 0) await new Promise((done) => setTimeout(done, gapMs))
    download(file)
  }
}
