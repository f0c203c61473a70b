/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["bisik_wire_v1"] || ($protobuf.roots["bisik_wire_v1"] = {});

export const bisik = $root.bisik = (() => {

    /**
     * Namespace bisik.
     * @exports bisik
     * @namespace
     */
    const bisik = {};

    bisik.wire = (function() {

        /**
         * Namespace wire.
         * @memberof bisik
         * @namespace
         */
        const wire = {};

        wire.SignalMessage = (function() {

            /**
             * Properties of a SignalMessage.
             * @typedef {Object} bisik.wire.SignalMessage.$Properties
             * @property {Uint8Array} ratchetKey SignalMessage ratchetKey
             * @property {number} counter SignalMessage counter
             * @property {number|null} [previousCounter] SignalMessage previousCounter
             * @property {Uint8Array} ciphertext SignalMessage ciphertext
             * @property {Uint8Array|null} [pqRatchet] SignalMessage pqRatchet
             * @property {Uint8Array|null} [addresses] SignalMessage addresses
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SignalMessage.
             * @memberof bisik.wire
             * @interface ISignalMessage
             * @augments bisik.wire.SignalMessage.$Properties
             * @deprecated Use bisik.wire.SignalMessage.$Properties instead.
             */

            /**
             * Shape of a SignalMessage.
             * @typedef {bisik.wire.SignalMessage.$Properties} bisik.wire.SignalMessage.$Shape
             */

            /**
             * Constructs a new SignalMessage.
             * @memberof bisik.wire
             * @classdesc Represents a SignalMessage.
             * @constructor
             * @param {bisik.wire.SignalMessage.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SignalMessage = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SignalMessage ratchetKey.
             * @member {Uint8Array} ratchetKey
             * @memberof bisik.wire.SignalMessage
             * @instance
             */
            SignalMessage.prototype.ratchetKey = $util.newBuffer([]);

            /**
             * SignalMessage counter.
             * @member {number} counter
             * @memberof bisik.wire.SignalMessage
             * @instance
             */
            SignalMessage.prototype.counter = 0;

            /**
             * SignalMessage previousCounter.
             * @member {number|null} previousCounter
             * @memberof bisik.wire.SignalMessage
             * @instance
             */
            SignalMessage.prototype.previousCounter = null;

            /**
             * SignalMessage ciphertext.
             * @member {Uint8Array} ciphertext
             * @memberof bisik.wire.SignalMessage
             * @instance
             */
            SignalMessage.prototype.ciphertext = $util.newBuffer([]);

            /**
             * SignalMessage pqRatchet.
             * @member {Uint8Array|null} pqRatchet
             * @memberof bisik.wire.SignalMessage
             * @instance
             */
            SignalMessage.prototype.pqRatchet = null;

            /**
             * SignalMessage addresses.
             * @member {Uint8Array|null} addresses
             * @memberof bisik.wire.SignalMessage
             * @instance
             */
            SignalMessage.prototype.addresses = null;

            /**
             * Encodes the specified SignalMessage message. Does not implicitly {@link bisik.wire.SignalMessage.verify|verify} messages.
             * @function encode
             * @memberof bisik.wire.SignalMessage
             * @static
             * @param {bisik.wire.SignalMessage.$Properties} message SignalMessage message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SignalMessage.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.ratchetKey);
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.counter);
                if (message.previousCounter != null && $Object.hasOwnProperty.call(message, "previousCounter"))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.previousCounter);
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.ciphertext);
                if (message.pqRatchet != null && $Object.hasOwnProperty.call(message, "pqRatchet"))
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.pqRatchet);
                if (message.addresses != null && $Object.hasOwnProperty.call(message, "addresses"))
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.addresses);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SignalMessage message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.wire.SignalMessage
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.wire.SignalMessage & bisik.wire.SignalMessage.$Shape} SignalMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SignalMessage.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.bisik.wire.SignalMessage();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.ratchetKey = reader.bytes();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.counter = reader.uint32();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.previousCounter = reader.uint32();
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.ciphertext = reader.bytes();
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.pqRatchet = reader.bytes();
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.addresses = reader.bytes();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "ratchetKey"))
                    throw $util.ProtocolError("missing required 'ratchetKey'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "counter"))
                    throw $util.ProtocolError("missing required 'counter'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "ciphertext"))
                    throw $util.ProtocolError("missing required 'ciphertext'", { instance: message });
                return message;
            };

            return SignalMessage;
        })();

        wire.PreKeySignalMessage = (function() {

            /**
             * Properties of a PreKeySignalMessage.
             * @typedef {Object} bisik.wire.PreKeySignalMessage.$Properties
             * @property {number|null} [preKeyId] PreKeySignalMessage preKeyId
             * @property {Uint8Array} baseKey PreKeySignalMessage baseKey
             * @property {Uint8Array} identityKey PreKeySignalMessage identityKey
             * @property {Uint8Array} message PreKeySignalMessage message
             * @property {number|null} [registrationId] PreKeySignalMessage registrationId
             * @property {number} signedPreKeyId PreKeySignalMessage signedPreKeyId
             * @property {number|null} [kyberPreKeyId] PreKeySignalMessage kyberPreKeyId
             * @property {Uint8Array|null} [kyberCiphertext] PreKeySignalMessage kyberCiphertext
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PreKeySignalMessage.
             * @memberof bisik.wire
             * @interface IPreKeySignalMessage
             * @augments bisik.wire.PreKeySignalMessage.$Properties
             * @deprecated Use bisik.wire.PreKeySignalMessage.$Properties instead.
             */

            /**
             * Shape of a PreKeySignalMessage.
             * @typedef {bisik.wire.PreKeySignalMessage.$Properties} bisik.wire.PreKeySignalMessage.$Shape
             */

            /**
             * Constructs a new PreKeySignalMessage.
             * @memberof bisik.wire
             * @classdesc Represents a PreKeySignalMessage.
             * @constructor
             * @param {bisik.wire.PreKeySignalMessage.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PreKeySignalMessage = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PreKeySignalMessage preKeyId.
             * @member {number|null} preKeyId
             * @memberof bisik.wire.PreKeySignalMessage
             * @instance
             */
            PreKeySignalMessage.prototype.preKeyId = null;

            /**
             * PreKeySignalMessage baseKey.
             * @member {Uint8Array} baseKey
             * @memberof bisik.wire.PreKeySignalMessage
             * @instance
             */
            PreKeySignalMessage.prototype.baseKey = $util.newBuffer([]);

            /**
             * PreKeySignalMessage identityKey.
             * @member {Uint8Array} identityKey
             * @memberof bisik.wire.PreKeySignalMessage
             * @instance
             */
            PreKeySignalMessage.prototype.identityKey = $util.newBuffer([]);

            /**
             * PreKeySignalMessage message.
             * @member {Uint8Array} message
             * @memberof bisik.wire.PreKeySignalMessage
             * @instance
             */
            PreKeySignalMessage.prototype.message = $util.newBuffer([]);

            /**
             * PreKeySignalMessage registrationId.
             * @member {number|null} registrationId
             * @memberof bisik.wire.PreKeySignalMessage
             * @instance
             */
            PreKeySignalMessage.prototype.registrationId = null;

            /**
             * PreKeySignalMessage signedPreKeyId.
             * @member {number} signedPreKeyId
             * @memberof bisik.wire.PreKeySignalMessage
             * @instance
             */
            PreKeySignalMessage.prototype.signedPreKeyId = 0;

            /**
             * PreKeySignalMessage kyberPreKeyId.
             * @member {number|null} kyberPreKeyId
             * @memberof bisik.wire.PreKeySignalMessage
             * @instance
             */
            PreKeySignalMessage.prototype.kyberPreKeyId = null;

            /**
             * PreKeySignalMessage kyberCiphertext.
             * @member {Uint8Array|null} kyberCiphertext
             * @memberof bisik.wire.PreKeySignalMessage
             * @instance
             */
            PreKeySignalMessage.prototype.kyberCiphertext = null;

            /**
             * Encodes the specified PreKeySignalMessage message. Does not implicitly {@link bisik.wire.PreKeySignalMessage.verify|verify} messages.
             * @function encode
             * @memberof bisik.wire.PreKeySignalMessage
             * @static
             * @param {bisik.wire.PreKeySignalMessage.$Properties} message PreKeySignalMessage message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PreKeySignalMessage.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.preKeyId != null && $Object.hasOwnProperty.call(message, "preKeyId"))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.preKeyId);
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.baseKey);
                writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.identityKey);
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.message);
                if (message.registrationId != null && $Object.hasOwnProperty.call(message, "registrationId"))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.registrationId);
                writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.signedPreKeyId);
                if (message.kyberPreKeyId != null && $Object.hasOwnProperty.call(message, "kyberPreKeyId"))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.kyberPreKeyId);
                if (message.kyberCiphertext != null && $Object.hasOwnProperty.call(message, "kyberCiphertext"))
                    writer.uint32(/* id 8, wireType 2 =*/66).bytes(message.kyberCiphertext);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PreKeySignalMessage message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.wire.PreKeySignalMessage
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.wire.PreKeySignalMessage & bisik.wire.PreKeySignalMessage.$Shape} PreKeySignalMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PreKeySignalMessage.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.bisik.wire.PreKeySignalMessage();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.preKeyId = reader.uint32();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.baseKey = reader.bytes();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.identityKey = reader.bytes();
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.message = reader.bytes();
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            message.registrationId = reader.uint32();
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            message.signedPreKeyId = reader.uint32();
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            message.kyberPreKeyId = reader.uint32();
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.kyberCiphertext = reader.bytes();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "baseKey"))
                    throw $util.ProtocolError("missing required 'baseKey'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "identityKey"))
                    throw $util.ProtocolError("missing required 'identityKey'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "message"))
                    throw $util.ProtocolError("missing required 'message'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "signedPreKeyId"))
                    throw $util.ProtocolError("missing required 'signedPreKeyId'", { instance: message });
                return message;
            };

            return PreKeySignalMessage;
        })();

        wire.DecryptionErrorMessage = (function() {

            /**
             * Properties of a DecryptionErrorMessage.
             * @typedef {Object} bisik.wire.DecryptionErrorMessage.$Properties
             * @property {Uint8Array|null} [ratchetKey] DecryptionErrorMessage ratchetKey
             * @property {number|Long} timestamp DecryptionErrorMessage timestamp
             * @property {number|null} [deviceId] DecryptionErrorMessage deviceId
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DecryptionErrorMessage.
             * @memberof bisik.wire
             * @interface IDecryptionErrorMessage
             * @augments bisik.wire.DecryptionErrorMessage.$Properties
             * @deprecated Use bisik.wire.DecryptionErrorMessage.$Properties instead.
             */

            /**
             * Shape of a DecryptionErrorMessage.
             * @typedef {bisik.wire.DecryptionErrorMessage.$Properties} bisik.wire.DecryptionErrorMessage.$Shape
             */

            /**
             * Constructs a new DecryptionErrorMessage.
             * @memberof bisik.wire
             * @classdesc Represents a DecryptionErrorMessage.
             * @constructor
             * @param {bisik.wire.DecryptionErrorMessage.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DecryptionErrorMessage = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DecryptionErrorMessage ratchetKey.
             * @member {Uint8Array|null} ratchetKey
             * @memberof bisik.wire.DecryptionErrorMessage
             * @instance
             */
            DecryptionErrorMessage.prototype.ratchetKey = null;

            /**
             * DecryptionErrorMessage timestamp.
             * @member {number|Long} timestamp
             * @memberof bisik.wire.DecryptionErrorMessage
             * @instance
             */
            DecryptionErrorMessage.prototype.timestamp = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * DecryptionErrorMessage deviceId.
             * @member {number|null} deviceId
             * @memberof bisik.wire.DecryptionErrorMessage
             * @instance
             */
            DecryptionErrorMessage.prototype.deviceId = null;

            /**
             * Encodes the specified DecryptionErrorMessage message. Does not implicitly {@link bisik.wire.DecryptionErrorMessage.verify|verify} messages.
             * @function encode
             * @memberof bisik.wire.DecryptionErrorMessage
             * @static
             * @param {bisik.wire.DecryptionErrorMessage.$Properties} message DecryptionErrorMessage message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DecryptionErrorMessage.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.ratchetKey != null && $Object.hasOwnProperty.call(message, "ratchetKey"))
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.ratchetKey);
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.timestamp);
                if (message.deviceId != null && $Object.hasOwnProperty.call(message, "deviceId"))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.deviceId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DecryptionErrorMessage message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.wire.DecryptionErrorMessage
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.wire.DecryptionErrorMessage & bisik.wire.DecryptionErrorMessage.$Shape} DecryptionErrorMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DecryptionErrorMessage.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.bisik.wire.DecryptionErrorMessage();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.ratchetKey = reader.bytes();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.timestamp = reader.uint64();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.deviceId = reader.uint32();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "timestamp"))
                    throw $util.ProtocolError("missing required 'timestamp'", { instance: message });
                return message;
            };

            return DecryptionErrorMessage;
        })();

        wire.SenderKeyMessage = (function() {

            /**
             * Properties of a SenderKeyMessage.
             * @typedef {Object} bisik.wire.SenderKeyMessage.$Properties
             * @property {Uint8Array} distributionUuid SenderKeyMessage distributionUuid
             * @property {number} chainId SenderKeyMessage chainId
             * @property {number} iteration SenderKeyMessage iteration
             * @property {Uint8Array} ciphertext SenderKeyMessage ciphertext
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SenderKeyMessage.
             * @memberof bisik.wire
             * @interface ISenderKeyMessage
             * @augments bisik.wire.SenderKeyMessage.$Properties
             * @deprecated Use bisik.wire.SenderKeyMessage.$Properties instead.
             */

            /**
             * Shape of a SenderKeyMessage.
             * @typedef {bisik.wire.SenderKeyMessage.$Properties} bisik.wire.SenderKeyMessage.$Shape
             */

            /**
             * Constructs a new SenderKeyMessage.
             * @memberof bisik.wire
             * @classdesc Represents a SenderKeyMessage.
             * @constructor
             * @param {bisik.wire.SenderKeyMessage.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SenderKeyMessage = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SenderKeyMessage distributionUuid.
             * @member {Uint8Array} distributionUuid
             * @memberof bisik.wire.SenderKeyMessage
             * @instance
             */
            SenderKeyMessage.prototype.distributionUuid = $util.newBuffer([]);

            /**
             * SenderKeyMessage chainId.
             * @member {number} chainId
             * @memberof bisik.wire.SenderKeyMessage
             * @instance
             */
            SenderKeyMessage.prototype.chainId = 0;

            /**
             * SenderKeyMessage iteration.
             * @member {number} iteration
             * @memberof bisik.wire.SenderKeyMessage
             * @instance
             */
            SenderKeyMessage.prototype.iteration = 0;

            /**
             * SenderKeyMessage ciphertext.
             * @member {Uint8Array} ciphertext
             * @memberof bisik.wire.SenderKeyMessage
             * @instance
             */
            SenderKeyMessage.prototype.ciphertext = $util.newBuffer([]);

            /**
             * Encodes the specified SenderKeyMessage message. Does not implicitly {@link bisik.wire.SenderKeyMessage.verify|verify} messages.
             * @function encode
             * @memberof bisik.wire.SenderKeyMessage
             * @static
             * @param {bisik.wire.SenderKeyMessage.$Properties} message SenderKeyMessage message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SenderKeyMessage.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.distributionUuid);
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.chainId);
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.iteration);
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.ciphertext);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SenderKeyMessage message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.wire.SenderKeyMessage
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.wire.SenderKeyMessage & bisik.wire.SenderKeyMessage.$Shape} SenderKeyMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SenderKeyMessage.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.bisik.wire.SenderKeyMessage();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.distributionUuid = reader.bytes();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.chainId = reader.uint32();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.iteration = reader.uint32();
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.ciphertext = reader.bytes();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "distributionUuid"))
                    throw $util.ProtocolError("missing required 'distributionUuid'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "chainId"))
                    throw $util.ProtocolError("missing required 'chainId'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "iteration"))
                    throw $util.ProtocolError("missing required 'iteration'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "ciphertext"))
                    throw $util.ProtocolError("missing required 'ciphertext'", { instance: message });
                return message;
            };

            return SenderKeyMessage;
        })();

        wire.SenderKeyDistributionMessage = (function() {

            /**
             * Properties of a SenderKeyDistributionMessage.
             * @typedef {Object} bisik.wire.SenderKeyDistributionMessage.$Properties
             * @property {Uint8Array} distributionUuid SenderKeyDistributionMessage distributionUuid
             * @property {number} chainId SenderKeyDistributionMessage chainId
             * @property {number} iteration SenderKeyDistributionMessage iteration
             * @property {Uint8Array} chainKey SenderKeyDistributionMessage chainKey
             * @property {Uint8Array} signingKey SenderKeyDistributionMessage signingKey
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SenderKeyDistributionMessage.
             * @memberof bisik.wire
             * @interface ISenderKeyDistributionMessage
             * @augments bisik.wire.SenderKeyDistributionMessage.$Properties
             * @deprecated Use bisik.wire.SenderKeyDistributionMessage.$Properties instead.
             */

            /**
             * Shape of a SenderKeyDistributionMessage.
             * @typedef {bisik.wire.SenderKeyDistributionMessage.$Properties} bisik.wire.SenderKeyDistributionMessage.$Shape
             */

            /**
             * Constructs a new SenderKeyDistributionMessage.
             * @memberof bisik.wire
             * @classdesc Represents a SenderKeyDistributionMessage.
             * @constructor
             * @param {bisik.wire.SenderKeyDistributionMessage.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SenderKeyDistributionMessage = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SenderKeyDistributionMessage distributionUuid.
             * @member {Uint8Array} distributionUuid
             * @memberof bisik.wire.SenderKeyDistributionMessage
             * @instance
             */
            SenderKeyDistributionMessage.prototype.distributionUuid = $util.newBuffer([]);

            /**
             * SenderKeyDistributionMessage chainId.
             * @member {number} chainId
             * @memberof bisik.wire.SenderKeyDistributionMessage
             * @instance
             */
            SenderKeyDistributionMessage.prototype.chainId = 0;

            /**
             * SenderKeyDistributionMessage iteration.
             * @member {number} iteration
             * @memberof bisik.wire.SenderKeyDistributionMessage
             * @instance
             */
            SenderKeyDistributionMessage.prototype.iteration = 0;

            /**
             * SenderKeyDistributionMessage chainKey.
             * @member {Uint8Array} chainKey
             * @memberof bisik.wire.SenderKeyDistributionMessage
             * @instance
             */
            SenderKeyDistributionMessage.prototype.chainKey = $util.newBuffer([]);

            /**
             * SenderKeyDistributionMessage signingKey.
             * @member {Uint8Array} signingKey
             * @memberof bisik.wire.SenderKeyDistributionMessage
             * @instance
             */
            SenderKeyDistributionMessage.prototype.signingKey = $util.newBuffer([]);

            /**
             * Encodes the specified SenderKeyDistributionMessage message. Does not implicitly {@link bisik.wire.SenderKeyDistributionMessage.verify|verify} messages.
             * @function encode
             * @memberof bisik.wire.SenderKeyDistributionMessage
             * @static
             * @param {bisik.wire.SenderKeyDistributionMessage.$Properties} message SenderKeyDistributionMessage message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SenderKeyDistributionMessage.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.distributionUuid);
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.chainId);
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.iteration);
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.chainKey);
                writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.signingKey);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SenderKeyDistributionMessage message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.wire.SenderKeyDistributionMessage
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.wire.SenderKeyDistributionMessage & bisik.wire.SenderKeyDistributionMessage.$Shape} SenderKeyDistributionMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SenderKeyDistributionMessage.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.bisik.wire.SenderKeyDistributionMessage();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.distributionUuid = reader.bytes();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.chainId = reader.uint32();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.iteration = reader.uint32();
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.chainKey = reader.bytes();
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.signingKey = reader.bytes();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "distributionUuid"))
                    throw $util.ProtocolError("missing required 'distributionUuid'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "chainId"))
                    throw $util.ProtocolError("missing required 'chainId'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "iteration"))
                    throw $util.ProtocolError("missing required 'iteration'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "chainKey"))
                    throw $util.ProtocolError("missing required 'chainKey'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "signingKey"))
                    throw $util.ProtocolError("missing required 'signingKey'", { instance: message });
                return message;
            };

            return SenderKeyDistributionMessage;
        })();

        return wire;
    })();

    bisik.content = (function() {

        /**
         * Namespace content.
         * @memberof bisik
         * @namespace
         */
        const content = {};

        content.Content = (function() {

            /**
             * Properties of a Content.
             * @typedef {Object} bisik.content.Content.$Properties
             * @property {Uint8Array|null} [decryptionErrorMessage] Content decryptionErrorMessage
             * @property {Uint8Array|null} [application] Content application
             * @property {number|Long|null} [sentAt] Content sentAt
             * @property {boolean|null} [again] Content again
             * @property {Uint8Array|null} [senderKeyDistribution] Content senderKeyDistribution
             * @property {Uint8Array|null} [accessKey] Content accessKey
             * @property {Uint8Array|null} [senderKeyWanted] Content senderKeyWanted
             * @property {Uint8Array|null} [name] Content name
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Content.
             * @memberof bisik.content
             * @interface IContent
             * @augments bisik.content.Content.$Properties
             * @deprecated Use bisik.content.Content.$Properties instead.
             */

            /**
             * Shape of a Content.
             * @typedef {bisik.content.Content.$Properties} bisik.content.Content.$Shape
             */

            /**
             * Constructs a new Content.
             * @memberof bisik.content
             * @classdesc Represents a Content.
             * @constructor
             * @param {bisik.content.Content.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Content = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Content decryptionErrorMessage.
             * @member {Uint8Array|null} decryptionErrorMessage
             * @memberof bisik.content.Content
             * @instance
             */
            Content.prototype.decryptionErrorMessage = null;

            /**
             * Content application.
             * @member {Uint8Array|null} application
             * @memberof bisik.content.Content
             * @instance
             */
            Content.prototype.application = null;

            /**
             * Content sentAt.
             * @member {number|Long|null} sentAt
             * @memberof bisik.content.Content
             * @instance
             */
            Content.prototype.sentAt = null;

            /**
             * Content again.
             * @member {boolean|null} again
             * @memberof bisik.content.Content
             * @instance
             */
            Content.prototype.again = null;

            /**
             * Content senderKeyDistribution.
             * @member {Uint8Array|null} senderKeyDistribution
             * @memberof bisik.content.Content
             * @instance
             */
            Content.prototype.senderKeyDistribution = null;

            /**
             * Content accessKey.
             * @member {Uint8Array|null} accessKey
             * @memberof bisik.content.Content
             * @instance
             */
            Content.prototype.accessKey = null;

            /**
             * Content senderKeyWanted.
             * @member {Uint8Array|null} senderKeyWanted
             * @memberof bisik.content.Content
             * @instance
             */
            Content.prototype.senderKeyWanted = null;

            /**
             * Content name.
             * @member {Uint8Array|null} name
             * @memberof bisik.content.Content
             * @instance
             */
            Content.prototype.name = null;

            /**
             * Encodes the specified Content message. Does not implicitly {@link bisik.content.Content.verify|verify} messages.
             * @function encode
             * @memberof bisik.content.Content
             * @static
             * @param {bisik.content.Content.$Properties} message Content message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Content.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.decryptionErrorMessage != null && $Object.hasOwnProperty.call(message, "decryptionErrorMessage"))
                    writer.uint32(/* id 8, wireType 2 =*/66).bytes(message.decryptionErrorMessage);
                if (message.application != null && $Object.hasOwnProperty.call(message, "application"))
                    writer.uint32(/* id 1001, wireType 2 =*/8010).bytes(message.application);
                if (message.sentAt != null && $Object.hasOwnProperty.call(message, "sentAt"))
                    writer.uint32(/* id 1002, wireType 0 =*/8016).uint64(message.sentAt);
                if (message.again != null && $Object.hasOwnProperty.call(message, "again"))
                    writer.uint32(/* id 1003, wireType 0 =*/8024).bool(message.again);
                if (message.senderKeyDistribution != null && $Object.hasOwnProperty.call(message, "senderKeyDistribution"))
                    writer.uint32(/* id 1004, wireType 2 =*/8034).bytes(message.senderKeyDistribution);
                if (message.accessKey != null && $Object.hasOwnProperty.call(message, "accessKey"))
                    writer.uint32(/* id 1005, wireType 2 =*/8042).bytes(message.accessKey);
                if (message.senderKeyWanted != null && $Object.hasOwnProperty.call(message, "senderKeyWanted"))
                    writer.uint32(/* id 1006, wireType 2 =*/8050).bytes(message.senderKeyWanted);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(/* id 1030, wireType 2 =*/8242).bytes(message.name);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Content message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.content.Content
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.content.Content & bisik.content.Content.$Shape} Content
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Content.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.bisik.content.Content();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.decryptionErrorMessage = reader.bytes();
                            continue;
                        }
                    case 1001: {
                            if (wireType !== 2)
                                break;
                            message.application = reader.bytes();
                            continue;
                        }
                    case 1002: {
                            if (wireType !== 0)
                                break;
                            message.sentAt = reader.uint64();
                            continue;
                        }
                    case 1003: {
                            if (wireType !== 0)
                                break;
                            message.again = reader.bool();
                            continue;
                        }
                    case 1004: {
                            if (wireType !== 2)
                                break;
                            message.senderKeyDistribution = reader.bytes();
                            continue;
                        }
                    case 1005: {
                            if (wireType !== 2)
                                break;
                            message.accessKey = reader.bytes();
                            continue;
                        }
                    case 1006: {
                            if (wireType !== 2)
                                break;
                            message.senderKeyWanted = reader.bytes();
                            continue;
                        }
                    case 1030: {
                            if (wireType !== 2)
                                break;
                            message.name = reader.bytes();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Content;
        })();

        return content;
    })();

    bisik.envelope = (function() {

        /**
         * Namespace envelope.
         * @memberof bisik
         * @namespace
         */
        const envelope = {};

        /**
         * Kind enum.
         * @name bisik.envelope.Kind
         * @enum {number}
         * @property {number} PRE_KEY=1 PRE_KEY value
         * @property {number} RATCHET=2 RATCHET value
         * @property {number} SENDER_KEY=3 SENDER_KEY value
         * @property {number} SEALED=4 SEALED value
         * @property {number} PLAINTEXT=5 PLAINTEXT value
         */
        envelope.Kind = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[1] = "PRE_KEY"] = 1;
            values[valuesById[2] = "RATCHET"] = 2;
            values[valuesById[3] = "SENDER_KEY"] = 3;
            values[valuesById[4] = "SEALED"] = 4;
            values[valuesById[5] = "PLAINTEXT"] = 5;
            return values;
        })();

        envelope.Address = (function() {

            /**
             * Properties of an Address.
             * @typedef {Object} bisik.envelope.Address.$Properties
             * @property {Uint8Array} user Address user
             * @property {number} device Address device
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Address.
             * @memberof bisik.envelope
             * @interface IAddress
             * @augments bisik.envelope.Address.$Properties
             * @deprecated Use bisik.envelope.Address.$Properties instead.
             */

            /**
             * Shape of an Address.
             * @typedef {bisik.envelope.Address.$Properties} bisik.envelope.Address.$Shape
             */

            /**
             * Constructs a new Address.
             * @memberof bisik.envelope
             * @classdesc Represents an Address.
             * @constructor
             * @param {bisik.envelope.Address.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Address = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Address user.
             * @member {Uint8Array} user
             * @memberof bisik.envelope.Address
             * @instance
             */
            Address.prototype.user = $util.newBuffer([]);

            /**
             * Address device.
             * @member {number} device
             * @memberof bisik.envelope.Address
             * @instance
             */
            Address.prototype.device = 0;

            /**
             * Encodes the specified Address message. Does not implicitly {@link bisik.envelope.Address.verify|verify} messages.
             * @function encode
             * @memberof bisik.envelope.Address
             * @static
             * @param {bisik.envelope.Address.$Properties} message Address message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Address.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.user);
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.device);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Address message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.envelope.Address
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.envelope.Address & bisik.envelope.Address.$Shape} Address
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Address.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.bisik.envelope.Address();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.user = reader.bytes();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.device = reader.uint32();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "user"))
                    throw $util.ProtocolError("missing required 'user'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "device"))
                    throw $util.ProtocolError("missing required 'device'", { instance: message });
                return message;
            };

            return Address;
        })();

        envelope.Envelope = (function() {

            /**
             * Properties of an Envelope.
             * @typedef {Object} bisik.envelope.Envelope.$Properties
             * @property {number} version Envelope version
             * @property {bisik.envelope.Kind} kind Envelope kind
             * @property {bisik.envelope.Address.$Properties|null} [sender] Envelope sender
             * @property {Uint8Array} body Envelope body
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Envelope.
             * @memberof bisik.envelope
             * @interface IEnvelope
             * @augments bisik.envelope.Envelope.$Properties
             * @deprecated Use bisik.envelope.Envelope.$Properties instead.
             */

            /**
             * Shape of an Envelope.
             * @typedef {bisik.envelope.Envelope.$Properties} bisik.envelope.Envelope.$Shape
             */

            /**
             * Constructs a new Envelope.
             * @memberof bisik.envelope
             * @classdesc Represents an Envelope.
             * @constructor
             * @param {bisik.envelope.Envelope.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Envelope = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Envelope version.
             * @member {number} version
             * @memberof bisik.envelope.Envelope
             * @instance
             */
            Envelope.prototype.version = 0;

            /**
             * Envelope kind.
             * @member {bisik.envelope.Kind} kind
             * @memberof bisik.envelope.Envelope
             * @instance
             */
            Envelope.prototype.kind = 1;

            /**
             * Envelope sender.
             * @member {bisik.envelope.Address|null} sender
             * @memberof bisik.envelope.Envelope
             * @instance
             */
            Envelope.prototype.sender = null;

            /**
             * Envelope body.
             * @member {Uint8Array} body
             * @memberof bisik.envelope.Envelope
             * @instance
             */
            Envelope.prototype.body = $util.newBuffer([]);

            /**
             * Encodes the specified Envelope message. Does not implicitly {@link bisik.envelope.Envelope.verify|verify} messages.
             * @function encode
             * @memberof bisik.envelope.Envelope
             * @static
             * @param {bisik.envelope.Envelope.$Properties} message Envelope message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Envelope.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.version);
                writer.uint32(/* id 2, wireType 0 =*/16).int32(message.kind);
                if (message.sender != null && $Object.hasOwnProperty.call(message, "sender"))
                    $root.bisik.envelope.Address.encode(message.sender, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.body);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Envelope message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.envelope.Envelope
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.envelope.Envelope & bisik.envelope.Envelope.$Shape} Envelope
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Envelope.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.bisik.envelope.Envelope();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.version = reader.uint32();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            value = reader.int32();
                            if ($root.bisik.envelope.Kind[value] !== $undefined)
                                message.kind = value;
                            else if (!reader.discardUnknown) {
                                $util.makeProp(message, "$unknowns", false);
                                (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                            }
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.sender = $root.bisik.envelope.Address.decode(reader, reader.size(), $undefined, _depth + 1, message.sender);
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.body = reader.bytes();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "version"))
                    throw $util.ProtocolError("missing required 'version'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "kind"))
                    throw $util.ProtocolError("missing required 'kind'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "body"))
                    throw $util.ProtocolError("missing required 'body'", { instance: message });
                return message;
            };

            return Envelope;
        })();

        return envelope;
    })();

    bisik.bundle = (function() {

        /**
         * Namespace bundle.
         * @memberof bisik
         * @namespace
         */
        const bundle = {};

        bundle.OneTimePreKey = (function() {

            /**
             * Properties of a OneTimePreKey.
             * @typedef {Object} bisik.bundle.OneTimePreKey.$Properties
             * @property {number} id OneTimePreKey id
             * @property {Uint8Array} publicKey OneTimePreKey publicKey
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a OneTimePreKey.
             * @memberof bisik.bundle
             * @interface IOneTimePreKey
             * @augments bisik.bundle.OneTimePreKey.$Properties
             * @deprecated Use bisik.bundle.OneTimePreKey.$Properties instead.
             */

            /**
             * Shape of a OneTimePreKey.
             * @typedef {bisik.bundle.OneTimePreKey.$Properties} bisik.bundle.OneTimePreKey.$Shape
             */

            /**
             * Constructs a new OneTimePreKey.
             * @memberof bisik.bundle
             * @classdesc Represents a OneTimePreKey.
             * @constructor
             * @param {bisik.bundle.OneTimePreKey.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OneTimePreKey = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * OneTimePreKey id.
             * @member {number} id
             * @memberof bisik.bundle.OneTimePreKey
             * @instance
             */
            OneTimePreKey.prototype.id = 0;

            /**
             * OneTimePreKey publicKey.
             * @member {Uint8Array} publicKey
             * @memberof bisik.bundle.OneTimePreKey
             * @instance
             */
            OneTimePreKey.prototype.publicKey = $util.newBuffer([]);

            /**
             * Encodes the specified OneTimePreKey message. Does not implicitly {@link bisik.bundle.OneTimePreKey.verify|verify} messages.
             * @function encode
             * @memberof bisik.bundle.OneTimePreKey
             * @static
             * @param {bisik.bundle.OneTimePreKey.$Properties} message OneTimePreKey message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OneTimePreKey.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.id);
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.publicKey);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a OneTimePreKey message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.bundle.OneTimePreKey
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.bundle.OneTimePreKey & bisik.bundle.OneTimePreKey.$Shape} OneTimePreKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OneTimePreKey.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.bisik.bundle.OneTimePreKey();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.id = reader.uint32();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.publicKey = reader.bytes();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "id"))
                    throw $util.ProtocolError("missing required 'id'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "publicKey"))
                    throw $util.ProtocolError("missing required 'publicKey'", { instance: message });
                return message;
            };

            return OneTimePreKey;
        })();

        bundle.SignedPreKey = (function() {

            /**
             * Properties of a SignedPreKey.
             * @typedef {Object} bisik.bundle.SignedPreKey.$Properties
             * @property {number} id SignedPreKey id
             * @property {Uint8Array} publicKey SignedPreKey publicKey
             * @property {Uint8Array} signature SignedPreKey signature
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SignedPreKey.
             * @memberof bisik.bundle
             * @interface ISignedPreKey
             * @augments bisik.bundle.SignedPreKey.$Properties
             * @deprecated Use bisik.bundle.SignedPreKey.$Properties instead.
             */

            /**
             * Shape of a SignedPreKey.
             * @typedef {bisik.bundle.SignedPreKey.$Properties} bisik.bundle.SignedPreKey.$Shape
             */

            /**
             * Constructs a new SignedPreKey.
             * @memberof bisik.bundle
             * @classdesc Represents a SignedPreKey.
             * @constructor
             * @param {bisik.bundle.SignedPreKey.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SignedPreKey = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SignedPreKey id.
             * @member {number} id
             * @memberof bisik.bundle.SignedPreKey
             * @instance
             */
            SignedPreKey.prototype.id = 0;

            /**
             * SignedPreKey publicKey.
             * @member {Uint8Array} publicKey
             * @memberof bisik.bundle.SignedPreKey
             * @instance
             */
            SignedPreKey.prototype.publicKey = $util.newBuffer([]);

            /**
             * SignedPreKey signature.
             * @member {Uint8Array} signature
             * @memberof bisik.bundle.SignedPreKey
             * @instance
             */
            SignedPreKey.prototype.signature = $util.newBuffer([]);

            /**
             * Encodes the specified SignedPreKey message. Does not implicitly {@link bisik.bundle.SignedPreKey.verify|verify} messages.
             * @function encode
             * @memberof bisik.bundle.SignedPreKey
             * @static
             * @param {bisik.bundle.SignedPreKey.$Properties} message SignedPreKey message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SignedPreKey.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.id);
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.publicKey);
                writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.signature);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SignedPreKey message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.bundle.SignedPreKey
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.bundle.SignedPreKey & bisik.bundle.SignedPreKey.$Shape} SignedPreKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SignedPreKey.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.bisik.bundle.SignedPreKey();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.id = reader.uint32();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.publicKey = reader.bytes();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.signature = reader.bytes();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "id"))
                    throw $util.ProtocolError("missing required 'id'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "publicKey"))
                    throw $util.ProtocolError("missing required 'publicKey'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "signature"))
                    throw $util.ProtocolError("missing required 'signature'", { instance: message });
                return message;
            };

            return SignedPreKey;
        })();

        bundle.PreKeyBundle = (function() {

            /**
             * Properties of a PreKeyBundle.
             * @typedef {Object} bisik.bundle.PreKeyBundle.$Properties
             * @property {number} version PreKeyBundle version
             * @property {bisik.envelope.Address.$Properties} address PreKeyBundle address
             * @property {number} registrationId PreKeyBundle registrationId
             * @property {Uint8Array} identityKey PreKeyBundle identityKey
             * @property {bisik.bundle.SignedPreKey.$Properties} signedPreKey PreKeyBundle signedPreKey
             * @property {bisik.bundle.OneTimePreKey.$Properties|null} [oneTimePreKey] PreKeyBundle oneTimePreKey
             * @property {bisik.bundle.SignedPreKey.$Properties|null} [kemPreKey] PreKeyBundle kemPreKey
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PreKeyBundle.
             * @memberof bisik.bundle
             * @interface IPreKeyBundle
             * @augments bisik.bundle.PreKeyBundle.$Properties
             * @deprecated Use bisik.bundle.PreKeyBundle.$Properties instead.
             */

            /**
             * Shape of a PreKeyBundle.
             * @typedef {bisik.bundle.PreKeyBundle.$Properties} bisik.bundle.PreKeyBundle.$Shape
             */

            /**
             * Constructs a new PreKeyBundle.
             * @memberof bisik.bundle
             * @classdesc Represents a PreKeyBundle.
             * @constructor
             * @param {bisik.bundle.PreKeyBundle.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PreKeyBundle = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PreKeyBundle version.
             * @member {number} version
             * @memberof bisik.bundle.PreKeyBundle
             * @instance
             */
            PreKeyBundle.prototype.version = 0;

            /**
             * PreKeyBundle address.
             * @member {bisik.envelope.Address} address
             * @memberof bisik.bundle.PreKeyBundle
             * @instance
             */
            PreKeyBundle.prototype.address = null;

            /**
             * PreKeyBundle registrationId.
             * @member {number} registrationId
             * @memberof bisik.bundle.PreKeyBundle
             * @instance
             */
            PreKeyBundle.prototype.registrationId = 0;

            /**
             * PreKeyBundle identityKey.
             * @member {Uint8Array} identityKey
             * @memberof bisik.bundle.PreKeyBundle
             * @instance
             */
            PreKeyBundle.prototype.identityKey = $util.newBuffer([]);

            /**
             * PreKeyBundle signedPreKey.
             * @member {bisik.bundle.SignedPreKey} signedPreKey
             * @memberof bisik.bundle.PreKeyBundle
             * @instance
             */
            PreKeyBundle.prototype.signedPreKey = null;

            /**
             * PreKeyBundle oneTimePreKey.
             * @member {bisik.bundle.OneTimePreKey|null} oneTimePreKey
             * @memberof bisik.bundle.PreKeyBundle
             * @instance
             */
            PreKeyBundle.prototype.oneTimePreKey = null;

            /**
             * PreKeyBundle kemPreKey.
             * @member {bisik.bundle.SignedPreKey|null} kemPreKey
             * @memberof bisik.bundle.PreKeyBundle
             * @instance
             */
            PreKeyBundle.prototype.kemPreKey = null;

            /**
             * Encodes the specified PreKeyBundle message. Does not implicitly {@link bisik.bundle.PreKeyBundle.verify|verify} messages.
             * @function encode
             * @memberof bisik.bundle.PreKeyBundle
             * @static
             * @param {bisik.bundle.PreKeyBundle.$Properties} message PreKeyBundle message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PreKeyBundle.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.version);
                $root.bisik.envelope.Address.encode(message.address, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.registrationId);
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.identityKey);
                $root.bisik.bundle.SignedPreKey.encode(message.signedPreKey, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.oneTimePreKey != null && $Object.hasOwnProperty.call(message, "oneTimePreKey"))
                    $root.bisik.bundle.OneTimePreKey.encode(message.oneTimePreKey, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.kemPreKey != null && $Object.hasOwnProperty.call(message, "kemPreKey"))
                    $root.bisik.bundle.SignedPreKey.encode(message.kemPreKey, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PreKeyBundle message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.bundle.PreKeyBundle
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.bundle.PreKeyBundle & bisik.bundle.PreKeyBundle.$Shape} PreKeyBundle
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PreKeyBundle.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.bisik.bundle.PreKeyBundle();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.version = reader.uint32();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.address = $root.bisik.envelope.Address.decode(reader, reader.size(), $undefined, _depth + 1, message.address);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.registrationId = reader.uint32();
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.identityKey = reader.bytes();
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.signedPreKey = $root.bisik.bundle.SignedPreKey.decode(reader, reader.size(), $undefined, _depth + 1, message.signedPreKey);
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.oneTimePreKey = $root.bisik.bundle.OneTimePreKey.decode(reader, reader.size(), $undefined, _depth + 1, message.oneTimePreKey);
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.kemPreKey = $root.bisik.bundle.SignedPreKey.decode(reader, reader.size(), $undefined, _depth + 1, message.kemPreKey);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "version"))
                    throw $util.ProtocolError("missing required 'version'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "address"))
                    throw $util.ProtocolError("missing required 'address'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "registrationId"))
                    throw $util.ProtocolError("missing required 'registrationId'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "identityKey"))
                    throw $util.ProtocolError("missing required 'identityKey'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "signedPreKey"))
                    throw $util.ProtocolError("missing required 'signedPreKey'", { instance: message });
                return message;
            };

            return PreKeyBundle;
        })();

        bundle.PreKeyUpload = (function() {

            /**
             * Properties of a PreKeyUpload.
             * @typedef {Object} bisik.bundle.PreKeyUpload.$Properties
             * @property {number} version PreKeyUpload version
             * @property {bisik.envelope.Address.$Properties} address PreKeyUpload address
             * @property {number} registrationId PreKeyUpload registrationId
             * @property {Uint8Array} identityKey PreKeyUpload identityKey
             * @property {bisik.bundle.SignedPreKey.$Properties} signedPreKey PreKeyUpload signedPreKey
             * @property {bisik.bundle.SignedPreKey.$Properties} kemPreKey PreKeyUpload kemPreKey
             * @property {Array.<bisik.bundle.OneTimePreKey.$Properties>} [oneTimePreKeys] PreKeyUpload oneTimePreKeys
             * @property {Array.<bisik.bundle.SignedPreKey.$Properties>} [oneTimeKemPreKeys] PreKeyUpload oneTimeKemPreKeys
             * @property {number|null} [firstOneTimePreKeyId] PreKeyUpload firstOneTimePreKeyId
             * @property {number|null} [firstOneTimeKemPreKeyId] PreKeyUpload firstOneTimeKemPreKeyId
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PreKeyUpload.
             * @memberof bisik.bundle
             * @interface IPreKeyUpload
             * @augments bisik.bundle.PreKeyUpload.$Properties
             * @deprecated Use bisik.bundle.PreKeyUpload.$Properties instead.
             */

            /**
             * Shape of a PreKeyUpload.
             * @typedef {bisik.bundle.PreKeyUpload.$Properties} bisik.bundle.PreKeyUpload.$Shape
             */

            /**
             * Constructs a new PreKeyUpload.
             * @memberof bisik.bundle
             * @classdesc Represents a PreKeyUpload.
             * @constructor
             * @param {bisik.bundle.PreKeyUpload.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PreKeyUpload = function (properties) {
                this.oneTimePreKeys = [];
                this.oneTimeKemPreKeys = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PreKeyUpload version.
             * @member {number} version
             * @memberof bisik.bundle.PreKeyUpload
             * @instance
             */
            PreKeyUpload.prototype.version = 0;

            /**
             * PreKeyUpload address.
             * @member {bisik.envelope.Address} address
             * @memberof bisik.bundle.PreKeyUpload
             * @instance
             */
            PreKeyUpload.prototype.address = null;

            /**
             * PreKeyUpload registrationId.
             * @member {number} registrationId
             * @memberof bisik.bundle.PreKeyUpload
             * @instance
             */
            PreKeyUpload.prototype.registrationId = 0;

            /**
             * PreKeyUpload identityKey.
             * @member {Uint8Array} identityKey
             * @memberof bisik.bundle.PreKeyUpload
             * @instance
             */
            PreKeyUpload.prototype.identityKey = $util.newBuffer([]);

            /**
             * PreKeyUpload signedPreKey.
             * @member {bisik.bundle.SignedPreKey} signedPreKey
             * @memberof bisik.bundle.PreKeyUpload
             * @instance
             */
            PreKeyUpload.prototype.signedPreKey = null;

            /**
             * PreKeyUpload kemPreKey.
             * @member {bisik.bundle.SignedPreKey} kemPreKey
             * @memberof bisik.bundle.PreKeyUpload
             * @instance
             */
            PreKeyUpload.prototype.kemPreKey = null;

            /**
             * PreKeyUpload oneTimePreKeys.
             * @member {Array.<bisik.bundle.OneTimePreKey>} oneTimePreKeys
             * @memberof bisik.bundle.PreKeyUpload
             * @instance
             */
            PreKeyUpload.prototype.oneTimePreKeys = $util.emptyArray;

            /**
             * PreKeyUpload oneTimeKemPreKeys.
             * @member {Array.<bisik.bundle.SignedPreKey>} oneTimeKemPreKeys
             * @memberof bisik.bundle.PreKeyUpload
             * @instance
             */
            PreKeyUpload.prototype.oneTimeKemPreKeys = $util.emptyArray;

            /**
             * PreKeyUpload firstOneTimePreKeyId.
             * @member {number|null} firstOneTimePreKeyId
             * @memberof bisik.bundle.PreKeyUpload
             * @instance
             */
            PreKeyUpload.prototype.firstOneTimePreKeyId = null;

            /**
             * PreKeyUpload firstOneTimeKemPreKeyId.
             * @member {number|null} firstOneTimeKemPreKeyId
             * @memberof bisik.bundle.PreKeyUpload
             * @instance
             */
            PreKeyUpload.prototype.firstOneTimeKemPreKeyId = null;

            /**
             * Encodes the specified PreKeyUpload message. Does not implicitly {@link bisik.bundle.PreKeyUpload.verify|verify} messages.
             * @function encode
             * @memberof bisik.bundle.PreKeyUpload
             * @static
             * @param {bisik.bundle.PreKeyUpload.$Properties} message PreKeyUpload message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PreKeyUpload.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.version);
                $root.bisik.envelope.Address.encode(message.address, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.registrationId);
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.identityKey);
                $root.bisik.bundle.SignedPreKey.encode(message.signedPreKey, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                $root.bisik.bundle.SignedPreKey.encode(message.kemPreKey, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.oneTimePreKeys != null && message.oneTimePreKeys.length)
                    for (let i = 0; i < message.oneTimePreKeys.length; ++i)
                        $root.bisik.bundle.OneTimePreKey.encode(message.oneTimePreKeys[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.oneTimeKemPreKeys != null && message.oneTimeKemPreKeys.length)
                    for (let i = 0; i < message.oneTimeKemPreKeys.length; ++i)
                        $root.bisik.bundle.SignedPreKey.encode(message.oneTimeKemPreKeys[i], writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.firstOneTimePreKeyId != null && $Object.hasOwnProperty.call(message, "firstOneTimePreKeyId"))
                    writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.firstOneTimePreKeyId);
                if (message.firstOneTimeKemPreKeyId != null && $Object.hasOwnProperty.call(message, "firstOneTimeKemPreKeyId"))
                    writer.uint32(/* id 10, wireType 0 =*/80).uint32(message.firstOneTimeKemPreKeyId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PreKeyUpload message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.bundle.PreKeyUpload
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.bundle.PreKeyUpload & bisik.bundle.PreKeyUpload.$Shape} PreKeyUpload
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PreKeyUpload.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.bisik.bundle.PreKeyUpload();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.version = reader.uint32();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.address = $root.bisik.envelope.Address.decode(reader, reader.size(), $undefined, _depth + 1, message.address);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.registrationId = reader.uint32();
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.identityKey = reader.bytes();
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.signedPreKey = $root.bisik.bundle.SignedPreKey.decode(reader, reader.size(), $undefined, _depth + 1, message.signedPreKey);
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.kemPreKey = $root.bisik.bundle.SignedPreKey.decode(reader, reader.size(), $undefined, _depth + 1, message.kemPreKey);
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.oneTimePreKeys && message.oneTimePreKeys.length))
                                message.oneTimePreKeys = [];
                            message.oneTimePreKeys.push($root.bisik.bundle.OneTimePreKey.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if (!(message.oneTimeKemPreKeys && message.oneTimeKemPreKeys.length))
                                message.oneTimeKemPreKeys = [];
                            message.oneTimeKemPreKeys.push($root.bisik.bundle.SignedPreKey.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            message.firstOneTimePreKeyId = reader.uint32();
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            message.firstOneTimeKemPreKeyId = reader.uint32();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "version"))
                    throw $util.ProtocolError("missing required 'version'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "address"))
                    throw $util.ProtocolError("missing required 'address'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "registrationId"))
                    throw $util.ProtocolError("missing required 'registrationId'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "identityKey"))
                    throw $util.ProtocolError("missing required 'identityKey'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "signedPreKey"))
                    throw $util.ProtocolError("missing required 'signedPreKey'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "kemPreKey"))
                    throw $util.ProtocolError("missing required 'kemPreKey'", { instance: message });
                return message;
            };

            return PreKeyUpload;
        })();

        return bundle;
    })();

    bisik.sealed = (function() {

        /**
         * Namespace sealed.
         * @memberof bisik
         * @namespace
         */
        const sealed = {};

        sealed.Certificate = (function() {

            /**
             * Properties of a Certificate.
             * @typedef {Object} bisik.sealed.Certificate.$Properties
             * @property {Uint8Array} certificate Certificate certificate
             * @property {Uint8Array} signature Certificate signature
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Certificate.
             * @memberof bisik.sealed
             * @interface ICertificate
             * @augments bisik.sealed.Certificate.$Properties
             * @deprecated Use bisik.sealed.Certificate.$Properties instead.
             */

            /**
             * Shape of a Certificate.
             * @typedef {bisik.sealed.Certificate.$Properties} bisik.sealed.Certificate.$Shape
             */

            /**
             * Constructs a new Certificate.
             * @memberof bisik.sealed
             * @classdesc Represents a Certificate.
             * @constructor
             * @param {bisik.sealed.Certificate.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Certificate = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Certificate certificate.
             * @member {Uint8Array} certificate
             * @memberof bisik.sealed.Certificate
             * @instance
             */
            Certificate.prototype.certificate = $util.newBuffer([]);

            /**
             * Certificate signature.
             * @member {Uint8Array} signature
             * @memberof bisik.sealed.Certificate
             * @instance
             */
            Certificate.prototype.signature = $util.newBuffer([]);

            /**
             * Encodes the specified Certificate message. Does not implicitly {@link bisik.sealed.Certificate.verify|verify} messages.
             * @function encode
             * @memberof bisik.sealed.Certificate
             * @static
             * @param {bisik.sealed.Certificate.$Properties} message Certificate message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Certificate.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.certificate);
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.signature);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Certificate message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.sealed.Certificate
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.sealed.Certificate & bisik.sealed.Certificate.$Shape} Certificate
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Certificate.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.bisik.sealed.Certificate();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.certificate = reader.bytes();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.signature = reader.bytes();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "certificate"))
                    throw $util.ProtocolError("missing required 'certificate'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "signature"))
                    throw $util.ProtocolError("missing required 'signature'", { instance: message });
                return message;
            };

            return Certificate;
        })();

        sealed.ServerCertificate = (function() {

            /**
             * Properties of a ServerCertificate.
             * @typedef {Object} bisik.sealed.ServerCertificate.$Properties
             * @property {number} id ServerCertificate id
             * @property {Uint8Array} key ServerCertificate key
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ServerCertificate.
             * @memberof bisik.sealed
             * @interface IServerCertificate
             * @augments bisik.sealed.ServerCertificate.$Properties
             * @deprecated Use bisik.sealed.ServerCertificate.$Properties instead.
             */

            /**
             * Shape of a ServerCertificate.
             * @typedef {bisik.sealed.ServerCertificate.$Properties} bisik.sealed.ServerCertificate.$Shape
             */

            /**
             * Constructs a new ServerCertificate.
             * @memberof bisik.sealed
             * @classdesc Represents a ServerCertificate.
             * @constructor
             * @param {bisik.sealed.ServerCertificate.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ServerCertificate = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ServerCertificate id.
             * @member {number} id
             * @memberof bisik.sealed.ServerCertificate
             * @instance
             */
            ServerCertificate.prototype.id = 0;

            /**
             * ServerCertificate key.
             * @member {Uint8Array} key
             * @memberof bisik.sealed.ServerCertificate
             * @instance
             */
            ServerCertificate.prototype.key = $util.newBuffer([]);

            /**
             * Encodes the specified ServerCertificate message. Does not implicitly {@link bisik.sealed.ServerCertificate.verify|verify} messages.
             * @function encode
             * @memberof bisik.sealed.ServerCertificate
             * @static
             * @param {bisik.sealed.ServerCertificate.$Properties} message ServerCertificate message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ServerCertificate.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.id);
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.key);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ServerCertificate message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.sealed.ServerCertificate
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.sealed.ServerCertificate & bisik.sealed.ServerCertificate.$Shape} ServerCertificate
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ServerCertificate.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.bisik.sealed.ServerCertificate();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.id = reader.uint32();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.key = reader.bytes();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "id"))
                    throw $util.ProtocolError("missing required 'id'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "key"))
                    throw $util.ProtocolError("missing required 'key'", { instance: message });
                return message;
            };

            return ServerCertificate;
        })();

        sealed.SenderCertificate = (function() {

            /**
             * Properties of a SenderCertificate.
             * @typedef {Object} bisik.sealed.SenderCertificate.$Properties
             * @property {Uint8Array|null} [phoneNumber] SenderCertificate phoneNumber
             * @property {number} device SenderCertificate device
             * @property {number|Long} expiration SenderCertificate expiration
             * @property {Uint8Array} identityKey SenderCertificate identityKey
             * @property {Uint8Array|null} [signer] SenderCertificate signer
             * @property {Uint8Array|null} [user] SenderCertificate user
             * @property {Uint8Array|null} [userUuid] SenderCertificate userUuid
             * @property {number|null} [signerId] SenderCertificate signerId
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SenderCertificate.
             * @memberof bisik.sealed
             * @interface ISenderCertificate
             * @augments bisik.sealed.SenderCertificate.$Properties
             * @deprecated Use bisik.sealed.SenderCertificate.$Properties instead.
             */

            /**
             * Shape of a SenderCertificate.
             * @typedef {bisik.sealed.SenderCertificate.$Properties} bisik.sealed.SenderCertificate.$Shape
             */

            /**
             * Constructs a new SenderCertificate.
             * @memberof bisik.sealed
             * @classdesc Represents a SenderCertificate.
             * @constructor
             * @param {bisik.sealed.SenderCertificate.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SenderCertificate = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SenderCertificate phoneNumber.
             * @member {Uint8Array|null} phoneNumber
             * @memberof bisik.sealed.SenderCertificate
             * @instance
             */
            SenderCertificate.prototype.phoneNumber = null;

            /**
             * SenderCertificate device.
             * @member {number} device
             * @memberof bisik.sealed.SenderCertificate
             * @instance
             */
            SenderCertificate.prototype.device = 0;

            /**
             * SenderCertificate expiration.
             * @member {number|Long} expiration
             * @memberof bisik.sealed.SenderCertificate
             * @instance
             */
            SenderCertificate.prototype.expiration = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * SenderCertificate identityKey.
             * @member {Uint8Array} identityKey
             * @memberof bisik.sealed.SenderCertificate
             * @instance
             */
            SenderCertificate.prototype.identityKey = $util.newBuffer([]);

            /**
             * SenderCertificate signer.
             * @member {Uint8Array|null} signer
             * @memberof bisik.sealed.SenderCertificate
             * @instance
             */
            SenderCertificate.prototype.signer = null;

            /**
             * SenderCertificate user.
             * @member {Uint8Array|null} user
             * @memberof bisik.sealed.SenderCertificate
             * @instance
             */
            SenderCertificate.prototype.user = null;

            /**
             * SenderCertificate userUuid.
             * @member {Uint8Array|null} userUuid
             * @memberof bisik.sealed.SenderCertificate
             * @instance
             */
            SenderCertificate.prototype.userUuid = null;

            /**
             * SenderCertificate signerId.
             * @member {number|null} signerId
             * @memberof bisik.sealed.SenderCertificate
             * @instance
             */
            SenderCertificate.prototype.signerId = null;

            /**
             * Encodes the specified SenderCertificate message. Does not implicitly {@link bisik.sealed.SenderCertificate.verify|verify} messages.
             * @function encode
             * @memberof bisik.sealed.SenderCertificate
             * @static
             * @param {bisik.sealed.SenderCertificate.$Properties} message SenderCertificate message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SenderCertificate.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.phoneNumber != null && $Object.hasOwnProperty.call(message, "phoneNumber"))
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.phoneNumber);
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.device);
                writer.uint32(/* id 3, wireType 1 =*/25).fixed64(message.expiration);
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.identityKey);
                if (message.signer != null && $Object.hasOwnProperty.call(message, "signer"))
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.signer);
                if (message.user != null && $Object.hasOwnProperty.call(message, "user"))
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.user);
                if (message.userUuid != null && $Object.hasOwnProperty.call(message, "userUuid"))
                    writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.userUuid);
                if (message.signerId != null && $Object.hasOwnProperty.call(message, "signerId"))
                    writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.signerId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SenderCertificate message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.sealed.SenderCertificate
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.sealed.SenderCertificate & bisik.sealed.SenderCertificate.$Shape} SenderCertificate
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SenderCertificate.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.bisik.sealed.SenderCertificate();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.phoneNumber = reader.bytes();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.device = reader.uint32();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            message.expiration = reader.fixed64();
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.identityKey = reader.bytes();
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.signer = reader.bytes();
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.user = reader.bytes();
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.userUuid = reader.bytes();
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            message.signerId = reader.uint32();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "device"))
                    throw $util.ProtocolError("missing required 'device'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "expiration"))
                    throw $util.ProtocolError("missing required 'expiration'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "identityKey"))
                    throw $util.ProtocolError("missing required 'identityKey'", { instance: message });
                return message;
            };

            return SenderCertificate;
        })();

        sealed.Content = (function() {

            /**
             * Properties of a Content.
             * @typedef {Object} bisik.sealed.Content.$Properties
             * @property {number} type Content type
             * @property {Uint8Array} certificate Content certificate
             * @property {Uint8Array} content Content content
             * @property {number|null} [contentHint] Content contentHint
             * @property {Uint8Array|null} [groupId] Content groupId
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Content.
             * @memberof bisik.sealed
             * @interface IContent
             * @augments bisik.sealed.Content.$Properties
             * @deprecated Use bisik.sealed.Content.$Properties instead.
             */

            /**
             * Shape of a Content.
             * @typedef {bisik.sealed.Content.$Properties} bisik.sealed.Content.$Shape
             */

            /**
             * Constructs a new Content.
             * @memberof bisik.sealed
             * @classdesc Represents a Content.
             * @constructor
             * @param {bisik.sealed.Content.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Content = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Content type.
             * @member {number} type
             * @memberof bisik.sealed.Content
             * @instance
             */
            Content.prototype.type = 0;

            /**
             * Content certificate.
             * @member {Uint8Array} certificate
             * @memberof bisik.sealed.Content
             * @instance
             */
            Content.prototype.certificate = $util.newBuffer([]);

            /**
             * Content content.
             * @member {Uint8Array} content
             * @memberof bisik.sealed.Content
             * @instance
             */
            Content.prototype.content = $util.newBuffer([]);

            /**
             * Content contentHint.
             * @member {number|null} contentHint
             * @memberof bisik.sealed.Content
             * @instance
             */
            Content.prototype.contentHint = null;

            /**
             * Content groupId.
             * @member {Uint8Array|null} groupId
             * @memberof bisik.sealed.Content
             * @instance
             */
            Content.prototype.groupId = null;

            /**
             * Encodes the specified Content message. Does not implicitly {@link bisik.sealed.Content.verify|verify} messages.
             * @function encode
             * @memberof bisik.sealed.Content
             * @static
             * @param {bisik.sealed.Content.$Properties} message Content message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Content.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.type);
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.certificate);
                writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.content);
                if (message.contentHint != null && $Object.hasOwnProperty.call(message, "contentHint"))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.contentHint);
                if (message.groupId != null && $Object.hasOwnProperty.call(message, "groupId"))
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.groupId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Content message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.sealed.Content
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.sealed.Content & bisik.sealed.Content.$Shape} Content
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Content.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.bisik.sealed.Content();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.type = reader.uint32();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.certificate = reader.bytes();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.content = reader.bytes();
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            message.contentHint = reader.uint32();
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.groupId = reader.bytes();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "type"))
                    throw $util.ProtocolError("missing required 'type'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "certificate"))
                    throw $util.ProtocolError("missing required 'certificate'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "content"))
                    throw $util.ProtocolError("missing required 'content'", { instance: message });
                return message;
            };

            return Content;
        })();

        sealed.ForOne = (function() {

            /**
             * Properties of a ForOne.
             * @typedef {Object} bisik.sealed.ForOne.$Properties
             * @property {Uint8Array} ephemeralKey ForOne ephemeralKey
             * @property {Uint8Array} encryptedStatic ForOne encryptedStatic
             * @property {Uint8Array} encryptedMessage ForOne encryptedMessage
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ForOne.
             * @memberof bisik.sealed
             * @interface IForOne
             * @augments bisik.sealed.ForOne.$Properties
             * @deprecated Use bisik.sealed.ForOne.$Properties instead.
             */

            /**
             * Shape of a ForOne.
             * @typedef {bisik.sealed.ForOne.$Properties} bisik.sealed.ForOne.$Shape
             */

            /**
             * Constructs a new ForOne.
             * @memberof bisik.sealed
             * @classdesc Represents a ForOne.
             * @constructor
             * @param {bisik.sealed.ForOne.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ForOne = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ForOne ephemeralKey.
             * @member {Uint8Array} ephemeralKey
             * @memberof bisik.sealed.ForOne
             * @instance
             */
            ForOne.prototype.ephemeralKey = $util.newBuffer([]);

            /**
             * ForOne encryptedStatic.
             * @member {Uint8Array} encryptedStatic
             * @memberof bisik.sealed.ForOne
             * @instance
             */
            ForOne.prototype.encryptedStatic = $util.newBuffer([]);

            /**
             * ForOne encryptedMessage.
             * @member {Uint8Array} encryptedMessage
             * @memberof bisik.sealed.ForOne
             * @instance
             */
            ForOne.prototype.encryptedMessage = $util.newBuffer([]);

            /**
             * Encodes the specified ForOne message. Does not implicitly {@link bisik.sealed.ForOne.verify|verify} messages.
             * @function encode
             * @memberof bisik.sealed.ForOne
             * @static
             * @param {bisik.sealed.ForOne.$Properties} message ForOne message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ForOne.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.ephemeralKey);
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.encryptedStatic);
                writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.encryptedMessage);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ForOne message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.sealed.ForOne
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.sealed.ForOne & bisik.sealed.ForOne.$Shape} ForOne
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ForOne.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.bisik.sealed.ForOne();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.ephemeralKey = reader.bytes();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.encryptedStatic = reader.bytes();
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.encryptedMessage = reader.bytes();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                if (!$Object.hasOwnProperty.call(message, "ephemeralKey"))
                    throw $util.ProtocolError("missing required 'ephemeralKey'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "encryptedStatic"))
                    throw $util.ProtocolError("missing required 'encryptedStatic'", { instance: message });
                if (!$Object.hasOwnProperty.call(message, "encryptedMessage"))
                    throw $util.ProtocolError("missing required 'encryptedMessage'", { instance: message });
                return message;
            };

            return ForOne;
        })();

        return sealed;
    })();

    bisik.fingerprint = (function() {

        /**
         * Namespace fingerprint.
         * @memberof bisik
         * @namespace
         */
        const fingerprint = {};

        fingerprint.Combined = (function() {

            /**
             * Properties of a Combined.
             * @typedef {Object} bisik.fingerprint.Combined.$Properties
             * @property {number|null} [version] Combined version
             * @property {bisik.fingerprint.Logical.$Properties|null} [local] Combined local
             * @property {bisik.fingerprint.Logical.$Properties|null} [remote] Combined remote
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Combined.
             * @memberof bisik.fingerprint
             * @interface ICombined
             * @augments bisik.fingerprint.Combined.$Properties
             * @deprecated Use bisik.fingerprint.Combined.$Properties instead.
             */

            /**
             * Shape of a Combined.
             * @typedef {bisik.fingerprint.Combined.$Properties} bisik.fingerprint.Combined.$Shape
             */

            /**
             * Constructs a new Combined.
             * @memberof bisik.fingerprint
             * @classdesc Represents a Combined.
             * @constructor
             * @param {bisik.fingerprint.Combined.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Combined = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Combined version.
             * @member {number|null} version
             * @memberof bisik.fingerprint.Combined
             * @instance
             */
            Combined.prototype.version = null;

            /**
             * Combined local.
             * @member {bisik.fingerprint.Logical|null} local
             * @memberof bisik.fingerprint.Combined
             * @instance
             */
            Combined.prototype.local = null;

            /**
             * Combined remote.
             * @member {bisik.fingerprint.Logical|null} remote
             * @memberof bisik.fingerprint.Combined
             * @instance
             */
            Combined.prototype.remote = null;

            /**
             * Encodes the specified Combined message. Does not implicitly {@link bisik.fingerprint.Combined.verify|verify} messages.
             * @function encode
             * @memberof bisik.fingerprint.Combined
             * @static
             * @param {bisik.fingerprint.Combined.$Properties} message Combined message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Combined.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.version != null && $Object.hasOwnProperty.call(message, "version"))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.version);
                if (message.local != null && $Object.hasOwnProperty.call(message, "local"))
                    $root.bisik.fingerprint.Logical.encode(message.local, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.remote != null && $Object.hasOwnProperty.call(message, "remote"))
                    $root.bisik.fingerprint.Logical.encode(message.remote, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Combined message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.fingerprint.Combined
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.fingerprint.Combined & bisik.fingerprint.Combined.$Shape} Combined
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Combined.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.bisik.fingerprint.Combined();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.version = reader.uint32();
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.local = $root.bisik.fingerprint.Logical.decode(reader, reader.size(), $undefined, _depth + 1, message.local);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.remote = $root.bisik.fingerprint.Logical.decode(reader, reader.size(), $undefined, _depth + 1, message.remote);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Combined;
        })();

        fingerprint.Logical = (function() {

            /**
             * Properties of a Logical.
             * @typedef {Object} bisik.fingerprint.Logical.$Properties
             * @property {Uint8Array|null} [content] Logical content
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Logical.
             * @memberof bisik.fingerprint
             * @interface ILogical
             * @augments bisik.fingerprint.Logical.$Properties
             * @deprecated Use bisik.fingerprint.Logical.$Properties instead.
             */

            /**
             * Shape of a Logical.
             * @typedef {bisik.fingerprint.Logical.$Properties} bisik.fingerprint.Logical.$Shape
             */

            /**
             * Constructs a new Logical.
             * @memberof bisik.fingerprint
             * @classdesc Represents a Logical.
             * @constructor
             * @param {bisik.fingerprint.Logical.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Logical = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Logical content.
             * @member {Uint8Array|null} content
             * @memberof bisik.fingerprint.Logical
             * @instance
             */
            Logical.prototype.content = null;

            /**
             * Encodes the specified Logical message. Does not implicitly {@link bisik.fingerprint.Logical.verify|verify} messages.
             * @function encode
             * @memberof bisik.fingerprint.Logical
             * @static
             * @param {bisik.fingerprint.Logical.$Properties} message Logical message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Logical.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.content != null && $Object.hasOwnProperty.call(message, "content"))
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.content);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Logical message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.fingerprint.Logical
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.fingerprint.Logical & bisik.fingerprint.Logical.$Shape} Logical
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Logical.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.bisik.fingerprint.Logical();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.content = reader.bytes();
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Logical;
        })();

        return fingerprint;
    })();

    return bisik;
})();

export {
  $root as default
};
