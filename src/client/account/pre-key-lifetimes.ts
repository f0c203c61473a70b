/**
 * How long prekeys are kept, as rules on the account's lists. Reads no record and knows no key.
 *
 * A retired prekey is kept while first messages for it may be under way: for 30 days after the relay had its successor, or handed the
 * one-time prekey out no more. It is deleted in two steps, so that a clock that was wrong for a moment, or a mailbox that was not read for
 * long, loses nothing. An app that does not say what it published is taken to publish at once, and more is kept for it.
 */
import { type EpochMillis, epochMillis } from '../../env.js'
import type { Account, Over, PreKeyBatch, RotatedPreKey } from '../../records/account-record.js'
import type { PreKeyUpload } from '../../wire/pre-key-bundle.js'

const DAY = 24 * 60 * 60 * 1000
// As long as an unanswered session may send.
const UNDER_WAY = 30 * DAY
/** Between the two steps of deleting a prekey: time to read the mailbox. */
const DELETION_DELAY = DAY
/** Retired prekeys that are kept whatever the clock says; and for an app that never says what it published. */
const ALWAYS_KEPT = 3
const ALWAYS_KEPT_UNCONFIRMED = 12
/** No more retired prekeys than this, of 3.5 KB each. */
const MAX_RETIRED = 64
/** After this long the relay is asked to hand a one-time prekey out no more: what it handed out last may be under way as long again. */
const SERVING_TIME = 60 * DAY
/** More batches of one-time prekeys are taken together. */
const MAX_BATCHES = 32

/** Ids: one-time prekeys with lower ones. */
export type OneTimeIds = Account['firstIds']

/** The account without what is over, and what of it is to be deleted. */
export interface Aged {
  readonly account: Account
  readonly signedPreKeys: readonly number[]
  readonly lastResortKemPreKeys: readonly number[]
}

/** Takes the next step with everything that is over. The account is the same object if there is nothing to do. */
export function age(before: Account, now: EpochMillis): Aged {
  const account = withUnlisted(before, now, now)
  const signed = ageRotated(account.signedPreKeys, account, now)
  const kem = ageRotated(account.lastResortKemPreKeys, account, now)
  const { batches, last } = ageBatches(account, now)
  const isSame = signed.kept === account.signedPreKeys && kem.kept === account.lastResortKemPreKeys && batches === account.batches
  const aged: Account = {
    ...account,
    signedPreKeys: signed.kept,
    lastResortKemPreKeys: kem.kept,
    batches,
    firstIds: last === undefined ? account.firstIds : { oneTimePreKey: last.end, kemPreKey: last.kemEnd },
  }
  return { account: isSame ? account : aged, signedPreKeys: signed.gone, lastResortKemPreKeys: kem.gone }
}

/** One-time prekeys with lower ids are not to be handed out any more. */
export function withdrawnBelow({ batches, firstIds }: Account, now: EpochMillis): OneTimeIds {
  const last = batches[lastIndex(batches, (batch) => isDue(batch, now))]
  return last === undefined ? firstIds : { oneTimePreKey: last.end, kemPreKey: last.kemEnd }
}

/** Notes that the relay hands out no one-time prekeys any more of the batches in which all elliptic-curve ids are lower. */
export function withdraw(account: Account, below: number, now: EpochMillis): Account {
  if (account.batches.every((batch) => batch.withdrawnAt !== undefined || batch.end > below)) return account
  const batches = account.batches.map((batch) =>
    batch.withdrawnAt === undefined && batch.end <= below ? { ...batch, withdrawnAt: noEarlier(now, batch.createdAt) } : batch,
  )
  return { ...account, batches }
}

/** Notes that the relay has an upload. The account is the same object if that was known. */
export function confirm(before: Account, upload: PreKeyUpload, now: EpochMillis): Account {
  // Noted before its time, a withdrawal would have prekeys deleted that the relay still hands out.
  const below = Math.min(upload.firstOneTimePreKeyId ?? 0, withdrawnBelow(before, now).oneTimePreKey)
  const account = withdraw(before, below, now)
  const signedPreKeys = confirmRotated(account.signedPreKeys, upload.signedPreKey.id, now)
  const lastResortKemPreKeys = confirmRotated(account.lastResortKemPreKeys, upload.kemPreKey.id, now)
  const batches = confirmBatches(account, upload, now)
  const isSame =
    account === before &&
    signedPreKeys === account.signedPreKeys &&
    lastResortKemPreKeys === account.lastResortKemPreKeys &&
    batches === account.batches
  return isSame ? before : { ...account, signedPreKeys, lastResortKemPreKeys, batches, publications: account.publications + 1 }
}

