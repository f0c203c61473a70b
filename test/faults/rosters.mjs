/**
 * Faults in the rules of rosters, one for each check that stands between an entry and a roster. Each text stands once in its file. What is put
 * in its place leaves the check out, or turns it round.
 */
const entries = 'src/protocol/rosters/entries.ts'
const next = 'src/protocol/rosters/next-roster.ts'
const changes = 'src/protocol/rosters/changes.ts'
const lists = 'src/protocol/rosters/member-lists.ts'
const map = 'src/protocol/rosters/user-map.ts'
const form = 'src/codec/form.ts'
const entry = 'src/wire/roster-entry.ts'
const change = 'src/wire/roster-change.ts'

export const FAULTS = [
  // Where an entry stands.
  { file: entries, from: "if (!equalBytes(place.group, group)) return 'entry-wrong-group'", to: '' },
  { file: entries, from: "if (place.epoch !== epoch + 1) return 'entry-wrong-epoch'", to: '' },
  { file: entries, from: "return equalBytes(place.previous, head) ? undefined : 'entry-wrong-previous'", to: 'return undefined' },
  { file: entries, from: "if ('seed' in place) return 'entry-wrong-epoch'", to: "if ('seed' in place) return undefined" },
  { file: entries, from: "if (!('seed' in entry.place)) return { refusal: 'entry-wrong-epoch' }", to: '' },
  // Who signed it.
  { file: entries, from: 'return verify(author.identityKey, concatBytes(LABEL, signed), signature)', to: 'return signature !== undefined' },
  { file: entries, from: "if (member === undefined) return 'author-not-member'", to: 'if (member === undefined) return undefined' },
  { file: entries, from: "if (member.role !== 'admin' && policy.adders !== 'everyone') return 'author-lacks-right'", to: '' },
  {
    file: entries,
    from: "list !== undefined && hasDevice(list, author) ? undefined : 'device-not-in-roster'",
    to: 'list !== author ? undefined : undefined',
  },
  { file: entries, from: 'change.user === author && change.move !== undefined', to: 'change.user === author' },
  { file: entries, from: 'change.user === author && member.list === undefined', to: 'change.user === author' },
  {
    file: lists,
    from: 'return found !== undefined && equalBytes(found.identityKey, identityKey)',
    to: 'return found !== undefined && identityKey.length > 0',
  },
  // What this release does not know.
  { file: entries, from: "if (!entry.isKnown) return { refusal: 'group-needs-update' }", to: '' },
  {
    file: entries,
    from: "if (!entry.isKnown) return { refusal: refusalOfOwn(roster, { author, changes, users }) ?? 'group-needs-update' }",
    to: '',
  },
  {
    file: entries,
    from: "refusalOfOwn(roster, { author, changes, users }) ?? 'group-needs-update'",
    to: "(roster && users && changes && author ? 'group-needs-update' : refusalOfOwn(roster, { author, changes, users })) ?? 'entry-unsigned'",
  },
  // What it says of itself.
  { file: entries, from: "if (!equalBytes(hashOfRoster(after.state), entry.result)) return { refusal: 'entry-wrong-result' }", to: '' },
  // The genesis.
  { file: next, from: "own?.kind !== 'add' || own.role !== 'admin'", to: "own?.kind !== 'add'" },
  { file: next, from: "if (!changes.every(isAllowed)) return { refusal: 'author-lacks-right' }", to: 'changes.every(isAllowed)' },
  {
    file: next,
    from: "if (!hasDevice(own.lists[own.lists.length - 1] as DeviceList, author)) return { refusal: 'device-not-in-roster' }",
    to: 'hasDevice(own.lists[own.lists.length - 1] as DeviceList, author)',
  },
  // Rights.
  { file: changes, from: "if (member !== undefined) return 'already-member'", to: '' },
  { file: changes, from: "isAdmin || change.role === 'member' ? undefined", to: "isAdmin || change.role !== '' ? undefined" },
  {
    file: changes,
    from: "return isAdmin ? refusalOfSame(change, maker) : 'author-lacks-right'",
    to: 'return refusalOfSame(change, maker)',
  },
  { file: changes, from: 'isOwn || (isAdmin && member.list !== undefined)', to: 'isOwn || member.list !== undefined' },
  { file: changes, from: 'isOwn || (isAdmin && member.list !== undefined)', to: 'isOwn || isAdmin' },
  { file: changes, from: "if (!isAdmin) return 'author-lacks-right'", to: '' },
  {
    file: changes,
    from: "member.role === 'member' || member.roleSince > author.roleSince",
    to: "member.role === 'member' || member.roleSince >= author.roleSince",
  },
  {
    file: changes,
    from: "member.role === 'member' || member.roleSince > author.roleSince",
    to: "member.role === 'member' || author.role === 'admin'",
  },
  { file: changes, from: "return isOwn || isJunior ? undefined : 'not-senior'", to: "return isJunior ? undefined : 'not-senior'" },
  { file: changes, from: "if (change.kind === 'role' && change.role === member.role) return 'change-without-effect'", to: '' },
  { file: changes, from: "if (equalBytes(change.accountKey, member.accountKey)) return 'change-without-effect'", to: '' },
  { file: changes, from: 'change.move !== undefined || (isJunior && !isOwn)', to: 'change.move !== undefined || isJunior || isOwn' },
  { file: changes, from: 'change.move !== undefined || (isJunior && !isOwn)', to: 'isJunior && !isOwn' },
  { file: changes, from: "return isSame ? 'change-without-effect' : undefined", to: 'return isSame ? undefined : undefined' },
  {
    file: changes,
    from: "if (isSameList(membership.list, list)) return { refusal: 'change-without-effect' }",
    to: 'isSameList(membership.list, list)',
  },
  {
    file: next,
    from: "return removes && !changes.every(mayStandBesideRemoval) ? 'removal-mixed' : undefined",
    to: 'return removes && !changes.every(mayStandBesideRemoval) ? undefined : undefined',
  },
  { file: next, from: "if (counts.admins === 0) return { refusal: 'last-admin' }", to: '' },
  { file: next, from: 'counts.members > MAX_GROUP_MEMBERS ||', to: 'false && counts.members > MAX_GROUP_MEMBERS ||' },
  { file: next, from: 'counts.members + counts.former > MAX_ROSTER_USERS', to: 'counts.members > MAX_ROSTER_USERS' },
  // What a change makes.
  { file: next, from: 'if (changed.isCut) cut = epoch', to: '' },
  { file: changes, from: 'dropsDevice(membership.list, list)', to: '!dropsDevice(membership.list, list)' },
  {
    file: changes,
    from: "membership: { ...membership, role: 'member', roleSince: epoch }",
    to: "membership: { ...membership, role: 'member' }",
  },
  {
    file: changes,
    from: "membership: { ...membership, role: 'admin', roleSince: epoch, list }",
    to: "membership: { ...membership, role: 'admin', list }",
  },
  { file: changes, from: 'move === undefined ? { admitted: epoch, roleSince: epoch } : {}', to: 'move === undefined ? {} : {}' },
  { file: changes, from: "const needsList = membership.role === 'admin' || lists.length > 0", to: 'const needsList = lists.length > 0' },
  // Lists and moves.
  { file: lists, from: 'list.user !== user || !equalBytes(list.accountKey, accountKey)', to: '!equalBytes(list.accountKey, accountKey)' },
  { file: lists, from: 'list.user !== user || !equalBytes(list.accountKey, accountKey)', to: 'list.user !== user' },
  { file: lists, from: 'if (applied.refusal !== undefined) return { refusal: applied.refusal }', to: '' },
  {
    file: lists,
    from: "return fork === undefined ? { list } : { refusal: 'list-forked' }",
    to: 'return fork === undefined ? { list } : { list }',
  },
  {
    file: lists,
    from: 'return refusal === undefined ? nextList(first, lists, { user, accountKey }) : { refusal }',
    to: 'return refusal === undefined ? nextList(first, lists, { user, accountKey }) : nextList(first, lists, { user, accountKey })',
  },
  { file: lists, from: 'past: origin === undefined ? [] : [origin]', to: 'past: origin === undefined ? [] : []' },
  { file: lists, from: "if (move?.proof.by !== 'account') return undefined", to: 'if (move === undefined) return undefined' },
  { file: lists, from: 'return origin ?? (', to: 'return (' },
  // The map of users.
  { file: map, from: '!equalBytes(hashOfPage(bytes), hash)', to: 'hash.length === 0' },
  { file: map, from: 'equalBytes(slot.key, only.key)', to: 'only.key.length > 0' },
  { file: map, from: '!under.some(({ key }) => equalBytes(key, slot.key)) ? [slot] : []', to: 'under.length === 0 ? [slot] : []' },
  // The form of an entry.
  { file: entry, from: "if (form === 'other') throw malformed('not in its one form')", to: '' },
  { file: entry, from: "form === 'unknown' ?", to: "form === 'other' ?" },
  { file: entry, from: "throw malformed('two changes of one thing')", to: 'changes.length' },
  { file: entry, from: 'fields.changes.length > MAX_ROSTER_CHANGES', to: 'false' },
  { file: change, from: "if (!equalBytes(utf8(user), bytes)) throw malformed('a user in another spelling')", to: '' },
  { file: change, from: 'bytes.length !== EC_PUBLIC_KEY_LENGTH', to: 'false' },
  { file: change, from: 'if (top >= 0x80 || (top === 0x7f && isLarge)) throw', to: 'if (top === 0x100 && isLarge) throw' },
  { file: form, from: 'id < last || (', to: '(' },
  { file: form, from: 'id === last && row !== undefined && !row.isList', to: 'id === last && false' },
  {
    file: form,
    from: 'this.pos - start > 1 && this.buf[this.pos - 1] === 0 ? undefined : value',
    to: 'this.pos < start ? undefined : value',
  },
  { file: form, from: 'if (chosen.has(row.choice)) return false', to: '' },
]
