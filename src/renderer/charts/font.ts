/** A canvas takes no font from the page: the same as `--font` of tokens.css. */
export const fontFamily = "'Inter Variable', 'Inter', system-ui, sans-serif"
