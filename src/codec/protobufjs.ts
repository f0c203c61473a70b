/**
 * The only importer of protobufjs: of its `Reader` and `Writer` what the codec uses. The build puts that into the package by itself: what
 * is not named here is not in it, and protobufjs as a whole asks for a `TextDecoder` when it loads, which some engines do not have.
 */
import protobuf from 'protobufjs/minimal.js'

/** Goes along bytes. */
export type Reader = Pick<protobuf.Reader, 'buf' | 'pos' | 'len' | 'fixed32'>
export const Reader: new (bytes: Uint8Array) => Reader = protobuf.Reader
/** Puts numbers and byte strings together. */
export type Writer = Pick<protobuf.Writer, 'buf' | 'pos' | 'finishInto'> & {
  fixed32(value: number): Writer
  uint32(value: number): Writer
  bytes(value: Uint8Array): Writer
  fork(): Writer
  ldelim(): Writer
}
export const Writer: new () => Writer = protobuf.Writer
