/**
 * The only importer of protobufjs: its `Reader` and `Writer`, without what it generates and reflects. The build puts them into the
 * package by themselves, since protobufjs as a whole asks for a `TextDecoder` when it loads, which some engines do not have.
 */
import protobuf from 'protobufjs/minimal.js'

/** Walks along bytes and reads numbers and byte strings. */
export const Reader: typeof protobuf.Reader = protobuf.Reader
export type Reader = protobuf.Reader
/** Puts numbers and byte strings together. */
export const Writer: typeof protobuf.Writer = protobuf.Writer
export type Writer = protobuf.Writer
