/**
 * The map of a roster's users, as a hash of it that one change in ten thousand users alters along one path: a tree of pages with 16 slots, at
 * the paths that hashes of users take. Knows users as hashes only. Pages are read from whoever keeps them, a level at a time.
 */
import { type Bytes, concatBytes, equalBytes } from '../../bytes.js'
import { sha256 } from '../../crypto/hash.js'
import { BisikError } from '../../errors.js'

/** A user in the map: where it stands, and what it is. */
export interface MapLeaf {
  /** SHA-256 of the user's name, 32 bytes. */
  readonly key: Bytes
  /** SHA-256 of 0x00 and the user's bytes, 32 bytes. */
  readonly hash: Bytes
}

/** Reads the pages at some paths, in hexadecimal: the bytes that a change of the map gave for each. */
export type PageReader<N> = (paths: readonly string[]) => Generator<N, readonly (Bytes | undefined)[], void>

/** A map, and where its pages are. */
export interface KnownMap<N> {
  readonly root: Bytes
  readonly read: PageReader<N>
}

/** What a change does to the map. */
export interface ChangedMap {
  /** 32 bytes. */
  readonly root: Bytes
  /** The pages that are new or changed, by their paths. None is ever removed. */
  readonly pages: ReadonlyMap<string, Bytes>
}

const SLOTS = 16
const HASH_LENGTH = 32
const HEADER_LENGTH = 4
const LEAF_PREFIX = Uint8Array.of(0)
const PAGE_PREFIX = Uint8Array.of(1)

/** Another page, by its hash, or a user. */
type Slot = { readonly page: Bytes } | MapLeaf
type Page = readonly (Slot | undefined)[]
const EMPTY_PAGE: Page = Array.from({ length: SLOTS }, () => undefined)

/** A user in the map. Spec: ours. @param name - in UTF-8. */
export function mapLeaf(name: Uint8Array, record: Uint8Array): MapLeaf {
  return { key: sha256(name), hash: sha256(concatBytes(LEAF_PREFIX, record)) }
}

/** A map of these users alone. Spec: ours. @param leaves - of different keys. */
export function newMap(leaves: readonly MapLeaf[]): ChangedMap {
  return changed(new Map(), leaves)
}

/**
 * Puts users into a map, or in the place of those with their names. Spec: ours.
 *
 * @param leaves - of different keys.
 * @throws BisikError `corrupt-record` if a page is missing, or not the one that the root vouches for.
 */
export function* changeMap<N>(before: KnownMap<N>, leaves: readonly MapLeaf[]): Generator<N, ChangedMap, void> {
  return changed(yield* readPages(before, leaves), leaves)
}

function changed(known: ReadonlyMap<string, Page>, leaves: readonly MapLeaf[]): ChangedMap {
  const pages = new Map<string, Bytes>()
  const root = changePage(known, pages, { path: '', leaves })
  return { root, pages }
}

/** All pages that stand in the way of some users, level by level. */
function* readPages<N>({ root, read }: KnownMap<N>, leaves: readonly MapLeaf[]): Generator<N, ReadonlyMap<string, Page>, void> {
  const pages = new Map<string, Page>()
  let open: readonly OpenPage[] = [{ path: '', hash: root, leaves }]
  while (open.length > 0) {
    const found = yield* read(open.map(({ path }) => path))
    open = open.flatMap(({ path, hash, leaves }, i) => {
      const page = parsePage(found[i], hash)
      pages.set(path, page)
      return [...byDigit(leaves, path.length)].flatMap(([digit, under]) => {
        const slot = page[digit]
        return slot !== undefined && 'page' in slot ? { path: path + digit.toString(SLOTS), hash: slot.page, leaves: under } : []
      })
    })
  }
  return pages
}

/** A page to read, its hash, and whom it is read for. */
interface OpenPage extends Change {
  readonly hash: Bytes
}

interface Change {
  readonly path: string
  readonly leaves: readonly MapLeaf[]
}

/** @returns the hash of the page at a path, after the change. */
function changePage(known: ReadonlyMap<string, Page>, pages: Map<string, Bytes>, { path, leaves }: Change): Bytes {
  const slots = [...(known.get(path) ?? EMPTY_PAGE)]
  for (const [digit, under] of byDigit(leaves, path.length)) {
    const slot = slots[digit]
    const [only] = under as readonly [MapLeaf]
    const isAlone = under.length === 1 && (slot === undefined || ('key' in slot && equalBytes(slot.key, only.key)))
    // Of a user that made room for others, its change counts.
    const staying = slot !== undefined && 'key' in slot && !under.some(({ key }) => equalBytes(key, slot.key)) ? [slot] : []
    const below = { path: path + digit.toString(SLOTS), leaves: [...staying, ...under] }
    slots[digit] = isAlone ? only : { page: changePage(known, pages, below) }
  }
  const bytes = encodePage(slots)
  pages.set(path, bytes)
  return hashOfPage(bytes)
}

function byDigit(leaves: readonly MapLeaf[], depth: number): ReadonlyMap<number, readonly MapLeaf[]> {
  const digits = new Map<number, MapLeaf[]>()
  for (const leaf of leaves) {
    const byte = leaf.key[depth >> 1] as number
    const digit = depth % 2 === 0 ? byte >> 4 : byte & 15
    const under = digits.get(digit)
    if (under === undefined) digits.set(digit, [leaf])
    else under.push(leaf)
  }
  return digits
}

function encodePage(page: Page): Bytes {
  const header = new Uint8Array(HEADER_LENGTH)
  const parts: Uint8Array[] = [header]
  page.forEach((slot, digit) => {
    if (slot === undefined) return
    const place = ('page' in slot ? 0 : 2) + (digit >> 3)
    header[place] = (header[place] as number) | (0x80 >> (digit & 7))
    if ('page' in slot) parts.push(slot.page)
    else parts.push(slot.key, slot.hash)
  })
  return concatBytes(...parts)
}

function parsePage(bytes: Bytes | undefined, hash: Bytes): Page {
  // Its hash says that it is one.
  if (bytes === undefined || !equalBytes(hashOfPage(bytes), hash)) throw new BisikError('corrupt-record', { record: 'roster-page' })
  let at = HEADER_LENGTH
  const next = (): Bytes => {
    at += HASH_LENGTH
    return bytes.slice(at - HASH_LENGTH, at)
  }
  return EMPTY_PAGE.map((_, digit) => {
    const bit = 0x80 >> (digit & 7)
    if (((bytes[digit >> 3] as number) & bit) !== 0) return { page: next() }
    return ((bytes[2 + (digit >> 3)] as number) & bit) !== 0 ? { key: next(), hash: next() } : undefined
  })
}

function hashOfPage(page: Bytes): Bytes {
  return sha256(concatBytes(PAGE_PREFIX, page))
}
