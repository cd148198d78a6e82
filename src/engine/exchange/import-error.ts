/** Why a file, or one of its documents, cannot be imported, with the place in it, in words for a person. */
export class ImportError extends Error {
  override readonly name = 'ImportError'
}

/** The import was asked to stop. */
export class ImportCancelled extends Error {
  override readonly name = 'ImportCancelled'
}
