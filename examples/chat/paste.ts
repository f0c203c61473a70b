/**
 * What is pasted is text: terminals mark where it begins and ends, and between the marks no character is a key. So a text from elsewhere
 * cannot press Ctrl-C, Ctrl-Z or Enter. Knows no terminal.
 */

/** Asks a terminal to mark what is pasted, or no more. */
export const MARK_PASTES = '\u001b[?2004h'
export const MARK_NO_PASTES = '\u001b[?2004l'

const BEGIN = '\u001b[200~'
const END = '\u001b[201~'

/** Makes a function that takes what a terminal sends, piece by piece, and gives what may be taken for keys. */
export function pasteFilter(): (piece: string) => string {
  let pasting = false
  /** The end of the last piece, if a mark may begin there. */
  let held = ''
  return (piece) => {
    let rest = held + piece
    let keys = ''
    for (;;) {
      const mark = pasting ? END : BEGIN
      const at = rest.indexOf(mark)
      if (at < 0) break
      keys += pasting ? textOf(rest.slice(0, at)) : rest.slice(0, at)
      rest = rest.slice(at + mark.length)
      pasting = !pasting
    }
    // The key Escape comes alone and is not held.
    held = beginningAtEnd(rest, pasting ? END : BEGIN, pasting ? 1 : 2)
    rest = rest.slice(0, rest.length - held.length)
    return keys + (pasting ? textOf(rest) : rest)
  }
}

/** The longest end of a text that is a beginning of the mark, of so many characters at least. */
function beginningAtEnd(text: string, mark: string, least: number): string {
  for (let length = mark.length - 1; length >= least; length--) {
    if (text.endsWith(mark.slice(0, length))) return mark.slice(0, length)
  }
  return ''
}

/** One line of text: what is no character of it becomes a space. */
function textOf(pasted: string): string {
  return pasted.replace(/\p{Cc}/gu, ' ')
}