/** Whether a batch holds an id of an elliptic-curve prekey. */
export function holds(batches: readonly PreKeyBatch[], index: number, id: number): boolean {
  return id < (batches[index]?.end ?? 0) && id >= (batches[index - 1]?.end ?? 0)
}

/** Whether a batch holds an id of a one-time KEM prekey. */
export function holdsKem(batches: readonly PreKeyBatch[], index: number, id: number): boolean {
  return id < (batches[index]?.kemEnd ?? 0) && id >= (batches[index - 1]?.kemEnd ?? 0)
}

/** Adds a batch; one with the same end, made up by {@link withUnlisted} while this one was being made, gives way. */
export function withBatch(batches: readonly PreKeyBatch[], added: PreKeyBatch): readonly PreKeyBatch[] {
  const all = [...batches.filter(({ end }) => end !== added.end), added].sort((a, b) => a.end - b.end)
  while (all.length > MAX_BATCHES) {
    // The two whose union keeps the fewest longer than they need be: the oldest.
    const [first, second] = all.splice(0, 2) as [PreKeyBatch, PreKeyBatch]
    all.unshift({ ...second, publishedAt: first.publishedAt === undefined ? undefined : second.publishedAt })
  }
  return all
}

/**
 * Puts one-time prekeys into a batch that are in none: an earlier release made them, or they came from elsewhere. Nobody knows how old
 * they are.
 *
 * @param publishedAt - since when the relay is taken to have them; `undefined`: they must be published.
 */
export function withUnlisted(account: Account, now: EpochMillis, publishedAt: EpochMillis | undefined): Account {
  const { batches, nextIds, firstIds } = account
  const end = batches[batches.length - 1]?.end ?? Math.max(1, firstIds.oneTimePreKey)
  if (end >= nextIds.oneTimePreKey) return account
  const unlisted = { end: nextIds.oneTimePreKey, kemEnd: nextIds.kemPreKey, createdAt: now, publishedAt }
  return { ...account, batches: withBatch(batches, unlisted) }
}

function ageRotated(
  preKeys: readonly RotatedPreKey[],
  { publications }: Account,
  now: EpochMillis,
): { readonly kept: readonly RotatedPreKey[]; readonly gone: readonly number[] } {
  const always = publications === 0 ? ALWAYS_KEPT_UNCONFIRMED : ALWAYS_KEPT
  const kept: RotatedPreKey[] = []
  const gone: number[] = []
  let isSame = true
  for (const [i, preKey] of preKeys.entries()) {
    const replacedAt = replacedAtOf(preKeys, i, publications)
    const isOver = i > always && replacedAt !== undefined && now - replacedAt > UNDER_WAY
    if (isOver && mayGo(preKey.over, publications, now)) {
      gone.push(preKey.id)
      continue
    }
    const over = isOver ? noted(preKey.over, publications, now) : undefined
    if (over === preKey.over) kept.push(preKey)
    else {
      isSame = false
      kept.push({ ...preKey, over })
    }
  }
  // What the relay has is not among those that go, however many were made since.
  const inForce = kept.findIndex(({ publishedAt }) => publishedAt !== undefined)
  while (kept.length > 1 + MAX_RETIRED) {
    const [oldest] = kept.splice(kept.length - 1 === inForce ? kept.length - 2 : kept.length - 1, 1)
    if (oldest !== undefined) gone.push(oldest.id)
  }
  return { kept: isSame && gone.length === 0 ? preKeys : kept, gone }
}

