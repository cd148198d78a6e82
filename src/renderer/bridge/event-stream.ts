/**
 * The data of each Server-Sent Event in a stream of text (WHATWG HTML, section 9.2.6). Only `data` lines matter here;
 * comments keep the connection open. Feed it chunks cut anywhere.
 */
export function eventStreamReader(onData: (data: string) => void): (chunk: string) => void {
  let rest = ''
  let data: string[] = []
  return (chunk) => {
    const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) onData(data.join('\n'))
        data = []
      } else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''))
    }
  }
}
