/** Colours, if there is a terminal that wants them (see https://no-color.org). */
const WANTED = process.stdout.isTTY === true && !process.env.NO_COLOR

const style =
  (on: number, off: number) =>
  (text: string): string =>
    WANTED ? `\u001b[${on}m${text}\u001b[${off}m` : text

export const bold: (text: string) => string = style(1, 22)
export const dim: (text: string) => string = style(2, 22)
export const red: (text: string) => string = style(31, 39)
export const green: (text: string) => string = style(32, 39)
export const yellow: (text: string) => string = style(33, 39)
export const cyan: (text: string) => string = style(36, 39)
/** White on black, whatever the colours of the terminal: a QR code is read by its light and dark. */
export const onDark = (text: string): string => (WANTED ? `\u001b[97;40m${text}\u001b[0m` : text)
