/** What the chat says, in plain words. */

export const USAGE = `A chat for the terminal, end-to-end encrypted.

  npm run chat -- NAME [options]

  NAME          who you are: on the first start this creates an account under this name
  --relay URL   the relay to use   (default http://127.0.0.1:7777, or the one used the last time)
  --data DIR    where your keys and messages are kept, as NAME.db   (default ~/.bisik)
  --new-keys    throw your keys away and start over with new ones; your contacts will be warned
  --help        this text

Start a relay first, in another terminal: npm run relay
`

export const HELP = `  /to NAME       choose whom to talk to; then just type
  /who           your contacts, and the keys to compare with them
  /accept NAME   go on after the warning that a key has changed
  /help          this text
  /quit          leave; what is not sent yet is sent the next time   (also Ctrl-C)

  · kept here, not sent yet    ✓ the relay has it    ✓✓ it is on the other's disk`

/** Why a message could not be opened. */
export function reasonOf(code: string): string {
  switch (code) {
    case 'pre-key-not-found':
    case 'no-session':
      return 'it was meant for keys that you do not have any more'
    case 'authentication-failed':
      return 'it is damaged, forged, or was meant for other keys'
    case 'replayed-base-key':
      return 'it is a replay'
    case 'too-far-ahead':
      return 'too many messages before it are missing'
    default:
      return `it is not understood: ${code}`
  }
}

/** A public key for people to compare, from 66 hexadecimal digits; the first two are the same for everybody. */
export function readableKey(key: string): string {
  return (key.slice(2).match(/.{8}/g) ?? []).join(' ')
}

export function timeOf(milliseconds: number): string {
  const time = new Date(milliseconds)
  const clock = time.toTimeString().slice(0, 5)
  return time.toDateString() === new Date().toDateString() ? clock : `${time.toISOString().slice(0, 10)} ${clock}`
}
