/** `/verify`: shows a safety number, draws it, compares it with the other side's. Marks nothing itself: the messenger does. */
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { isBisikError } from 'bisik'
import type { Messenger } from '../shared/messenger.js'
import { drawn, readSvg, svgOf } from './qr.js'
import { bold, dim, green, onDark, red } from './style.js'
import { printable } from './width.js'

export interface VerifyParts {
  readonly messenger: Messenger
  readonly user: string
  /** The name of the contact. */
  readonly peer: string
  readonly ownName: string
  readonly say: (text: string) => void
  /** The numbers are the same, and the contact is marked. */
  readonly verified: () => Promise<void>
}

/** The digits that were shown last, by user: what "yes" is about. */
const shown = new Map<string, string>()

/** @param wish - what stands behind the name. */
export async function verify(parts: VerifyParts, wish: string): Promise<void> {
  const { messenger, user, peer, ownName, say } = parts
  const device = { user, device: 1 }
  try {
    if (wish === '') await show(parts)
    else if (wish === 'yes') {
      const digits = shown.get(user)
      if (digits === undefined) say(`Type /verify ${peer} first, and compare what you see with what ${peer} sees.`)
      else await compare(parts, digits)
    } else if (/^[\d\s]+$/.test(wish)) await compare(parts, wish)
    else if (wish.startsWith('scan ')) {
      const file = resolve(wish.slice(5))
      const scanned = readSvg(readFileSync(file, 'utf8'))
      if (scanned === undefined) say(`${printable(file)} is no picture of this chat. ${peer} writes one with /verify ${ownName} FILE.svg`)
      else await compare(parts, scanned)
    } else if (wish.endsWith('.svg')) {
      const file = resolve(wish)
      writeFileSync(file, svgOf((await messenger.fingerprint(device)).scannable))
      say(`Written: ${printable(file)}. ${peer} compares it with /verify ${ownName} scan FILE.svg`)
    } else say(`/verify ${peer} is followed by nothing, yes, the digits, FILE.svg or scan FILE.svg. See /help.`)
  } catch (error) {
    say(whyNot(error, peer))
  }
}

async function show({ messenger, user, peer, ownName, say }: VerifyParts): Promise<void> {
  const device = { user, device: 1 }
  const { displayable, scannable } = await messenger.fingerprint(device)
  shown.set(user, displayable)
  const groups = displayable.match(/\d{5}/g) ?? []
  // The digits below: of a small terminal, that is the end which is seen.
  say(drawn(scannable).map(onDark).join('\n'))
  say(bold(`Your safety number with ${peer}${messenger.isUndecided(device) ? ', under the new key' : ''}:`))
  for (let row = 0; row < 3; row++) say(`    ${groups.slice(4 * row, 4 * row + 4).join(' ')}`)
  say(`  ${peer} sees it with /verify ${ownName}. Compare the digits by phone or in person, not in this chat.`)
  say(dim(`  The same: /verify ${peer} yes. Different: somebody may stand between you; do not write what only ${peer} may read.`))
}

async function compare({ messenger, user, peer, say, verified }: VerifyParts, theirs: Uint8Array | string): Promise<void> {
  if (await messenger.verify({ user, device: 1 }, theirs)) {
    await verified()
    say(green(`The safety numbers are the same: ${peer} is verified. If the key of ${peer} changes one day, you will be told so.`))
  } else {
    say(red(bold(`The safety numbers are NOT the same. Somebody may stand between you and ${peer}.`)))
    say(
      `  Make sure that it was ${peer}'s number and is not an old one: both type /verify again. If it stays so, do not trust this conversation.`,
    )
  }
}

function whyNot(error: unknown, peer: string): string {
  if (isBisikError(error, 'no-session'))
    return `There is no key of ${peer} here yet: write to ${peer} first, then type /verify ${peer} again.`
  if (isBisikError(error, 'invalid-argument')) return 'A safety number has 60 digits; spaces do not matter.'
  if (isBisikError(error, 'malformed-message') || isBisikError(error, 'unsupported-version'))
    return `This is a code, but no safety number that is known here. Let ${peer} write it again, with the same version of the chat.`
  const { code, path } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return `There is no ${printable(path ?? 'such file')}. Check the name of the file.`
  if (code !== undefined && path !== undefined) return `${printable(path)} cannot be used: ${code}. Try another file.`
  throw error
}
