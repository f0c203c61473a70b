/**
 * The messages of `proto/device-list.proto` by their tables, apart from the others: who needs no lists of devices carries no tables of them.
 */
import { MAX_LISTED_DEVICES } from './limits.js'
import { type Codec, codec } from './protobuf.js'
import * as devices from './schema/device-list.js'

export const signedDeviceList: Codec<devices.SignedDeviceList> = codec(devices.SignedDeviceList)
export const deviceList: Codec<devices.DeviceList> = codec(devices.DeviceList, { maxParts: MAX_LISTED_DEVICES })
export const signedStamp: Codec<devices.SignedStamp> = codec(devices.SignedStamp)
export const stamp: Codec<devices.Stamp> = codec(devices.Stamp)
export const signedMove: Codec<devices.SignedMove> = codec(devices.SignedMove)
export const move: Codec<devices.Move> = codec(devices.Move)
