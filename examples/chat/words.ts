/** What the chat says, in plain words: each tells what happened and what to do about it. */
import type { Diagnosis, SessionSummary } from 'bisik'
import type { Unreadable } from '../shared/inbox.js'
import { RelayAway } from '../shared/link.js'
import { isRefused } from '../shared/refusals.js'
import { bold, red } from './style.js'
import { printable } from './width.js'

export const USAGE = `A chat for the terminal, end-to-end encrypted. Messages go out sealed: the relay is told for whom they are, not from whom.

  npm run chat -- NAME [options]

  NAME              who you are: on the first start this creates an account under this name
  --relay URL       the relay to use   (default http://127.0.0.1:7777, or the one used the last time)
  --trust-root HEX  the relay's trust root, as it prints it   (default: pinned at first contact; kept from then on)
  --data DIR        where your keys and messages are kept, as NAME.db   (default ~/.bisik)
  --new-keys        throw your keys away and start over with new ones; your contacts will be warned
  --help            this text

Start a relay first, in another terminal: npm run relay
`

export const HELP = `  /to NAME                    choose whom to talk to; then just type
  /who                        your contacts, and what protects each conversation
  /verify NAME                the safety number to compare with NAME, as digits and as a QR code
  /verify NAME FILE.svg       writes the code into a picture, to be shown or handed over
  /verify NAME scan FILE.svg  compares with the picture that NAME has written
  /verify NAME yes            you have compared the digits, and they are the same (or type NAME's digits in place of "yes")
  /accept NAME                go on without comparing, after the warning that a key has changed
  /help                       this text
  /quit                       leave; what is not sent yet is sent the next time   (also Ctrl-C, Ctrl-D)

  · kept here, not sent yet    ✓ the relay has it    ✓✓ it is on the other's disk`

/** The user must decide about a key. */
export function keyChangedText(peer: string, wasVerified: boolean): string {
  const what = wasVerified
    ? `The safety number with ${peer} has changed, and you had verified ${peer}!`
    : `The safety number with ${peer} has changed.`
  const why = wasVerified
    ? `  Do not go on before you have talked to ${peer}: if ${peer} did not start over with new keys, somebody is standing between you.`
    : `  Either ${peer} has started over with new keys, or somebody wants to read along in the place of ${peer}.`
  return [
    red(bold(what)),
    why,
    '  Messages are held until you decide: nothing that came under the new key is shown, and nothing is sent to it.',
    `  Type ${bold(`/verify ${peer}`)} and compare the new number with ${peer} by phone or in person${wasVerified ? '.' : ','}`,
    wasVerified
      ? `  (/accept ${peer} goes on without comparing; then ${peer} is not verified any more.)`
      : `  or ${bold(`/accept ${peer}`)} to go on without comparing.`,
  ].join('\n')
}

/** What became of a message that did not open. @param peer - its sender, if it is a contact. */
export function unreadableText({ error, diagnosis, asked }: Unreadable, peer: string | undefined): string {
  const whose = peer === undefined ? 'A message' : `A message from ${peer}`
  const reason = diagnosis === undefined ? whyRefused(error.code) : whyNotOpened(diagnosis)
  return `${whose} could not be opened: ${reason}. ${whatNow(diagnosis, asked, peer)}`
}

function whatNow(diagnosis: Diagnosis | undefined, asked: boolean, peer: string | undefined): string {
  if (peer === undefined) return 'If you expect one, ask its sender to write again.'
  if (asked) return `${peer}'s chat was asked to send it again; there is nothing to do.`
  if (diagnosis?.remedy === 'ask-again') return `${peer}'s chat was asked already: what is still missing in an hour, ask ${peer} for.`
  return 'It was dropped; there is nothing to do.'
}

function whyNotOpened({ cause }: Diagnosis): string {
  switch (cause) {
    case 'session-missing':
      return 'it belongs to a session that is not here any more, as after the loss of data'
    case 'session-diverged':
      return 'it belongs to another session than the one here, as when one side has lost data or restored an old copy'
    case 'altered':
      return 'it was altered or damaged on its way'
    case 'pre-key-gone':
      return 'it began with a prekey that is used up or gone, so it came late or is a copy'
    case 'handshake-differs':
      return 'it was made for other keys than yours, or altered on its way'
    case 'gap-too-large':
      return 'too many messages before it are missing'
    case 'seen-before':
      return 'it is a copy of one that was opened before'
    case 'counter-reused':
      return 'another message with its number was read before: its sender may have restored an old copy'
    case 'key-expired':
      return 'it came so late that the key for it is gone'
    case 'record-damaged':
      return 'a key for it is damaged on this device'
    default:
      return 'it is for a group, and this chat has none'
  }
}

function whyRefused(code: string): string {
  switch (code) {
    case 'authentication-failed':
      return 'it is sealed for other keys than yours, or damaged; what went to keys you gave up is sent again when your new ones are accepted'
    case 'certificate-untrusted':
      return "your relay's trust root does not vouch for whoever sealed it"
    case 'certificate-expired':
      return "its sender's certificate had ended: the clock of one of you is wrong"
    case 'session-kind-refused':
      return 'it would weaken what protects the conversation; its sender should update'
    case 'unsupported-version':
      return 'it is of another version; one of you should update'
    default:
      return `it is not understood (${code})`
  }
}

/** Another session is used than before. */
export function switchedText(peer: string, from: SessionSummary, to: SessionSummary): string {
  const protection = from.kind === to.kind ? 'protected as before' : `now: ${protectionOf(to)}; before: ${protectionOf(from)}`
  return `A new session with ${peer} began, ${protection}. That is so when both write first at once, or when one has lost data: nothing to do.`
}

/** A peer could not open something. */
export function answeredText(peer: string, count: number): string {
  if (count > 0) return `${peer} could not open something: your last messages (${count}) were sent again, ${peer} shows none twice.`
  return `${peer} could not open something that was sent again within the hour, or is not kept any more. If ${peer} misses it, write it again.`
}

/** What protects a conversation. */
export function protectionOf({ kind, epoch }: SessionSummary): string {
  if (kind === 'triple') return `post-quantum ratchet, epoch ${epoch}`
  return kind === 'pqxdh' ? 'post-quantum handshake only' : 'no post-quantum protection'
}

export function whyNotFound(name: string, error: unknown): string {
  if (error instanceof RelayAway) return `The relay is away, so ${printable(name)} cannot be looked up now. Try again when it is back.`
  if (isRefused(error, 'not-found')) return `Nobody goes by the name ${printable(name)} here. Has ${printable(name)} started the chat once?`
  if (isRefused(error, 'invalid-argument')) return 'A name has 1 to 32 letters a-z, digits, "-" and "_".'
  if (isRefused(error, 'quota-exceeded')) return 'You have looked up too many names; the relay wants you to wait for a while.'
  return `The relay refuses: ${error instanceof Error ? error.message : String(error)}.`
}

export function timeOf(milliseconds: number): string {
  const time = new Date(milliseconds)
  const clock = time.toTimeString().slice(0, 5)
  return time.toDateString() === new Date().toDateString() ? clock : `${time.toISOString().slice(0, 10)} ${clock}`
}
