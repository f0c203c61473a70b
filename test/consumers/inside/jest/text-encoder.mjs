// The environment of jsdom has none, and @noble/curves asks for it when it loads.
import { TextEncoder } from 'node:util'

globalThis.TextEncoder ??= TextEncoder