/** As {@link ageRotated}: batches without those that go. @returns also the last of those. */
function ageBatches(
  { batches, publications }: Account,
  now: EpochMillis,
): { readonly batches: readonly PreKeyBatch[]; readonly last: PreKeyBatch | undefined } {
  const lastOver = lastIndex(batches, (batch) => isOver(batch, now))
  const gone = lastIndex(batches.slice(0, lastOver + 1), ({ over }) => mayGo(over, publications, now))
  const kept = batches.slice(gone + 1).map((batch, i) => {
    const over = gone + 1 + i <= lastOver ? noted(batch.over, publications, now) : undefined
    return over === batch.over ? batch : { ...batch, over }
  })
  const isSame = gone < 0 && kept.every((batch, i) => batch === batches[i])
  return { batches: isSame ? batches : kept, last: batches[gone] }
}

/** Takes the first step, unless it was taken. */
function noted(over: Over | undefined, publications: number, now: EpochMillis): Over {
  return over === undefined || over.at > now ? { at: now, publications } : over
}

/** Whether the second step may follow the first: a day later, and not before the relay was reached again. */
function mayGo(over: Over | undefined, publications: number, now: EpochMillis): boolean {
  return over !== undefined && now - over.at >= DELETION_DELAY && (publications === 0 || publications > over.publications)
}

/**
 * When the relay had a successor. A successor from before the prekey's own time was dated by a wrong clock: it says nothing. Of the others
 * the earliest counts, so that one from a time to come is made good by the next.
 */
function replacedAtOf(preKeys: readonly RotatedPreKey[], index: number, publications: number): EpochMillis | undefined {
  const sinceOf = ({ createdAt, publishedAt }: RotatedPreKey) => (publications === 0 ? createdAt : publishedAt)
  const preKey = preKeys[index]
  const own = preKey === undefined ? 0 : Math.max(preKey.createdAt, preKey.publishedAt ?? 0)
  const successors = preKeys.slice(0, index).map(sinceOf)
  const times = successors.filter((time) => time !== undefined && time >= own) as EpochMillis[]
  return times.length === 0 ? undefined : epochMillis(Math.min(...times))
}

function isDue({ createdAt, publishedAt }: PreKeyBatch, now: EpochMillis): boolean {
  return now - (publishedAt ?? createdAt) > SERVING_TIME
}

function isOver(batch: PreKeyBatch, now: EpochMillis): boolean {
  return batch.withdrawnAt !== undefined && isDue(batch, now) && now - batch.withdrawnAt > UNDER_WAY
}

function confirmRotated(preKeys: readonly RotatedPreKey[], id: number, now: EpochMillis): readonly RotatedPreKey[] {
  const index = preKeys.findIndex((preKey) => preKey.id === id)
  const preKey = preKeys[index]
  if (preKey === undefined) return preKeys
  const newer = preKeys.slice(0, index)
  if (preKey.publishedAt !== undefined && newer.every(({ publishedAt }) => publishedAt === undefined)) return preKeys
  // The relay has this one now: what is newer was published before it, and must be published again.
  return [
    ...newer.map((one) => ({ ...one, publishedAt: undefined })),
    { ...preKey, publishedAt: preKey.publishedAt ?? noEarlier(now, preKey.createdAt) },
    ...preKeys.slice(index + 1),
  ]
}

function confirmBatches({ batches }: Account, upload: PreKeyUpload, now: EpochMillis): readonly PreKeyBatch[] {
  const isIn = (index: number): boolean =>
    upload.oneTimePreKeys.some(({ id }) => holds(batches, index, id)) ||
    upload.oneTimeKemPreKeys.some(({ id }) => holdsKem(batches, index, id))
  const confirmed = batches.map((batch, i) =>
    batch.publishedAt === undefined && isIn(i) ? { ...batch, publishedAt: noEarlier(now, batch.createdAt) } : batch,
  )
  return confirmed.every((batch, i) => batch === batches[i]) ? batches : confirmed
}

/** Batches grow old in order: what holds of one, holds of those before it, whatever their times say. */
function lastIndex(batches: readonly PreKeyBatch[], holdsOf: (batch: PreKeyBatch) => boolean): number {
  return batches.reduce((last, batch, i) => (holdsOf(batch) ? i : last), -1)
}

/** Nothing is published before it was made, whatever the clock says. */
function noEarlier(now: EpochMillis, madeAt: EpochMillis): EpochMillis {
  return epochMillis(Math.max(now, madeAt, 1))
}
