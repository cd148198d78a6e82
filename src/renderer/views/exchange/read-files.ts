/** A file as `import.files` takes it. */
export interface GivenFile {
  readonly name: string
  readonly base64: string
}

/** What one file may have; longer ones are for the command line, which reads them piece by piece. */
export const mostBytes = 64 * 1024 * 1024

/** The bytes as they are, whatever they are: text, protobuf, gzip. */
export function readFile(file: File): Promise<GivenFile> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onerror = () => reject(reader.error ?? new Error(`${file.name} could not be read.`))
    reader.onload = () => {
      const url = typeof reader.result === 'string' ? reader.result : ''
      resolve({ name: file.name, base64: url.slice(url.indexOf(',') + 1) })
    }
    reader.readAsDataURL(file)
  })
}
