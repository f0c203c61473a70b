/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["bisik_libsignal_v1"] || ($protobuf.roots["bisik_libsignal_v1"] = {});

export const bisik = $root.bisik = (() => {

    /**
     * Namespace bisik.
     * @exports bisik
     * @namespace
     */
    const bisik = {};

    bisik.libsignal = (function() {

        /**
         * Namespace libsignal.
         * @memberof bisik
         * @namespace
         */
        const libsignal = {};

        libsignal.RecordStructure = (function() {

            /**
             * Properties of a RecordStructure.
             * @typedef {Object} bisik.libsignal.RecordStructure.$Properties
             * @property {bisik.libsignal.SessionStructure.$Properties} [currentSession] RecordStructure currentSession
             * @property {Array.<Uint8Array>} [previousSessions] RecordStructure previousSessions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RecordStructure.
             * @memberof bisik.libsignal
             * @interface IRecordStructure
             * @augments bisik.libsignal.RecordStructure.$Properties
             * @deprecated Use bisik.libsignal.RecordStructure.$Properties instead.
             */

            /**
             * Shape of a RecordStructure.
             * @typedef {bisik.libsignal.RecordStructure.$Properties} bisik.libsignal.RecordStructure.$Shape
             */

            /**
             * Constructs a new RecordStructure.
             * @memberof bisik.libsignal
             * @classdesc Represents a RecordStructure.
             * @constructor
             * @param {bisik.libsignal.RecordStructure.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RecordStructure = function (properties) {
                this.previousSessions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RecordStructure currentSession.
             * @member {bisik.libsignal.SessionStructure} currentSession
             * @memberof bisik.libsignal.RecordStructure
             * @instance
             */
            RecordStructure.prototype.currentSession = null;

            /**
             * RecordStructure previousSessions.
             * @member {Array.<Uint8Array>} previousSessions
             * @memberof bisik.libsignal.RecordStructure
             * @instance
             */
            RecordStructure.prototype.previousSessions = $util.emptyArray;

            /**
             * Encodes the specified RecordStructure message. Does not implicitly {@link bisik.libsignal.RecordStructure.verify|verify} messages.
             * @function encode
             * @memberof bisik.libsignal.RecordStructure
             * @static
             * @param {bisik.libsignal.RecordStructure.$Properties} message RecordStructure message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RecordStructure.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.currentSession != null && $Object.hasOwnProperty.call(message, "currentSession"))
                    $root.bisik.libsignal.SessionStructure.encode(message.currentSession, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.previousSessions != null && message.previousSessions.length)
                    for (let i = 0; i < message.previousSessions.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.previousSessions[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RecordStructure message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.libsignal.RecordStructure
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.libsignal.RecordStructure & bisik.libsignal.RecordStructure.$Shape} RecordStructure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RecordStructure.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.libsignal.RecordStructure();
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
                            message.currentSession = $root.bisik.libsignal.SessionStructure.decode(reader, reader.size(), $undefined, _depth + 1, message.currentSession);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.previousSessions && message.previousSessions.length))
                                message.previousSessions = [];
                            message.previousSessions.push(reader.bytes());
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

            return RecordStructure;
        })();

        libsignal.SessionStructure = (function() {

            /**
             * Properties of a SessionStructure.
             * @typedef {Object} bisik.libsignal.SessionStructure.$Properties
             * @property {number} [sessionVersion] SessionStructure sessionVersion
             * @property {Uint8Array} [localIdentityPublic] SessionStructure localIdentityPublic
             * @property {Uint8Array} [remoteIdentityPublic] SessionStructure remoteIdentityPublic
             * @property {Uint8Array} [rootKey] SessionStructure rootKey
             * @property {number} [previousCounter] SessionStructure previousCounter
             * @property {bisik.libsignal.Chain.$Properties} [senderChain] SessionStructure senderChain
             * @property {Array.<bisik.libsignal.Chain.$Properties>} [receiverChains] SessionStructure receiverChains
             * @property {bisik.libsignal.PendingPreKey.$Properties} [pendingPreKey] SessionStructure pendingPreKey
             * @property {number} [remoteRegistrationId] SessionStructure remoteRegistrationId
             * @property {number} [localRegistrationId] SessionStructure localRegistrationId
             * @property {Uint8Array} [aliceBaseKey] SessionStructure aliceBaseKey
             * @property {bisik.libsignal.PendingKyberPreKey.$Properties} [pendingKyberPreKey] SessionStructure pendingKyberPreKey
             * @property {Uint8Array} [pqRatchetState] SessionStructure pqRatchetState
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SessionStructure.
             * @memberof bisik.libsignal
             * @interface ISessionStructure
             * @augments bisik.libsignal.SessionStructure.$Properties
             * @deprecated Use bisik.libsignal.SessionStructure.$Properties instead.
             */

            /**
             * Shape of a SessionStructure.
             * @typedef {bisik.libsignal.SessionStructure.$Properties} bisik.libsignal.SessionStructure.$Shape
             */

            /**
             * Constructs a new SessionStructure.
             * @memberof bisik.libsignal
             * @classdesc Represents a SessionStructure.
             * @constructor
             * @param {bisik.libsignal.SessionStructure.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SessionStructure = function (properties) {
                this.receiverChains = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SessionStructure sessionVersion.
             * @member {number} sessionVersion
             * @memberof bisik.libsignal.SessionStructure
             * @instance
             */
            SessionStructure.prototype.sessionVersion = 0;

            /**
             * SessionStructure localIdentityPublic.
             * @member {Uint8Array} localIdentityPublic
             * @memberof bisik.libsignal.SessionStructure
             * @instance
             */
            SessionStructure.prototype.localIdentityPublic = $util.newBuffer([]);

            /**
             * SessionStructure remoteIdentityPublic.
             * @member {Uint8Array} remoteIdentityPublic
             * @memberof bisik.libsignal.SessionStructure
             * @instance
             */
            SessionStructure.prototype.remoteIdentityPublic = $util.newBuffer([]);

            /**
             * SessionStructure rootKey.
             * @member {Uint8Array} rootKey
             * @memberof bisik.libsignal.SessionStructure
             * @instance
             */
            SessionStructure.prototype.rootKey = $util.newBuffer([]);

            /**
             * SessionStructure previousCounter.
             * @member {number} previousCounter
             * @memberof bisik.libsignal.SessionStructure
             * @instance
             */
            SessionStructure.prototype.previousCounter = 0;

            /**
             * SessionStructure senderChain.
             * @member {bisik.libsignal.Chain} senderChain
             * @memberof bisik.libsignal.SessionStructure
             * @instance
             */
            SessionStructure.prototype.senderChain = null;

            /**
             * SessionStructure receiverChains.
             * @member {Array.<bisik.libsignal.Chain>} receiverChains
             * @memberof bisik.libsignal.SessionStructure
             * @instance
             */
            SessionStructure.prototype.receiverChains = $util.emptyArray;

            /**
             * SessionStructure pendingPreKey.
             * @member {bisik.libsignal.PendingPreKey} pendingPreKey
             * @memberof bisik.libsignal.SessionStructure
             * @instance
             */
            SessionStructure.prototype.pendingPreKey = null;

            /**
             * SessionStructure remoteRegistrationId.
             * @member {number} remoteRegistrationId
             * @memberof bisik.libsignal.SessionStructure
             * @instance
             */
            SessionStructure.prototype.remoteRegistrationId = 0;

            /**
             * SessionStructure localRegistrationId.
             * @member {number} localRegistrationId
             * @memberof bisik.libsignal.SessionStructure
             * @instance
             */
            SessionStructure.prototype.localRegistrationId = 0;

            /**
             * SessionStructure aliceBaseKey.
             * @member {Uint8Array} aliceBaseKey
             * @memberof bisik.libsignal.SessionStructure
             * @instance
             */
            SessionStructure.prototype.aliceBaseKey = $util.newBuffer([]);

            /**
             * SessionStructure pendingKyberPreKey.
             * @member {bisik.libsignal.PendingKyberPreKey} pendingKyberPreKey
             * @memberof bisik.libsignal.SessionStructure
             * @instance
             */
            SessionStructure.prototype.pendingKyberPreKey = null;

            /**
             * SessionStructure pqRatchetState.
             * @member {Uint8Array} pqRatchetState
             * @memberof bisik.libsignal.SessionStructure
             * @instance
             */
            SessionStructure.prototype.pqRatchetState = $util.newBuffer([]);

            /**
             * Encodes the specified SessionStructure message. Does not implicitly {@link bisik.libsignal.SessionStructure.verify|verify} messages.
             * @function encode
             * @memberof bisik.libsignal.SessionStructure
             * @static
             * @param {bisik.libsignal.SessionStructure.$Properties} message SessionStructure message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SessionStructure.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sessionVersion != null && $Object.hasOwnProperty.call(message, "sessionVersion") && message.sessionVersion !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.sessionVersion);
                if (message.localIdentityPublic != null && $Object.hasOwnProperty.call(message, "localIdentityPublic") && message.localIdentityPublic.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.localIdentityPublic);
                if (message.remoteIdentityPublic != null && $Object.hasOwnProperty.call(message, "remoteIdentityPublic") && message.remoteIdentityPublic.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.remoteIdentityPublic);
                if (message.rootKey != null && $Object.hasOwnProperty.call(message, "rootKey") && message.rootKey.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.rootKey);
                if (message.previousCounter != null && $Object.hasOwnProperty.call(message, "previousCounter") && message.previousCounter !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.previousCounter);
                if (message.senderChain != null && $Object.hasOwnProperty.call(message, "senderChain"))
                    $root.bisik.libsignal.Chain.encode(message.senderChain, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.receiverChains != null && message.receiverChains.length)
                    for (let i = 0; i < message.receiverChains.length; ++i)
                        $root.bisik.libsignal.Chain.encode(message.receiverChains[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.pendingPreKey != null && $Object.hasOwnProperty.call(message, "pendingPreKey"))
                    $root.bisik.libsignal.PendingPreKey.encode(message.pendingPreKey, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.remoteRegistrationId != null && $Object.hasOwnProperty.call(message, "remoteRegistrationId") && message.remoteRegistrationId !== 0)
                    writer.uint32(/* id 10, wireType 0 =*/80).uint32(message.remoteRegistrationId);
                if (message.localRegistrationId != null && $Object.hasOwnProperty.call(message, "localRegistrationId") && message.localRegistrationId !== 0)
                    writer.uint32(/* id 11, wireType 0 =*/88).uint32(message.localRegistrationId);
                if (message.aliceBaseKey != null && $Object.hasOwnProperty.call(message, "aliceBaseKey") && message.aliceBaseKey.length)
                    writer.uint32(/* id 13, wireType 2 =*/106).bytes(message.aliceBaseKey);
                if (message.pendingKyberPreKey != null && $Object.hasOwnProperty.call(message, "pendingKyberPreKey"))
                    $root.bisik.libsignal.PendingKyberPreKey.encode(message.pendingKyberPreKey, writer.uint32(/* id 14, wireType 2 =*/114).fork(), _depth + 1).ldelim();
                if (message.pqRatchetState != null && $Object.hasOwnProperty.call(message, "pqRatchetState") && message.pqRatchetState.length)
                    writer.uint32(/* id 15, wireType 2 =*/122).bytes(message.pqRatchetState);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SessionStructure message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.libsignal.SessionStructure
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.libsignal.SessionStructure & bisik.libsignal.SessionStructure.$Shape} SessionStructure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SessionStructure.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.libsignal.SessionStructure();
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
                            if (value = reader.uint32())
                                message.sessionVersion = value;
                            else
                                delete message.sessionVersion;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.localIdentityPublic = value;
                            else
                                delete message.localIdentityPublic;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.remoteIdentityPublic = value;
                            else
                                delete message.remoteIdentityPublic;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.rootKey = value;
                            else
                                delete message.rootKey;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.previousCounter = value;
                            else
                                delete message.previousCounter;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.senderChain = $root.bisik.libsignal.Chain.decode(reader, reader.size(), $undefined, _depth + 1, message.senderChain);
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.receiverChains && message.receiverChains.length))
                                message.receiverChains = [];
                            message.receiverChains.push($root.bisik.libsignal.Chain.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.pendingPreKey = $root.bisik.libsignal.PendingPreKey.decode(reader, reader.size(), $undefined, _depth + 1, message.pendingPreKey);
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.remoteRegistrationId = value;
                            else
                                delete message.remoteRegistrationId;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.localRegistrationId = value;
                            else
                                delete message.localRegistrationId;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.aliceBaseKey = value;
                            else
                                delete message.aliceBaseKey;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            message.pendingKyberPreKey = $root.bisik.libsignal.PendingKyberPreKey.decode(reader, reader.size(), $undefined, _depth + 1, message.pendingKyberPreKey);
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.pqRatchetState = value;
                            else
                                delete message.pqRatchetState;
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

            return SessionStructure;
        })();

        libsignal.Chain = (function() {

            /**
             * Properties of a Chain.
             * @typedef {Object} bisik.libsignal.Chain.$Properties
             * @property {Uint8Array} [senderRatchetKey] Chain senderRatchetKey
             * @property {Uint8Array} [senderRatchetKeyPrivate] Chain senderRatchetKeyPrivate
             * @property {bisik.libsignal.ChainKey.$Properties} [chainKey] Chain chainKey
             * @property {Array.<bisik.libsignal.MessageKey.$Properties>} [messageKeys] Chain messageKeys
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Chain.
             * @memberof bisik.libsignal
             * @interface IChain
             * @augments bisik.libsignal.Chain.$Properties
             * @deprecated Use bisik.libsignal.Chain.$Properties instead.
             */

            /**
             * Shape of a Chain.
             * @typedef {bisik.libsignal.Chain.$Properties} bisik.libsignal.Chain.$Shape
             */

            /**
             * Constructs a new Chain.
             * @memberof bisik.libsignal
             * @classdesc Represents a Chain.
             * @constructor
             * @param {bisik.libsignal.Chain.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Chain = function (properties) {
                this.messageKeys = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Chain senderRatchetKey.
             * @member {Uint8Array} senderRatchetKey
             * @memberof bisik.libsignal.Chain
             * @instance
             */
            Chain.prototype.senderRatchetKey = $util.newBuffer([]);

            /**
             * Chain senderRatchetKeyPrivate.
             * @member {Uint8Array} senderRatchetKeyPrivate
             * @memberof bisik.libsignal.Chain
             * @instance
             */
            Chain.prototype.senderRatchetKeyPrivate = $util.newBuffer([]);

            /**
             * Chain chainKey.
             * @member {bisik.libsignal.ChainKey} chainKey
             * @memberof bisik.libsignal.Chain
             * @instance
             */
            Chain.prototype.chainKey = null;

            /**
             * Chain messageKeys.
             * @member {Array.<bisik.libsignal.MessageKey>} messageKeys
             * @memberof bisik.libsignal.Chain
             * @instance
             */
            Chain.prototype.messageKeys = $util.emptyArray;

            /**
             * Encodes the specified Chain message. Does not implicitly {@link bisik.libsignal.Chain.verify|verify} messages.
             * @function encode
             * @memberof bisik.libsignal.Chain
             * @static
             * @param {bisik.libsignal.Chain.$Properties} message Chain message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Chain.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.senderRatchetKey != null && $Object.hasOwnProperty.call(message, "senderRatchetKey") && message.senderRatchetKey.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.senderRatchetKey);
                if (message.senderRatchetKeyPrivate != null && $Object.hasOwnProperty.call(message, "senderRatchetKeyPrivate") && message.senderRatchetKeyPrivate.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.senderRatchetKeyPrivate);
                if (message.chainKey != null && $Object.hasOwnProperty.call(message, "chainKey"))
                    $root.bisik.libsignal.ChainKey.encode(message.chainKey, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.messageKeys != null && message.messageKeys.length)
                    for (let i = 0; i < message.messageKeys.length; ++i)
                        $root.bisik.libsignal.MessageKey.encode(message.messageKeys[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Chain message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.libsignal.Chain
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.libsignal.Chain & bisik.libsignal.Chain.$Shape} Chain
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Chain.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.libsignal.Chain();
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
                            if ((value = reader.bytes()).length)
                                message.senderRatchetKey = value;
                            else
                                delete message.senderRatchetKey;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.senderRatchetKeyPrivate = value;
                            else
                                delete message.senderRatchetKeyPrivate;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.chainKey = $root.bisik.libsignal.ChainKey.decode(reader, reader.size(), $undefined, _depth + 1, message.chainKey);
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.messageKeys && message.messageKeys.length))
                                message.messageKeys = [];
                            message.messageKeys.push($root.bisik.libsignal.MessageKey.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return Chain;
        })();

        libsignal.ChainKey = (function() {

            /**
             * Properties of a ChainKey.
             * @typedef {Object} bisik.libsignal.ChainKey.$Properties
             * @property {number} [index] ChainKey index
             * @property {Uint8Array} [key] ChainKey key
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ChainKey.
             * @memberof bisik.libsignal
             * @interface IChainKey
             * @augments bisik.libsignal.ChainKey.$Properties
             * @deprecated Use bisik.libsignal.ChainKey.$Properties instead.
             */

            /**
             * Shape of a ChainKey.
             * @typedef {bisik.libsignal.ChainKey.$Properties} bisik.libsignal.ChainKey.$Shape
             */

            /**
             * Constructs a new ChainKey.
             * @memberof bisik.libsignal
             * @classdesc Represents a ChainKey.
             * @constructor
             * @param {bisik.libsignal.ChainKey.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ChainKey = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ChainKey index.
             * @member {number} index
             * @memberof bisik.libsignal.ChainKey
             * @instance
             */
            ChainKey.prototype.index = 0;

            /**
             * ChainKey key.
             * @member {Uint8Array} key
             * @memberof bisik.libsignal.ChainKey
             * @instance
             */
            ChainKey.prototype.key = $util.newBuffer([]);

            /**
             * Encodes the specified ChainKey message. Does not implicitly {@link bisik.libsignal.ChainKey.verify|verify} messages.
             * @function encode
             * @memberof bisik.libsignal.ChainKey
             * @static
             * @param {bisik.libsignal.ChainKey.$Properties} message ChainKey message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ChainKey.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.index != null && $Object.hasOwnProperty.call(message, "index") && message.index !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.index);
                if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.key);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ChainKey message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.libsignal.ChainKey
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.libsignal.ChainKey & bisik.libsignal.ChainKey.$Shape} ChainKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ChainKey.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.libsignal.ChainKey();
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
                            if (value = reader.uint32())
                                message.index = value;
                            else
                                delete message.index;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.key = value;
                            else
                                delete message.key;
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

            return ChainKey;
        })();

        libsignal.MessageKey = (function() {

            /**
             * Properties of a MessageKey.
             * @typedef {Object} bisik.libsignal.MessageKey.$Properties
             * @property {number} [index] MessageKey index
             * @property {Uint8Array} [cipherKey] MessageKey cipherKey
             * @property {Uint8Array} [macKey] MessageKey macKey
             * @property {Uint8Array} [iv] MessageKey iv
             * @property {Uint8Array} [seed] MessageKey seed
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a MessageKey.
             * @memberof bisik.libsignal
             * @interface IMessageKey
             * @augments bisik.libsignal.MessageKey.$Properties
             * @deprecated Use bisik.libsignal.MessageKey.$Properties instead.
             */

            /**
             * Shape of a MessageKey.
             * @typedef {bisik.libsignal.MessageKey.$Properties} bisik.libsignal.MessageKey.$Shape
             */

            /**
             * Constructs a new MessageKey.
             * @memberof bisik.libsignal
             * @classdesc Represents a MessageKey.
             * @constructor
             * @param {bisik.libsignal.MessageKey.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const MessageKey = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * MessageKey index.
             * @member {number} index
             * @memberof bisik.libsignal.MessageKey
             * @instance
             */
            MessageKey.prototype.index = 0;

            /**
             * MessageKey cipherKey.
             * @member {Uint8Array} cipherKey
             * @memberof bisik.libsignal.MessageKey
             * @instance
             */
            MessageKey.prototype.cipherKey = $util.newBuffer([]);

            /**
             * MessageKey macKey.
             * @member {Uint8Array} macKey
             * @memberof bisik.libsignal.MessageKey
             * @instance
             */
            MessageKey.prototype.macKey = $util.newBuffer([]);

            /**
             * MessageKey iv.
             * @member {Uint8Array} iv
             * @memberof bisik.libsignal.MessageKey
             * @instance
             */
            MessageKey.prototype.iv = $util.newBuffer([]);

            /**
             * MessageKey seed.
             * @member {Uint8Array} seed
             * @memberof bisik.libsignal.MessageKey
             * @instance
             */
            MessageKey.prototype.seed = $util.newBuffer([]);

            /**
             * Encodes the specified MessageKey message. Does not implicitly {@link bisik.libsignal.MessageKey.verify|verify} messages.
             * @function encode
             * @memberof bisik.libsignal.MessageKey
             * @static
             * @param {bisik.libsignal.MessageKey.$Properties} message MessageKey message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            MessageKey.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.index != null && $Object.hasOwnProperty.call(message, "index") && message.index !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.index);
                if (message.cipherKey != null && $Object.hasOwnProperty.call(message, "cipherKey") && message.cipherKey.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.cipherKey);
                if (message.macKey != null && $Object.hasOwnProperty.call(message, "macKey") && message.macKey.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.macKey);
                if (message.iv != null && $Object.hasOwnProperty.call(message, "iv") && message.iv.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.iv);
                if (message.seed != null && $Object.hasOwnProperty.call(message, "seed") && message.seed.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.seed);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a MessageKey message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.libsignal.MessageKey
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.libsignal.MessageKey & bisik.libsignal.MessageKey.$Shape} MessageKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            MessageKey.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.libsignal.MessageKey();
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
                            if (value = reader.uint32())
                                message.index = value;
                            else
                                delete message.index;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.cipherKey = value;
                            else
                                delete message.cipherKey;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.macKey = value;
                            else
                                delete message.macKey;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.iv = value;
                            else
                                delete message.iv;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.seed = value;
                            else
                                delete message.seed;
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

            return MessageKey;
        })();

        libsignal.PendingPreKey = (function() {

            /**
             * Properties of a PendingPreKey.
             * @typedef {Object} bisik.libsignal.PendingPreKey.$Properties
             * @property {number|null} [preKeyId] PendingPreKey preKeyId
             * @property {Uint8Array} [baseKey] PendingPreKey baseKey
             * @property {number} [signedPreKeyId] PendingPreKey signedPreKeyId
             * @property {number|Long} [timestamp] PendingPreKey timestamp
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PendingPreKey.
             * @memberof bisik.libsignal
             * @interface IPendingPreKey
             * @augments bisik.libsignal.PendingPreKey.$Properties
             * @deprecated Use bisik.libsignal.PendingPreKey.$Properties instead.
             */

            /**
             * Shape of a PendingPreKey.
             * @typedef {bisik.libsignal.PendingPreKey.$Properties} bisik.libsignal.PendingPreKey.$Shape
             */

            /**
             * Constructs a new PendingPreKey.
             * @memberof bisik.libsignal
             * @classdesc Represents a PendingPreKey.
             * @constructor
             * @param {bisik.libsignal.PendingPreKey.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PendingPreKey = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PendingPreKey preKeyId.
             * @member {number|null} preKeyId
             * @memberof bisik.libsignal.PendingPreKey
             * @instance
             */
            PendingPreKey.prototype.preKeyId = null;

            /**
             * PendingPreKey baseKey.
             * @member {Uint8Array} baseKey
             * @memberof bisik.libsignal.PendingPreKey
             * @instance
             */
            PendingPreKey.prototype.baseKey = $util.newBuffer([]);

            /**
             * PendingPreKey signedPreKeyId.
             * @member {number} signedPreKeyId
             * @memberof bisik.libsignal.PendingPreKey
             * @instance
             */
            PendingPreKey.prototype.signedPreKeyId = 0;

            /**
             * PendingPreKey timestamp.
             * @member {number|Long} timestamp
             * @memberof bisik.libsignal.PendingPreKey
             * @instance
             */
            PendingPreKey.prototype.timestamp = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(PendingPreKey.prototype, "_preKeyId", {
                get: $util.oneOfGetter($oneOfFields = ["preKeyId"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified PendingPreKey message. Does not implicitly {@link bisik.libsignal.PendingPreKey.verify|verify} messages.
             * @function encode
             * @memberof bisik.libsignal.PendingPreKey
             * @static
             * @param {bisik.libsignal.PendingPreKey.$Properties} message PendingPreKey message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PendingPreKey.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.preKeyId != null && $Object.hasOwnProperty.call(message, "preKeyId"))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.preKeyId);
                if (message.baseKey != null && $Object.hasOwnProperty.call(message, "baseKey") && message.baseKey.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.baseKey);
                if (message.signedPreKeyId != null && $Object.hasOwnProperty.call(message, "signedPreKeyId") && message.signedPreKeyId !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.signedPreKeyId);
                if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp") && (typeof message.timestamp === "object" ? message.timestamp.low || message.timestamp.high : message.timestamp !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.timestamp);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PendingPreKey message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.libsignal.PendingPreKey
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.libsignal.PendingPreKey & bisik.libsignal.PendingPreKey.$Shape} PendingPreKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PendingPreKey.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.libsignal.PendingPreKey();
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
                            message._preKeyId = "preKeyId";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.baseKey = value;
                            else
                                delete message.baseKey;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.signedPreKeyId = value;
                            else
                                delete message.signedPreKeyId;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.timestamp = value;
                            else
                                delete message.timestamp;
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

            return PendingPreKey;
        })();

        libsignal.PendingKyberPreKey = (function() {

            /**
             * Properties of a PendingKyberPreKey.
             * @typedef {Object} bisik.libsignal.PendingKyberPreKey.$Properties
             * @property {number} [preKeyId] PendingKyberPreKey preKeyId
             * @property {Uint8Array} [ciphertext] PendingKyberPreKey ciphertext
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PendingKyberPreKey.
             * @memberof bisik.libsignal
             * @interface IPendingKyberPreKey
             * @augments bisik.libsignal.PendingKyberPreKey.$Properties
             * @deprecated Use bisik.libsignal.PendingKyberPreKey.$Properties instead.
             */

            /**
             * Shape of a PendingKyberPreKey.
             * @typedef {bisik.libsignal.PendingKyberPreKey.$Properties} bisik.libsignal.PendingKyberPreKey.$Shape
             */

            /**
             * Constructs a new PendingKyberPreKey.
             * @memberof bisik.libsignal
             * @classdesc Represents a PendingKyberPreKey.
             * @constructor
             * @param {bisik.libsignal.PendingKyberPreKey.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PendingKyberPreKey = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PendingKyberPreKey preKeyId.
             * @member {number} preKeyId
             * @memberof bisik.libsignal.PendingKyberPreKey
             * @instance
             */
            PendingKyberPreKey.prototype.preKeyId = 0;

            /**
             * PendingKyberPreKey ciphertext.
             * @member {Uint8Array} ciphertext
             * @memberof bisik.libsignal.PendingKyberPreKey
             * @instance
             */
            PendingKyberPreKey.prototype.ciphertext = $util.newBuffer([]);

            /**
             * Encodes the specified PendingKyberPreKey message. Does not implicitly {@link bisik.libsignal.PendingKyberPreKey.verify|verify} messages.
             * @function encode
             * @memberof bisik.libsignal.PendingKyberPreKey
             * @static
             * @param {bisik.libsignal.PendingKyberPreKey.$Properties} message PendingKyberPreKey message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PendingKyberPreKey.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.preKeyId != null && $Object.hasOwnProperty.call(message, "preKeyId") && message.preKeyId !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.preKeyId);
                if (message.ciphertext != null && $Object.hasOwnProperty.call(message, "ciphertext") && message.ciphertext.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.ciphertext);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PendingKyberPreKey message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.libsignal.PendingKyberPreKey
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.libsignal.PendingKyberPreKey & bisik.libsignal.PendingKyberPreKey.$Shape} PendingKyberPreKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PendingKyberPreKey.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.libsignal.PendingKyberPreKey();
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
                            if (value = reader.uint32())
                                message.preKeyId = value;
                            else
                                delete message.preKeyId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.ciphertext = value;
                            else
                                delete message.ciphertext;
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

            return PendingKyberPreKey;
        })();

        libsignal.IdentityKeyPair = (function() {

            /**
             * Properties of an IdentityKeyPair.
             * @typedef {Object} bisik.libsignal.IdentityKeyPair.$Properties
             * @property {Uint8Array} [publicKey] IdentityKeyPair publicKey
             * @property {Uint8Array} [privateKey] IdentityKeyPair privateKey
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an IdentityKeyPair.
             * @memberof bisik.libsignal
             * @interface IIdentityKeyPair
             * @augments bisik.libsignal.IdentityKeyPair.$Properties
             * @deprecated Use bisik.libsignal.IdentityKeyPair.$Properties instead.
             */

            /**
             * Shape of an IdentityKeyPair.
             * @typedef {bisik.libsignal.IdentityKeyPair.$Properties} bisik.libsignal.IdentityKeyPair.$Shape
             */

            /**
             * Constructs a new IdentityKeyPair.
             * @memberof bisik.libsignal
             * @classdesc Represents an IdentityKeyPair.
             * @constructor
             * @param {bisik.libsignal.IdentityKeyPair.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const IdentityKeyPair = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * IdentityKeyPair publicKey.
             * @member {Uint8Array} publicKey
             * @memberof bisik.libsignal.IdentityKeyPair
             * @instance
             */
            IdentityKeyPair.prototype.publicKey = $util.newBuffer([]);

            /**
             * IdentityKeyPair privateKey.
             * @member {Uint8Array} privateKey
             * @memberof bisik.libsignal.IdentityKeyPair
             * @instance
             */
            IdentityKeyPair.prototype.privateKey = $util.newBuffer([]);

            /**
             * Encodes the specified IdentityKeyPair message. Does not implicitly {@link bisik.libsignal.IdentityKeyPair.verify|verify} messages.
             * @function encode
             * @memberof bisik.libsignal.IdentityKeyPair
             * @static
             * @param {bisik.libsignal.IdentityKeyPair.$Properties} message IdentityKeyPair message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            IdentityKeyPair.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.publicKey != null && $Object.hasOwnProperty.call(message, "publicKey") && message.publicKey.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.publicKey);
                if (message.privateKey != null && $Object.hasOwnProperty.call(message, "privateKey") && message.privateKey.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.privateKey);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an IdentityKeyPair message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.libsignal.IdentityKeyPair
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.libsignal.IdentityKeyPair & bisik.libsignal.IdentityKeyPair.$Shape} IdentityKeyPair
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            IdentityKeyPair.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.libsignal.IdentityKeyPair();
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
                            if ((value = reader.bytes()).length)
                                message.publicKey = value;
                            else
                                delete message.publicKey;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.privateKey = value;
                            else
                                delete message.privateKey;
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

            return IdentityKeyPair;
        })();

        libsignal.PreKeyRecord = (function() {

            /**
             * Properties of a PreKeyRecord.
             * @typedef {Object} bisik.libsignal.PreKeyRecord.$Properties
             * @property {number} [id] PreKeyRecord id
             * @property {Uint8Array} [publicKey] PreKeyRecord publicKey
             * @property {Uint8Array} [privateKey] PreKeyRecord privateKey
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PreKeyRecord.
             * @memberof bisik.libsignal
             * @interface IPreKeyRecord
             * @augments bisik.libsignal.PreKeyRecord.$Properties
             * @deprecated Use bisik.libsignal.PreKeyRecord.$Properties instead.
             */

            /**
             * Shape of a PreKeyRecord.
             * @typedef {bisik.libsignal.PreKeyRecord.$Properties} bisik.libsignal.PreKeyRecord.$Shape
             */

            /**
             * Constructs a new PreKeyRecord.
             * @memberof bisik.libsignal
             * @classdesc Represents a PreKeyRecord.
             * @constructor
             * @param {bisik.libsignal.PreKeyRecord.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PreKeyRecord = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PreKeyRecord id.
             * @member {number} id
             * @memberof bisik.libsignal.PreKeyRecord
             * @instance
             */
            PreKeyRecord.prototype.id = 0;

            /**
             * PreKeyRecord publicKey.
             * @member {Uint8Array} publicKey
             * @memberof bisik.libsignal.PreKeyRecord
             * @instance
             */
            PreKeyRecord.prototype.publicKey = $util.newBuffer([]);

            /**
             * PreKeyRecord privateKey.
             * @member {Uint8Array} privateKey
             * @memberof bisik.libsignal.PreKeyRecord
             * @instance
             */
            PreKeyRecord.prototype.privateKey = $util.newBuffer([]);

            /**
             * Encodes the specified PreKeyRecord message. Does not implicitly {@link bisik.libsignal.PreKeyRecord.verify|verify} messages.
             * @function encode
             * @memberof bisik.libsignal.PreKeyRecord
             * @static
             * @param {bisik.libsignal.PreKeyRecord.$Properties} message PreKeyRecord message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PreKeyRecord.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.id);
                if (message.publicKey != null && $Object.hasOwnProperty.call(message, "publicKey") && message.publicKey.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.publicKey);
                if (message.privateKey != null && $Object.hasOwnProperty.call(message, "privateKey") && message.privateKey.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.privateKey);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PreKeyRecord message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.libsignal.PreKeyRecord
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.libsignal.PreKeyRecord & bisik.libsignal.PreKeyRecord.$Shape} PreKeyRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PreKeyRecord.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.libsignal.PreKeyRecord();
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
                            if (value = reader.uint32())
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.publicKey = value;
                            else
                                delete message.publicKey;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.privateKey = value;
                            else
                                delete message.privateKey;
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

            return PreKeyRecord;
        })();

        libsignal.SignedPreKeyRecord = (function() {

            /**
             * Properties of a SignedPreKeyRecord.
             * @typedef {Object} bisik.libsignal.SignedPreKeyRecord.$Properties
             * @property {number} [id] SignedPreKeyRecord id
             * @property {Uint8Array} [publicKey] SignedPreKeyRecord publicKey
             * @property {Uint8Array} [privateKey] SignedPreKeyRecord privateKey
             * @property {Uint8Array} [signature] SignedPreKeyRecord signature
             * @property {number|Long} [timestamp] SignedPreKeyRecord timestamp
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SignedPreKeyRecord.
             * @memberof bisik.libsignal
             * @interface ISignedPreKeyRecord
             * @augments bisik.libsignal.SignedPreKeyRecord.$Properties
             * @deprecated Use bisik.libsignal.SignedPreKeyRecord.$Properties instead.
             */

            /**
             * Shape of a SignedPreKeyRecord.
             * @typedef {bisik.libsignal.SignedPreKeyRecord.$Properties} bisik.libsignal.SignedPreKeyRecord.$Shape
             */

            /**
             * Constructs a new SignedPreKeyRecord.
             * @memberof bisik.libsignal
             * @classdesc Represents a SignedPreKeyRecord.
             * @constructor
             * @param {bisik.libsignal.SignedPreKeyRecord.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SignedPreKeyRecord = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SignedPreKeyRecord id.
             * @member {number} id
             * @memberof bisik.libsignal.SignedPreKeyRecord
             * @instance
             */
            SignedPreKeyRecord.prototype.id = 0;

            /**
             * SignedPreKeyRecord publicKey.
             * @member {Uint8Array} publicKey
             * @memberof bisik.libsignal.SignedPreKeyRecord
             * @instance
             */
            SignedPreKeyRecord.prototype.publicKey = $util.newBuffer([]);

            /**
             * SignedPreKeyRecord privateKey.
             * @member {Uint8Array} privateKey
             * @memberof bisik.libsignal.SignedPreKeyRecord
             * @instance
             */
            SignedPreKeyRecord.prototype.privateKey = $util.newBuffer([]);

            /**
             * SignedPreKeyRecord signature.
             * @member {Uint8Array} signature
             * @memberof bisik.libsignal.SignedPreKeyRecord
             * @instance
             */
            SignedPreKeyRecord.prototype.signature = $util.newBuffer([]);

            /**
             * SignedPreKeyRecord timestamp.
             * @member {number|Long} timestamp
             * @memberof bisik.libsignal.SignedPreKeyRecord
             * @instance
             */
            SignedPreKeyRecord.prototype.timestamp = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified SignedPreKeyRecord message. Does not implicitly {@link bisik.libsignal.SignedPreKeyRecord.verify|verify} messages.
             * @function encode
             * @memberof bisik.libsignal.SignedPreKeyRecord
             * @static
             * @param {bisik.libsignal.SignedPreKeyRecord.$Properties} message SignedPreKeyRecord message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SignedPreKeyRecord.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.id);
                if (message.publicKey != null && $Object.hasOwnProperty.call(message, "publicKey") && message.publicKey.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.publicKey);
                if (message.privateKey != null && $Object.hasOwnProperty.call(message, "privateKey") && message.privateKey.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.privateKey);
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.signature);
                if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp") && (typeof message.timestamp === "object" ? message.timestamp.low || message.timestamp.high : message.timestamp !== 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).fixed64(message.timestamp);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SignedPreKeyRecord message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.libsignal.SignedPreKeyRecord
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.libsignal.SignedPreKeyRecord & bisik.libsignal.SignedPreKeyRecord.$Shape} SignedPreKeyRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SignedPreKeyRecord.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.libsignal.SignedPreKeyRecord();
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
                            if (value = reader.uint32())
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.publicKey = value;
                            else
                                delete message.publicKey;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.privateKey = value;
                            else
                                delete message.privateKey;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signature = value;
                            else
                                delete message.signature;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (typeof (value = reader.fixed64()) === "object" ? value.low || value.high : value !== 0)
                                message.timestamp = value;
                            else
                                delete message.timestamp;
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

            return SignedPreKeyRecord;
        })();

        libsignal.SenderKeyRecordStructure = (function() {

            /**
             * Properties of a SenderKeyRecordStructure.
             * @typedef {Object} bisik.libsignal.SenderKeyRecordStructure.$Properties
             * @property {Array.<bisik.libsignal.SenderKeyStateStructure.$Properties>} [senderKeyStates] SenderKeyRecordStructure senderKeyStates
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SenderKeyRecordStructure.
             * @memberof bisik.libsignal
             * @interface ISenderKeyRecordStructure
             * @augments bisik.libsignal.SenderKeyRecordStructure.$Properties
             * @deprecated Use bisik.libsignal.SenderKeyRecordStructure.$Properties instead.
             */

            /**
             * Shape of a SenderKeyRecordStructure.
             * @typedef {bisik.libsignal.SenderKeyRecordStructure.$Properties} bisik.libsignal.SenderKeyRecordStructure.$Shape
             */

            /**
             * Constructs a new SenderKeyRecordStructure.
             * @memberof bisik.libsignal
             * @classdesc Represents a SenderKeyRecordStructure.
             * @constructor
             * @param {bisik.libsignal.SenderKeyRecordStructure.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SenderKeyRecordStructure = function (properties) {
                this.senderKeyStates = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SenderKeyRecordStructure senderKeyStates.
             * @member {Array.<bisik.libsignal.SenderKeyStateStructure>} senderKeyStates
             * @memberof bisik.libsignal.SenderKeyRecordStructure
             * @instance
             */
            SenderKeyRecordStructure.prototype.senderKeyStates = $util.emptyArray;

            /**
             * Encodes the specified SenderKeyRecordStructure message. Does not implicitly {@link bisik.libsignal.SenderKeyRecordStructure.verify|verify} messages.
             * @function encode
             * @memberof bisik.libsignal.SenderKeyRecordStructure
             * @static
             * @param {bisik.libsignal.SenderKeyRecordStructure.$Properties} message SenderKeyRecordStructure message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SenderKeyRecordStructure.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.senderKeyStates != null && message.senderKeyStates.length)
                    for (let i = 0; i < message.senderKeyStates.length; ++i)
                        $root.bisik.libsignal.SenderKeyStateStructure.encode(message.senderKeyStates[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SenderKeyRecordStructure message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.libsignal.SenderKeyRecordStructure
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.libsignal.SenderKeyRecordStructure & bisik.libsignal.SenderKeyRecordStructure.$Shape} SenderKeyRecordStructure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SenderKeyRecordStructure.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.libsignal.SenderKeyRecordStructure();
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
                            if (!(message.senderKeyStates && message.senderKeyStates.length))
                                message.senderKeyStates = [];
                            message.senderKeyStates.push($root.bisik.libsignal.SenderKeyStateStructure.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return SenderKeyRecordStructure;
        })();

        libsignal.SenderKeyStateStructure = (function() {

            /**
             * Properties of a SenderKeyStateStructure.
             * @typedef {Object} bisik.libsignal.SenderKeyStateStructure.$Properties
             * @property {number} [chainId] SenderKeyStateStructure chainId
             * @property {bisik.libsignal.SenderChainKey.$Properties} [senderChainKey] SenderKeyStateStructure senderChainKey
             * @property {bisik.libsignal.SenderSigningKey.$Properties} [senderSigningKey] SenderKeyStateStructure senderSigningKey
             * @property {Array.<bisik.libsignal.SenderMessageKey.$Properties>} [senderMessageKeys] SenderKeyStateStructure senderMessageKeys
             * @property {number} [messageVersion] SenderKeyStateStructure messageVersion
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SenderKeyStateStructure.
             * @memberof bisik.libsignal
             * @interface ISenderKeyStateStructure
             * @augments bisik.libsignal.SenderKeyStateStructure.$Properties
             * @deprecated Use bisik.libsignal.SenderKeyStateStructure.$Properties instead.
             */

            /**
             * Shape of a SenderKeyStateStructure.
             * @typedef {bisik.libsignal.SenderKeyStateStructure.$Properties} bisik.libsignal.SenderKeyStateStructure.$Shape
             */

            /**
             * Constructs a new SenderKeyStateStructure.
             * @memberof bisik.libsignal
             * @classdesc Represents a SenderKeyStateStructure.
             * @constructor
             * @param {bisik.libsignal.SenderKeyStateStructure.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SenderKeyStateStructure = function (properties) {
                this.senderMessageKeys = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SenderKeyStateStructure chainId.
             * @member {number} chainId
             * @memberof bisik.libsignal.SenderKeyStateStructure
             * @instance
             */
            SenderKeyStateStructure.prototype.chainId = 0;

            /**
             * SenderKeyStateStructure senderChainKey.
             * @member {bisik.libsignal.SenderChainKey} senderChainKey
             * @memberof bisik.libsignal.SenderKeyStateStructure
             * @instance
             */
            SenderKeyStateStructure.prototype.senderChainKey = null;

            /**
             * SenderKeyStateStructure senderSigningKey.
             * @member {bisik.libsignal.SenderSigningKey} senderSigningKey
             * @memberof bisik.libsignal.SenderKeyStateStructure
             * @instance
             */
            SenderKeyStateStructure.prototype.senderSigningKey = null;

            /**
             * SenderKeyStateStructure senderMessageKeys.
             * @member {Array.<bisik.libsignal.SenderMessageKey>} senderMessageKeys
             * @memberof bisik.libsignal.SenderKeyStateStructure
             * @instance
             */
            SenderKeyStateStructure.prototype.senderMessageKeys = $util.emptyArray;

            /**
             * SenderKeyStateStructure messageVersion.
             * @member {number} messageVersion
             * @memberof bisik.libsignal.SenderKeyStateStructure
             * @instance
             */
            SenderKeyStateStructure.prototype.messageVersion = 0;

            /**
             * Encodes the specified SenderKeyStateStructure message. Does not implicitly {@link bisik.libsignal.SenderKeyStateStructure.verify|verify} messages.
             * @function encode
             * @memberof bisik.libsignal.SenderKeyStateStructure
             * @static
             * @param {bisik.libsignal.SenderKeyStateStructure.$Properties} message SenderKeyStateStructure message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SenderKeyStateStructure.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.chainId != null && $Object.hasOwnProperty.call(message, "chainId") && message.chainId !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.chainId);
                if (message.senderChainKey != null && $Object.hasOwnProperty.call(message, "senderChainKey"))
                    $root.bisik.libsignal.SenderChainKey.encode(message.senderChainKey, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.senderSigningKey != null && $Object.hasOwnProperty.call(message, "senderSigningKey"))
                    $root.bisik.libsignal.SenderSigningKey.encode(message.senderSigningKey, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.senderMessageKeys != null && message.senderMessageKeys.length)
                    for (let i = 0; i < message.senderMessageKeys.length; ++i)
                        $root.bisik.libsignal.SenderMessageKey.encode(message.senderMessageKeys[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.messageVersion != null && $Object.hasOwnProperty.call(message, "messageVersion") && message.messageVersion !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.messageVersion);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SenderKeyStateStructure message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.libsignal.SenderKeyStateStructure
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.libsignal.SenderKeyStateStructure & bisik.libsignal.SenderKeyStateStructure.$Shape} SenderKeyStateStructure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SenderKeyStateStructure.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.libsignal.SenderKeyStateStructure();
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
                            if (value = reader.uint32())
                                message.chainId = value;
                            else
                                delete message.chainId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.senderChainKey = $root.bisik.libsignal.SenderChainKey.decode(reader, reader.size(), $undefined, _depth + 1, message.senderChainKey);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.senderSigningKey = $root.bisik.libsignal.SenderSigningKey.decode(reader, reader.size(), $undefined, _depth + 1, message.senderSigningKey);
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.senderMessageKeys && message.senderMessageKeys.length))
                                message.senderMessageKeys = [];
                            message.senderMessageKeys.push($root.bisik.libsignal.SenderMessageKey.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.messageVersion = value;
                            else
                                delete message.messageVersion;
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

            return SenderKeyStateStructure;
        })();

        libsignal.SenderChainKey = (function() {

            /**
             * Properties of a SenderChainKey.
             * @typedef {Object} bisik.libsignal.SenderChainKey.$Properties
             * @property {number} [iteration] SenderChainKey iteration
             * @property {Uint8Array} [seed] SenderChainKey seed
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SenderChainKey.
             * @memberof bisik.libsignal
             * @interface ISenderChainKey
             * @augments bisik.libsignal.SenderChainKey.$Properties
             * @deprecated Use bisik.libsignal.SenderChainKey.$Properties instead.
             */

            /**
             * Shape of a SenderChainKey.
             * @typedef {bisik.libsignal.SenderChainKey.$Properties} bisik.libsignal.SenderChainKey.$Shape
             */

            /**
             * Constructs a new SenderChainKey.
             * @memberof bisik.libsignal
             * @classdesc Represents a SenderChainKey.
             * @constructor
             * @param {bisik.libsignal.SenderChainKey.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SenderChainKey = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SenderChainKey iteration.
             * @member {number} iteration
             * @memberof bisik.libsignal.SenderChainKey
             * @instance
             */
            SenderChainKey.prototype.iteration = 0;

            /**
             * SenderChainKey seed.
             * @member {Uint8Array} seed
             * @memberof bisik.libsignal.SenderChainKey
             * @instance
             */
            SenderChainKey.prototype.seed = $util.newBuffer([]);

            /**
             * Encodes the specified SenderChainKey message. Does not implicitly {@link bisik.libsignal.SenderChainKey.verify|verify} messages.
             * @function encode
             * @memberof bisik.libsignal.SenderChainKey
             * @static
             * @param {bisik.libsignal.SenderChainKey.$Properties} message SenderChainKey message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SenderChainKey.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.iteration != null && $Object.hasOwnProperty.call(message, "iteration") && message.iteration !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.iteration);
                if (message.seed != null && $Object.hasOwnProperty.call(message, "seed") && message.seed.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.seed);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SenderChainKey message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.libsignal.SenderChainKey
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.libsignal.SenderChainKey & bisik.libsignal.SenderChainKey.$Shape} SenderChainKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SenderChainKey.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.libsignal.SenderChainKey();
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
                            if (value = reader.uint32())
                                message.iteration = value;
                            else
                                delete message.iteration;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.seed = value;
                            else
                                delete message.seed;
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

            return SenderChainKey;
        })();

        libsignal.SenderSigningKey = (function() {

            /**
             * Properties of a SenderSigningKey.
             * @typedef {Object} bisik.libsignal.SenderSigningKey.$Properties
             * @property {Uint8Array} ["public"] SenderSigningKey public
             * @property {Uint8Array|null} ["private"] SenderSigningKey private
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SenderSigningKey.
             * @memberof bisik.libsignal
             * @interface ISenderSigningKey
             * @augments bisik.libsignal.SenderSigningKey.$Properties
             * @deprecated Use bisik.libsignal.SenderSigningKey.$Properties instead.
             */

            /**
             * Shape of a SenderSigningKey.
             * @typedef {bisik.libsignal.SenderSigningKey.$Properties} bisik.libsignal.SenderSigningKey.$Shape
             */

            /**
             * Constructs a new SenderSigningKey.
             * @memberof bisik.libsignal
             * @classdesc Represents a SenderSigningKey.
             * @constructor
             * @param {bisik.libsignal.SenderSigningKey.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SenderSigningKey = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SenderSigningKey public.
             * @member {Uint8Array} public
             * @memberof bisik.libsignal.SenderSigningKey
             * @instance
             */
            SenderSigningKey.prototype["public"] = $util.newBuffer([]);

            /**
             * SenderSigningKey private.
             * @member {Uint8Array|null} private
             * @memberof bisik.libsignal.SenderSigningKey
             * @instance
             */
            SenderSigningKey.prototype["private"] = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(SenderSigningKey.prototype, "_private", {
                get: $util.oneOfGetter($oneOfFields = ["private"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified SenderSigningKey message. Does not implicitly {@link bisik.libsignal.SenderSigningKey.verify|verify} messages.
             * @function encode
             * @memberof bisik.libsignal.SenderSigningKey
             * @static
             * @param {bisik.libsignal.SenderSigningKey.$Properties} message SenderSigningKey message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SenderSigningKey.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message["public"] != null && $Object.hasOwnProperty.call(message, "public") && message["public"].length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message["public"]);
                if (message["private"] != null && $Object.hasOwnProperty.call(message, "private"))
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message["private"]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SenderSigningKey message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.libsignal.SenderSigningKey
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.libsignal.SenderSigningKey & bisik.libsignal.SenderSigningKey.$Shape} SenderSigningKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SenderSigningKey.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.libsignal.SenderSigningKey();
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
                            if ((value = reader.bytes()).length)
                                message["public"] = value;
                            else
                                delete message["public"];
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message["private"] = reader.bytes();
                            message._private = "private";
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

            return SenderSigningKey;
        })();

        libsignal.SenderMessageKey = (function() {

            /**
             * Properties of a SenderMessageKey.
             * @typedef {Object} bisik.libsignal.SenderMessageKey.$Properties
             * @property {number} [iteration] SenderMessageKey iteration
             * @property {Uint8Array} [seed] SenderMessageKey seed
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SenderMessageKey.
             * @memberof bisik.libsignal
             * @interface ISenderMessageKey
             * @augments bisik.libsignal.SenderMessageKey.$Properties
             * @deprecated Use bisik.libsignal.SenderMessageKey.$Properties instead.
             */

            /**
             * Shape of a SenderMessageKey.
             * @typedef {bisik.libsignal.SenderMessageKey.$Properties} bisik.libsignal.SenderMessageKey.$Shape
             */

            /**
             * Constructs a new SenderMessageKey.
             * @memberof bisik.libsignal
             * @classdesc Represents a SenderMessageKey.
             * @constructor
             * @param {bisik.libsignal.SenderMessageKey.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SenderMessageKey = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SenderMessageKey iteration.
             * @member {number} iteration
             * @memberof bisik.libsignal.SenderMessageKey
             * @instance
             */
            SenderMessageKey.prototype.iteration = 0;

            /**
             * SenderMessageKey seed.
             * @member {Uint8Array} seed
             * @memberof bisik.libsignal.SenderMessageKey
             * @instance
             */
            SenderMessageKey.prototype.seed = $util.newBuffer([]);

            /**
             * Encodes the specified SenderMessageKey message. Does not implicitly {@link bisik.libsignal.SenderMessageKey.verify|verify} messages.
             * @function encode
             * @memberof bisik.libsignal.SenderMessageKey
             * @static
             * @param {bisik.libsignal.SenderMessageKey.$Properties} message SenderMessageKey message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SenderMessageKey.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.iteration != null && $Object.hasOwnProperty.call(message, "iteration") && message.iteration !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.iteration);
                if (message.seed != null && $Object.hasOwnProperty.call(message, "seed") && message.seed.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.seed);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SenderMessageKey message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.libsignal.SenderMessageKey
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.libsignal.SenderMessageKey & bisik.libsignal.SenderMessageKey.$Shape} SenderMessageKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SenderMessageKey.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.libsignal.SenderMessageKey();
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
                            if (value = reader.uint32())
                                message.iteration = value;
                            else
                                delete message.iteration;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.seed = value;
                            else
                                delete message.seed;
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

            return SenderMessageKey;
        })();

        return libsignal;
    })();

    bisik.spqr = (function() {

        /**
         * Namespace spqr.
         * @memberof bisik
         * @namespace
         */
        const spqr = {};

        spqr.PqRatchetState = (function() {

            /**
             * Properties of a PqRatchetState.
             * @typedef {Object} bisik.spqr.PqRatchetState.$Properties
             * @property {bisik.spqr.Negotiation.$Properties} [negotiation] PqRatchetState negotiation
             * @property {bisik.spqr.Chains.$Properties} [chains] PqRatchetState chains
             * @property {bisik.spqr.Braid.$Properties} [braid] PqRatchetState braid
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PqRatchetState.
             * @memberof bisik.spqr
             * @interface IPqRatchetState
             * @augments bisik.spqr.PqRatchetState.$Properties
             * @deprecated Use bisik.spqr.PqRatchetState.$Properties instead.
             */

            /**
             * Shape of a PqRatchetState.
             * @typedef {{
             *   negotiation?: bisik.spqr.Negotiation.$Shape;
             *   chains?: bisik.spqr.Chains.$Shape;
             *   braid?: bisik.spqr.Braid.$Shape;
             *   $unknowns?: Array.<Uint8Array>;
             * }} bisik.spqr.PqRatchetState.$Shape
             */

            /**
             * Constructs a new PqRatchetState.
             * @memberof bisik.spqr
             * @classdesc Represents a PqRatchetState.
             * @constructor
             * @param {bisik.spqr.PqRatchetState.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PqRatchetState = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PqRatchetState negotiation.
             * @member {bisik.spqr.Negotiation} negotiation
             * @memberof bisik.spqr.PqRatchetState
             * @instance
             */
            PqRatchetState.prototype.negotiation = null;

            /**
             * PqRatchetState chains.
             * @member {bisik.spqr.Chains} chains
             * @memberof bisik.spqr.PqRatchetState
             * @instance
             */
            PqRatchetState.prototype.chains = null;

            /**
             * PqRatchetState braid.
             * @member {bisik.spqr.Braid} braid
             * @memberof bisik.spqr.PqRatchetState
             * @instance
             */
            PqRatchetState.prototype.braid = null;

            /**
             * Encodes the specified PqRatchetState message. Does not implicitly {@link bisik.spqr.PqRatchetState.verify|verify} messages.
             * @function encode
             * @memberof bisik.spqr.PqRatchetState
             * @static
             * @param {bisik.spqr.PqRatchetState.$Properties} message PqRatchetState message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PqRatchetState.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.negotiation != null && $Object.hasOwnProperty.call(message, "negotiation"))
                    $root.bisik.spqr.Negotiation.encode(message.negotiation, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.chains != null && $Object.hasOwnProperty.call(message, "chains"))
                    $root.bisik.spqr.Chains.encode(message.chains, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.braid != null && $Object.hasOwnProperty.call(message, "braid"))
                    $root.bisik.spqr.Braid.encode(message.braid, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PqRatchetState message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.spqr.PqRatchetState
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.spqr.PqRatchetState & bisik.spqr.PqRatchetState.$Shape} PqRatchetState
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PqRatchetState.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.spqr.PqRatchetState();
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
                            message.negotiation = $root.bisik.spqr.Negotiation.decode(reader, reader.size(), $undefined, _depth + 1, message.negotiation);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.chains = $root.bisik.spqr.Chains.decode(reader, reader.size(), $undefined, _depth + 1, message.chains);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.braid = $root.bisik.spqr.Braid.decode(reader, reader.size(), $undefined, _depth + 1, message.braid);
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

            return PqRatchetState;
        })();

        spqr.Negotiation = (function() {

            /**
             * Properties of a Negotiation.
             * @typedef {Object} bisik.spqr.Negotiation.$Properties
             * @property {Uint8Array} [authKey] Negotiation authKey
             * @property {number} [direction] Negotiation direction
             * @property {number} [minVersion] Negotiation minVersion
             * @property {bisik.spqr.Limits.$Properties} [limits] Negotiation limits
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Negotiation.
             * @memberof bisik.spqr
             * @interface INegotiation
             * @augments bisik.spqr.Negotiation.$Properties
             * @deprecated Use bisik.spqr.Negotiation.$Properties instead.
             */

            /**
             * Shape of a Negotiation.
             * @typedef {bisik.spqr.Negotiation.$Properties} bisik.spqr.Negotiation.$Shape
             */

            /**
             * Constructs a new Negotiation.
             * @memberof bisik.spqr
             * @classdesc Represents a Negotiation.
             * @constructor
             * @param {bisik.spqr.Negotiation.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Negotiation = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Negotiation authKey.
             * @member {Uint8Array} authKey
             * @memberof bisik.spqr.Negotiation
             * @instance
             */
            Negotiation.prototype.authKey = $util.newBuffer([]);

            /**
             * Negotiation direction.
             * @member {number} direction
             * @memberof bisik.spqr.Negotiation
             * @instance
             */
            Negotiation.prototype.direction = 0;

            /**
             * Negotiation minVersion.
             * @member {number} minVersion
             * @memberof bisik.spqr.Negotiation
             * @instance
             */
            Negotiation.prototype.minVersion = 0;

            /**
             * Negotiation limits.
             * @member {bisik.spqr.Limits} limits
             * @memberof bisik.spqr.Negotiation
             * @instance
             */
            Negotiation.prototype.limits = null;

            /**
             * Encodes the specified Negotiation message. Does not implicitly {@link bisik.spqr.Negotiation.verify|verify} messages.
             * @function encode
             * @memberof bisik.spqr.Negotiation
             * @static
             * @param {bisik.spqr.Negotiation.$Properties} message Negotiation message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Negotiation.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.authKey != null && $Object.hasOwnProperty.call(message, "authKey") && message.authKey.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.authKey);
                if (message.direction != null && $Object.hasOwnProperty.call(message, "direction") && message.direction !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.direction);
                if (message.minVersion != null && $Object.hasOwnProperty.call(message, "minVersion") && message.minVersion !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.minVersion);
                if (message.limits != null && $Object.hasOwnProperty.call(message, "limits"))
                    $root.bisik.spqr.Limits.encode(message.limits, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Negotiation message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.spqr.Negotiation
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.spqr.Negotiation & bisik.spqr.Negotiation.$Shape} Negotiation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Negotiation.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.spqr.Negotiation();
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
                            if ((value = reader.bytes()).length)
                                message.authKey = value;
                            else
                                delete message.authKey;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.direction = value;
                            else
                                delete message.direction;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.minVersion = value;
                            else
                                delete message.minVersion;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.limits = $root.bisik.spqr.Limits.decode(reader, reader.size(), $undefined, _depth + 1, message.limits);
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

            return Negotiation;
        })();

        spqr.Limits = (function() {

            /**
             * Properties of a Limits.
             * @typedef {Object} bisik.spqr.Limits.$Properties
             * @property {number} [maxJump] Limits maxJump
             * @property {number} [maxSkipped] Limits maxSkipped
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Limits.
             * @memberof bisik.spqr
             * @interface ILimits
             * @augments bisik.spqr.Limits.$Properties
             * @deprecated Use bisik.spqr.Limits.$Properties instead.
             */

            /**
             * Shape of a Limits.
             * @typedef {bisik.spqr.Limits.$Properties} bisik.spqr.Limits.$Shape
             */

            /**
             * Constructs a new Limits.
             * @memberof bisik.spqr
             * @classdesc Represents a Limits.
             * @constructor
             * @param {bisik.spqr.Limits.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Limits = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Limits maxJump.
             * @member {number} maxJump
             * @memberof bisik.spqr.Limits
             * @instance
             */
            Limits.prototype.maxJump = 0;

            /**
             * Limits maxSkipped.
             * @member {number} maxSkipped
             * @memberof bisik.spqr.Limits
             * @instance
             */
            Limits.prototype.maxSkipped = 0;

            /**
             * Encodes the specified Limits message. Does not implicitly {@link bisik.spqr.Limits.verify|verify} messages.
             * @function encode
             * @memberof bisik.spqr.Limits
             * @static
             * @param {bisik.spqr.Limits.$Properties} message Limits message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Limits.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.maxJump != null && $Object.hasOwnProperty.call(message, "maxJump") && message.maxJump !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.maxJump);
                if (message.maxSkipped != null && $Object.hasOwnProperty.call(message, "maxSkipped") && message.maxSkipped !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.maxSkipped);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Limits message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.spqr.Limits
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.spqr.Limits & bisik.spqr.Limits.$Shape} Limits
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Limits.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.spqr.Limits();
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
                            if (value = reader.uint32())
                                message.maxJump = value;
                            else
                                delete message.maxJump;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.maxSkipped = value;
                            else
                                delete message.maxSkipped;
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

            return Limits;
        })();

        spqr.Chains = (function() {

            /**
             * Properties of a Chains.
             * @typedef {Object} bisik.spqr.Chains.$Properties
             * @property {number} [direction] Chains direction
             * @property {number|Long} [currentEpoch] Chains currentEpoch
             * @property {Array.<bisik.spqr.Link.$Properties>} [links] Chains links
             * @property {Uint8Array} [nextRoot] Chains nextRoot
             * @property {number|Long} [sendEpoch] Chains sendEpoch
             * @property {bisik.spqr.Limits.$Properties} [limits] Chains limits
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Chains.
             * @memberof bisik.spqr
             * @interface IChains
             * @augments bisik.spqr.Chains.$Properties
             * @deprecated Use bisik.spqr.Chains.$Properties instead.
             */

            /**
             * Shape of a Chains.
             * @typedef {bisik.spqr.Chains.$Properties} bisik.spqr.Chains.$Shape
             */

            /**
             * Constructs a new Chains.
             * @memberof bisik.spqr
             * @classdesc Represents a Chains.
             * @constructor
             * @param {bisik.spqr.Chains.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Chains = function (properties) {
                this.links = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Chains direction.
             * @member {number} direction
             * @memberof bisik.spqr.Chains
             * @instance
             */
            Chains.prototype.direction = 0;

            /**
             * Chains currentEpoch.
             * @member {number|Long} currentEpoch
             * @memberof bisik.spqr.Chains
             * @instance
             */
            Chains.prototype.currentEpoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Chains links.
             * @member {Array.<bisik.spqr.Link>} links
             * @memberof bisik.spqr.Chains
             * @instance
             */
            Chains.prototype.links = $util.emptyArray;

            /**
             * Chains nextRoot.
             * @member {Uint8Array} nextRoot
             * @memberof bisik.spqr.Chains
             * @instance
             */
            Chains.prototype.nextRoot = $util.newBuffer([]);

            /**
             * Chains sendEpoch.
             * @member {number|Long} sendEpoch
             * @memberof bisik.spqr.Chains
             * @instance
             */
            Chains.prototype.sendEpoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Chains limits.
             * @member {bisik.spqr.Limits} limits
             * @memberof bisik.spqr.Chains
             * @instance
             */
            Chains.prototype.limits = null;

            /**
             * Encodes the specified Chains message. Does not implicitly {@link bisik.spqr.Chains.verify|verify} messages.
             * @function encode
             * @memberof bisik.spqr.Chains
             * @static
             * @param {bisik.spqr.Chains.$Properties} message Chains message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Chains.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.direction != null && $Object.hasOwnProperty.call(message, "direction") && message.direction !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.direction);
                if (message.currentEpoch != null && $Object.hasOwnProperty.call(message, "currentEpoch") && (typeof message.currentEpoch === "object" ? message.currentEpoch.low || message.currentEpoch.high : message.currentEpoch !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.currentEpoch);
                if (message.links != null && message.links.length)
                    for (let i = 0; i < message.links.length; ++i)
                        $root.bisik.spqr.Link.encode(message.links[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.nextRoot != null && $Object.hasOwnProperty.call(message, "nextRoot") && message.nextRoot.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.nextRoot);
                if (message.sendEpoch != null && $Object.hasOwnProperty.call(message, "sendEpoch") && (typeof message.sendEpoch === "object" ? message.sendEpoch.low || message.sendEpoch.high : message.sendEpoch !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.sendEpoch);
                if (message.limits != null && $Object.hasOwnProperty.call(message, "limits"))
                    $root.bisik.spqr.Limits.encode(message.limits, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Chains message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.spqr.Chains
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.spqr.Chains & bisik.spqr.Chains.$Shape} Chains
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Chains.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.spqr.Chains();
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
                            if (value = reader.uint32())
                                message.direction = value;
                            else
                                delete message.direction;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.currentEpoch = value;
                            else
                                delete message.currentEpoch;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.links && message.links.length))
                                message.links = [];
                            message.links.push($root.bisik.spqr.Link.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.nextRoot = value;
                            else
                                delete message.nextRoot;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.sendEpoch = value;
                            else
                                delete message.sendEpoch;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.limits = $root.bisik.spqr.Limits.decode(reader, reader.size(), $undefined, _depth + 1, message.limits);
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

            return Chains;
        })();

        spqr.Link = (function() {

            /**
             * Properties of a Link.
             * @typedef {Object} bisik.spqr.Link.$Properties
             * @property {bisik.spqr.Chain.$Properties} [sending] Link sending
             * @property {bisik.spqr.Chain.$Properties} [receiving] Link receiving
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Link.
             * @memberof bisik.spqr
             * @interface ILink
             * @augments bisik.spqr.Link.$Properties
             * @deprecated Use bisik.spqr.Link.$Properties instead.
             */

            /**
             * Shape of a Link.
             * @typedef {bisik.spqr.Link.$Properties} bisik.spqr.Link.$Shape
             */

            /**
             * Constructs a new Link.
             * @memberof bisik.spqr
             * @classdesc Represents a Link.
             * @constructor
             * @param {bisik.spqr.Link.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Link = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Link sending.
             * @member {bisik.spqr.Chain} sending
             * @memberof bisik.spqr.Link
             * @instance
             */
            Link.prototype.sending = null;

            /**
             * Link receiving.
             * @member {bisik.spqr.Chain} receiving
             * @memberof bisik.spqr.Link
             * @instance
             */
            Link.prototype.receiving = null;

            /**
             * Encodes the specified Link message. Does not implicitly {@link bisik.spqr.Link.verify|verify} messages.
             * @function encode
             * @memberof bisik.spqr.Link
             * @static
             * @param {bisik.spqr.Link.$Properties} message Link message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Link.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sending != null && $Object.hasOwnProperty.call(message, "sending"))
                    $root.bisik.spqr.Chain.encode(message.sending, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.receiving != null && $Object.hasOwnProperty.call(message, "receiving"))
                    $root.bisik.spqr.Chain.encode(message.receiving, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Link message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.spqr.Link
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.spqr.Link & bisik.spqr.Link.$Shape} Link
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Link.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.spqr.Link();
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
                            message.sending = $root.bisik.spqr.Chain.decode(reader, reader.size(), $undefined, _depth + 1, message.sending);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.receiving = $root.bisik.spqr.Chain.decode(reader, reader.size(), $undefined, _depth + 1, message.receiving);
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

            return Link;
        })();

        spqr.Chain = (function() {

            /**
             * Properties of a Chain.
             * @typedef {Object} bisik.spqr.Chain.$Properties
             * @property {number} [counter] Chain counter
             * @property {Uint8Array} [next] Chain next
             * @property {Uint8Array} [skipped] Chain skipped
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Chain.
             * @memberof bisik.spqr
             * @interface IChain
             * @augments bisik.spqr.Chain.$Properties
             * @deprecated Use bisik.spqr.Chain.$Properties instead.
             */

            /**
             * Shape of a Chain.
             * @typedef {bisik.spqr.Chain.$Properties} bisik.spqr.Chain.$Shape
             */

            /**
             * Constructs a new Chain.
             * @memberof bisik.spqr
             * @classdesc Represents a Chain.
             * @constructor
             * @param {bisik.spqr.Chain.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Chain = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Chain counter.
             * @member {number} counter
             * @memberof bisik.spqr.Chain
             * @instance
             */
            Chain.prototype.counter = 0;

            /**
             * Chain next.
             * @member {Uint8Array} next
             * @memberof bisik.spqr.Chain
             * @instance
             */
            Chain.prototype.next = $util.newBuffer([]);

            /**
             * Chain skipped.
             * @member {Uint8Array} skipped
             * @memberof bisik.spqr.Chain
             * @instance
             */
            Chain.prototype.skipped = $util.newBuffer([]);

            /**
             * Encodes the specified Chain message. Does not implicitly {@link bisik.spqr.Chain.verify|verify} messages.
             * @function encode
             * @memberof bisik.spqr.Chain
             * @static
             * @param {bisik.spqr.Chain.$Properties} message Chain message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Chain.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.counter != null && $Object.hasOwnProperty.call(message, "counter") && message.counter !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.counter);
                if (message.next != null && $Object.hasOwnProperty.call(message, "next") && message.next.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.next);
                if (message.skipped != null && $Object.hasOwnProperty.call(message, "skipped") && message.skipped.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.skipped);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Chain message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.spqr.Chain
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.spqr.Chain & bisik.spqr.Chain.$Shape} Chain
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Chain.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.spqr.Chain();
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
                            if (value = reader.uint32())
                                message.counter = value;
                            else
                                delete message.counter;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.next = value;
                            else
                                delete message.next;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.skipped = value;
                            else
                                delete message.skipped;
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

            return Chain;
        })();

        spqr.Braid = (function() {

            /**
             * Properties of a Braid.
             * @typedef {Object} bisik.spqr.Braid.$Properties
             * @property {bisik.spqr.BraidState.$Properties|null} [keysUnsampled] Braid keysUnsampled
             * @property {bisik.spqr.BraidState.$Properties|null} [keysSampled] Braid keysSampled
             * @property {bisik.spqr.BraidState.$Properties|null} [headerSent] Braid headerSent
             * @property {bisik.spqr.BraidState.$Properties|null} [ct1Received] Braid ct1Received
             * @property {bisik.spqr.BraidState.$Properties|null} [ekSentCt1Received] Braid ekSentCt1Received
             * @property {bisik.spqr.ReceivingBraidState.$Properties|null} [noHeaderReceived] Braid noHeaderReceived
             * @property {bisik.spqr.ReceivingBraidState.$Properties|null} [headerReceived] Braid headerReceived
             * @property {bisik.spqr.BraidState.$Properties|null} [ct1Sampled] Braid ct1Sampled
             * @property {bisik.spqr.BraidState.$Properties|null} [ekReceivedCt1Sampled] Braid ekReceivedCt1Sampled
             * @property {bisik.spqr.ReceivingBraidState.$Properties|null} [ct1Acknowledged] Braid ct1Acknowledged
             * @property {bisik.spqr.BraidState.$Properties|null} [ct2Sampled] Braid ct2Sampled
             * @property {"keysUnsampled"|"keysSampled"|"headerSent"|"ct1Received"|"ekSentCt1Received"|"noHeaderReceived"|"headerReceived"|"ct1Sampled"|"ekReceivedCt1Sampled"|"ct1Acknowledged"|"ct2Sampled"} [state] Braid state
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Braid.
             * @memberof bisik.spqr
             * @interface IBraid
             * @augments bisik.spqr.Braid.$Properties
             * @deprecated Use bisik.spqr.Braid.$Properties instead.
             */

            /**
             * Narrowed shape of a Braid.
             * @typedef {{
             *   keysUnsampled?: bisik.spqr.BraidState.$Shape|null;
             *   keysSampled?: bisik.spqr.BraidState.$Shape|null;
             *   headerSent?: bisik.spqr.BraidState.$Shape|null;
             *   ct1Received?: bisik.spqr.BraidState.$Shape|null;
             *   ekSentCt1Received?: bisik.spqr.BraidState.$Shape|null;
             *   noHeaderReceived?: bisik.spqr.ReceivingBraidState.$Shape|null;
             *   headerReceived?: bisik.spqr.ReceivingBraidState.$Shape|null;
             *   ct1Sampled?: bisik.spqr.BraidState.$Shape|null;
             *   ekReceivedCt1Sampled?: bisik.spqr.BraidState.$Shape|null;
             *   ct1Acknowledged?: bisik.spqr.ReceivingBraidState.$Shape|null;
             *   ct2Sampled?: bisik.spqr.BraidState.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ state?: undefined; keysUnsampled?: null; keysSampled?: null; headerSent?: null; ct1Received?: null; ekSentCt1Received?: null; noHeaderReceived?: null; headerReceived?: null; ct1Sampled?: null; ekReceivedCt1Sampled?: null; ct1Acknowledged?: null; ct2Sampled?: null }|{ state?: "keysUnsampled"; keysUnsampled: bisik.spqr.BraidState.$Shape; keysSampled?: null; headerSent?: null; ct1Received?: null; ekSentCt1Received?: null; noHeaderReceived?: null; headerReceived?: null; ct1Sampled?: null; ekReceivedCt1Sampled?: null; ct1Acknowledged?: null; ct2Sampled?: null }|{ state?: "keysSampled"; keysUnsampled?: null; keysSampled: bisik.spqr.BraidState.$Shape; headerSent?: null; ct1Received?: null; ekSentCt1Received?: null; noHeaderReceived?: null; headerReceived?: null; ct1Sampled?: null; ekReceivedCt1Sampled?: null; ct1Acknowledged?: null; ct2Sampled?: null }|{ state?: "headerSent"; keysUnsampled?: null; keysSampled?: null; headerSent: bisik.spqr.BraidState.$Shape; ct1Received?: null; ekSentCt1Received?: null; noHeaderReceived?: null; headerReceived?: null; ct1Sampled?: null; ekReceivedCt1Sampled?: null; ct1Acknowledged?: null; ct2Sampled?: null }|{ state?: "ct1Received"; keysUnsampled?: null; keysSampled?: null; headerSent?: null; ct1Received: bisik.spqr.BraidState.$Shape; ekSentCt1Received?: null; noHeaderReceived?: null; headerReceived?: null; ct1Sampled?: null; ekReceivedCt1Sampled?: null; ct1Acknowledged?: null; ct2Sampled?: null }|{ state?: "ekSentCt1Received"; keysUnsampled?: null; keysSampled?: null; headerSent?: null; ct1Received?: null; ekSentCt1Received: bisik.spqr.BraidState.$Shape; noHeaderReceived?: null; headerReceived?: null; ct1Sampled?: null; ekReceivedCt1Sampled?: null; ct1Acknowledged?: null; ct2Sampled?: null }|{ state?: "noHeaderReceived"; keysUnsampled?: null; keysSampled?: null; headerSent?: null; ct1Received?: null; ekSentCt1Received?: null; noHeaderReceived: bisik.spqr.ReceivingBraidState.$Shape; headerReceived?: null; ct1Sampled?: null; ekReceivedCt1Sampled?: null; ct1Acknowledged?: null; ct2Sampled?: null }|{ state?: "headerReceived"; keysUnsampled?: null; keysSampled?: null; headerSent?: null; ct1Received?: null; ekSentCt1Received?: null; noHeaderReceived?: null; headerReceived: bisik.spqr.ReceivingBraidState.$Shape; ct1Sampled?: null; ekReceivedCt1Sampled?: null; ct1Acknowledged?: null; ct2Sampled?: null }|{ state?: "ct1Sampled"; keysUnsampled?: null; keysSampled?: null; headerSent?: null; ct1Received?: null; ekSentCt1Received?: null; noHeaderReceived?: null; headerReceived?: null; ct1Sampled: bisik.spqr.BraidState.$Shape; ekReceivedCt1Sampled?: null; ct1Acknowledged?: null; ct2Sampled?: null }|{ state?: "ekReceivedCt1Sampled"; keysUnsampled?: null; keysSampled?: null; headerSent?: null; ct1Received?: null; ekSentCt1Received?: null; noHeaderReceived?: null; headerReceived?: null; ct1Sampled?: null; ekReceivedCt1Sampled: bisik.spqr.BraidState.$Shape; ct1Acknowledged?: null; ct2Sampled?: null }|{ state?: "ct1Acknowledged"; keysUnsampled?: null; keysSampled?: null; headerSent?: null; ct1Received?: null; ekSentCt1Received?: null; noHeaderReceived?: null; headerReceived?: null; ct1Sampled?: null; ekReceivedCt1Sampled?: null; ct1Acknowledged: bisik.spqr.ReceivingBraidState.$Shape; ct2Sampled?: null }|{ state?: "ct2Sampled"; keysUnsampled?: null; keysSampled?: null; headerSent?: null; ct1Received?: null; ekSentCt1Received?: null; noHeaderReceived?: null; headerReceived?: null; ct1Sampled?: null; ekReceivedCt1Sampled?: null; ct1Acknowledged?: null; ct2Sampled: bisik.spqr.BraidState.$Shape })
             * )} bisik.spqr.Braid.$Shape
             */

            /**
             * Constructs a new Braid.
             * @memberof bisik.spqr
             * @classdesc Represents a Braid.
             * @constructor
             * @param {bisik.spqr.Braid.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Braid = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Braid keysUnsampled.
             * @member {bisik.spqr.BraidState|null} keysUnsampled
             * @memberof bisik.spqr.Braid
             * @instance
             */
            Braid.prototype.keysUnsampled = null;

            /**
             * Braid keysSampled.
             * @member {bisik.spqr.BraidState|null} keysSampled
             * @memberof bisik.spqr.Braid
             * @instance
             */
            Braid.prototype.keysSampled = null;

            /**
             * Braid headerSent.
             * @member {bisik.spqr.BraidState|null} headerSent
             * @memberof bisik.spqr.Braid
             * @instance
             */
            Braid.prototype.headerSent = null;

            /**
             * Braid ct1Received.
             * @member {bisik.spqr.BraidState|null} ct1Received
             * @memberof bisik.spqr.Braid
             * @instance
             */
            Braid.prototype.ct1Received = null;

            /**
             * Braid ekSentCt1Received.
             * @member {bisik.spqr.BraidState|null} ekSentCt1Received
             * @memberof bisik.spqr.Braid
             * @instance
             */
            Braid.prototype.ekSentCt1Received = null;

            /**
             * Braid noHeaderReceived.
             * @member {bisik.spqr.ReceivingBraidState|null} noHeaderReceived
             * @memberof bisik.spqr.Braid
             * @instance
             */
            Braid.prototype.noHeaderReceived = null;

            /**
             * Braid headerReceived.
             * @member {bisik.spqr.ReceivingBraidState|null} headerReceived
             * @memberof bisik.spqr.Braid
             * @instance
             */
            Braid.prototype.headerReceived = null;

            /**
             * Braid ct1Sampled.
             * @member {bisik.spqr.BraidState|null} ct1Sampled
             * @memberof bisik.spqr.Braid
             * @instance
             */
            Braid.prototype.ct1Sampled = null;

            /**
             * Braid ekReceivedCt1Sampled.
             * @member {bisik.spqr.BraidState|null} ekReceivedCt1Sampled
             * @memberof bisik.spqr.Braid
             * @instance
             */
            Braid.prototype.ekReceivedCt1Sampled = null;

            /**
             * Braid ct1Acknowledged.
             * @member {bisik.spqr.ReceivingBraidState|null} ct1Acknowledged
             * @memberof bisik.spqr.Braid
             * @instance
             */
            Braid.prototype.ct1Acknowledged = null;

            /**
             * Braid ct2Sampled.
             * @member {bisik.spqr.BraidState|null} ct2Sampled
             * @memberof bisik.spqr.Braid
             * @instance
             */
            Braid.prototype.ct2Sampled = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * Braid state.
             * @member {"keysUnsampled"|"keysSampled"|"headerSent"|"ct1Received"|"ekSentCt1Received"|"noHeaderReceived"|"headerReceived"|"ct1Sampled"|"ekReceivedCt1Sampled"|"ct1Acknowledged"|"ct2Sampled"|undefined} state
             * @memberof bisik.spqr.Braid
             * @instance
             */
            $Object.defineProperty(Braid.prototype, "state", {
                get: $util.oneOfGetter($oneOfFields = ["keysUnsampled", "keysSampled", "headerSent", "ct1Received", "ekSentCt1Received", "noHeaderReceived", "headerReceived", "ct1Sampled", "ekReceivedCt1Sampled", "ct1Acknowledged", "ct2Sampled"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified Braid message. Does not implicitly {@link bisik.spqr.Braid.verify|verify} messages.
             * @function encode
             * @memberof bisik.spqr.Braid
             * @static
             * @param {bisik.spqr.Braid.$Properties} message Braid message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Braid.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.keysUnsampled != null && $Object.hasOwnProperty.call(message, "keysUnsampled"))
                    $root.bisik.spqr.BraidState.encode(message.keysUnsampled, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.keysSampled != null && $Object.hasOwnProperty.call(message, "keysSampled"))
                    $root.bisik.spqr.BraidState.encode(message.keysSampled, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.headerSent != null && $Object.hasOwnProperty.call(message, "headerSent"))
                    $root.bisik.spqr.BraidState.encode(message.headerSent, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.ct1Received != null && $Object.hasOwnProperty.call(message, "ct1Received"))
                    $root.bisik.spqr.BraidState.encode(message.ct1Received, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.ekSentCt1Received != null && $Object.hasOwnProperty.call(message, "ekSentCt1Received"))
                    $root.bisik.spqr.BraidState.encode(message.ekSentCt1Received, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.noHeaderReceived != null && $Object.hasOwnProperty.call(message, "noHeaderReceived"))
                    $root.bisik.spqr.ReceivingBraidState.encode(message.noHeaderReceived, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.headerReceived != null && $Object.hasOwnProperty.call(message, "headerReceived"))
                    $root.bisik.spqr.ReceivingBraidState.encode(message.headerReceived, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.ct1Sampled != null && $Object.hasOwnProperty.call(message, "ct1Sampled"))
                    $root.bisik.spqr.BraidState.encode(message.ct1Sampled, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.ekReceivedCt1Sampled != null && $Object.hasOwnProperty.call(message, "ekReceivedCt1Sampled"))
                    $root.bisik.spqr.BraidState.encode(message.ekReceivedCt1Sampled, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.ct1Acknowledged != null && $Object.hasOwnProperty.call(message, "ct1Acknowledged"))
                    $root.bisik.spqr.ReceivingBraidState.encode(message.ct1Acknowledged, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.ct2Sampled != null && $Object.hasOwnProperty.call(message, "ct2Sampled"))
                    $root.bisik.spqr.BraidState.encode(message.ct2Sampled, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Braid message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.spqr.Braid
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.spqr.Braid & bisik.spqr.Braid.$Shape} Braid
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Braid.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.spqr.Braid();
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
                            message.keysUnsampled = $root.bisik.spqr.BraidState.decode(reader, reader.size(), $undefined, _depth + 1, message.keysUnsampled);
                            message.state = "keysUnsampled";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.keysSampled = $root.bisik.spqr.BraidState.decode(reader, reader.size(), $undefined, _depth + 1, message.keysSampled);
                            message.state = "keysSampled";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.headerSent = $root.bisik.spqr.BraidState.decode(reader, reader.size(), $undefined, _depth + 1, message.headerSent);
                            message.state = "headerSent";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.ct1Received = $root.bisik.spqr.BraidState.decode(reader, reader.size(), $undefined, _depth + 1, message.ct1Received);
                            message.state = "ct1Received";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.ekSentCt1Received = $root.bisik.spqr.BraidState.decode(reader, reader.size(), $undefined, _depth + 1, message.ekSentCt1Received);
                            message.state = "ekSentCt1Received";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.noHeaderReceived = $root.bisik.spqr.ReceivingBraidState.decode(reader, reader.size(), $undefined, _depth + 1, message.noHeaderReceived);
                            message.state = "noHeaderReceived";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.headerReceived = $root.bisik.spqr.ReceivingBraidState.decode(reader, reader.size(), $undefined, _depth + 1, message.headerReceived);
                            message.state = "headerReceived";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.ct1Sampled = $root.bisik.spqr.BraidState.decode(reader, reader.size(), $undefined, _depth + 1, message.ct1Sampled);
                            message.state = "ct1Sampled";
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.ekReceivedCt1Sampled = $root.bisik.spqr.BraidState.decode(reader, reader.size(), $undefined, _depth + 1, message.ekReceivedCt1Sampled);
                            message.state = "ekReceivedCt1Sampled";
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.ct1Acknowledged = $root.bisik.spqr.ReceivingBraidState.decode(reader, reader.size(), $undefined, _depth + 1, message.ct1Acknowledged);
                            message.state = "ct1Acknowledged";
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            message.ct2Sampled = $root.bisik.spqr.BraidState.decode(reader, reader.size(), $undefined, _depth + 1, message.ct2Sampled);
                            message.state = "ct2Sampled";
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

            return Braid;
        })();

        spqr.BraidState = (function() {

            /**
             * Properties of a BraidState.
             * @typedef {Object} bisik.spqr.BraidState.$Properties
             * @property {bisik.spqr.Core.$Properties} [core] BraidState core
             * @property {bisik.spqr.Encoder.$Properties} [encoder] BraidState encoder
             * @property {bisik.spqr.Decoder.$Properties} [decoder] BraidState decoder
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BraidState.
             * @memberof bisik.spqr
             * @interface IBraidState
             * @augments bisik.spqr.BraidState.$Properties
             * @deprecated Use bisik.spqr.BraidState.$Properties instead.
             */

            /**
             * Shape of a BraidState.
             * @typedef {bisik.spqr.BraidState.$Properties} bisik.spqr.BraidState.$Shape
             */

            /**
             * Constructs a new BraidState.
             * @memberof bisik.spqr
             * @classdesc Represents a BraidState.
             * @constructor
             * @param {bisik.spqr.BraidState.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BraidState = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BraidState core.
             * @member {bisik.spqr.Core} core
             * @memberof bisik.spqr.BraidState
             * @instance
             */
            BraidState.prototype.core = null;

            /**
             * BraidState encoder.
             * @member {bisik.spqr.Encoder} encoder
             * @memberof bisik.spqr.BraidState
             * @instance
             */
            BraidState.prototype.encoder = null;

            /**
             * BraidState decoder.
             * @member {bisik.spqr.Decoder} decoder
             * @memberof bisik.spqr.BraidState
             * @instance
             */
            BraidState.prototype.decoder = null;

            /**
             * Encodes the specified BraidState message. Does not implicitly {@link bisik.spqr.BraidState.verify|verify} messages.
             * @function encode
             * @memberof bisik.spqr.BraidState
             * @static
             * @param {bisik.spqr.BraidState.$Properties} message BraidState message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BraidState.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.core != null && $Object.hasOwnProperty.call(message, "core"))
                    $root.bisik.spqr.Core.encode(message.core, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.encoder != null && $Object.hasOwnProperty.call(message, "encoder"))
                    $root.bisik.spqr.Encoder.encode(message.encoder, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.decoder != null && $Object.hasOwnProperty.call(message, "decoder"))
                    $root.bisik.spqr.Decoder.encode(message.decoder, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BraidState message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.spqr.BraidState
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.spqr.BraidState & bisik.spqr.BraidState.$Shape} BraidState
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BraidState.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.spqr.BraidState();
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
                            message.core = $root.bisik.spqr.Core.decode(reader, reader.size(), $undefined, _depth + 1, message.core);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.encoder = $root.bisik.spqr.Encoder.decode(reader, reader.size(), $undefined, _depth + 1, message.encoder);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.decoder = $root.bisik.spqr.Decoder.decode(reader, reader.size(), $undefined, _depth + 1, message.decoder);
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

            return BraidState;
        })();

        spqr.ReceivingBraidState = (function() {

            /**
             * Properties of a ReceivingBraidState.
             * @typedef {Object} bisik.spqr.ReceivingBraidState.$Properties
             * @property {bisik.spqr.Core.$Properties} [core] ReceivingBraidState core
             * @property {bisik.spqr.Decoder.$Properties} [decoder] ReceivingBraidState decoder
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ReceivingBraidState.
             * @memberof bisik.spqr
             * @interface IReceivingBraidState
             * @augments bisik.spqr.ReceivingBraidState.$Properties
             * @deprecated Use bisik.spqr.ReceivingBraidState.$Properties instead.
             */

            /**
             * Shape of a ReceivingBraidState.
             * @typedef {bisik.spqr.ReceivingBraidState.$Properties} bisik.spqr.ReceivingBraidState.$Shape
             */

            /**
             * Constructs a new ReceivingBraidState.
             * @memberof bisik.spqr
             * @classdesc Represents a ReceivingBraidState.
             * @constructor
             * @param {bisik.spqr.ReceivingBraidState.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ReceivingBraidState = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ReceivingBraidState core.
             * @member {bisik.spqr.Core} core
             * @memberof bisik.spqr.ReceivingBraidState
             * @instance
             */
            ReceivingBraidState.prototype.core = null;

            /**
             * ReceivingBraidState decoder.
             * @member {bisik.spqr.Decoder} decoder
             * @memberof bisik.spqr.ReceivingBraidState
             * @instance
             */
            ReceivingBraidState.prototype.decoder = null;

            /**
             * Encodes the specified ReceivingBraidState message. Does not implicitly {@link bisik.spqr.ReceivingBraidState.verify|verify} messages.
             * @function encode
             * @memberof bisik.spqr.ReceivingBraidState
             * @static
             * @param {bisik.spqr.ReceivingBraidState.$Properties} message ReceivingBraidState message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ReceivingBraidState.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.core != null && $Object.hasOwnProperty.call(message, "core"))
                    $root.bisik.spqr.Core.encode(message.core, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.decoder != null && $Object.hasOwnProperty.call(message, "decoder"))
                    $root.bisik.spqr.Decoder.encode(message.decoder, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ReceivingBraidState message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.spqr.ReceivingBraidState
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.spqr.ReceivingBraidState & bisik.spqr.ReceivingBraidState.$Shape} ReceivingBraidState
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ReceivingBraidState.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.spqr.ReceivingBraidState();
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
                            message.core = $root.bisik.spqr.Core.decode(reader, reader.size(), $undefined, _depth + 1, message.core);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.decoder = $root.bisik.spqr.Decoder.decode(reader, reader.size(), $undefined, _depth + 1, message.decoder);
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

            return ReceivingBraidState;
        })();

        spqr.Core = (function() {

            /**
             * Properties of a Core.
             * @typedef {Object} bisik.spqr.Core.$Properties
             * @property {number|Long} [epoch] Core epoch
             * @property {bisik.spqr.Authenticator.$Properties} [auth] Core auth
             * @property {Uint8Array} [first] Core first
             * @property {Uint8Array} [second] Core second
             * @property {Uint8Array} [third] Core third
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Core.
             * @memberof bisik.spqr
             * @interface ICore
             * @augments bisik.spqr.Core.$Properties
             * @deprecated Use bisik.spqr.Core.$Properties instead.
             */

            /**
             * Shape of a Core.
             * @typedef {bisik.spqr.Core.$Properties} bisik.spqr.Core.$Shape
             */

            /**
             * Constructs a new Core.
             * @memberof bisik.spqr
             * @classdesc Represents a Core.
             * @constructor
             * @param {bisik.spqr.Core.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Core = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Core epoch.
             * @member {number|Long} epoch
             * @memberof bisik.spqr.Core
             * @instance
             */
            Core.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Core auth.
             * @member {bisik.spqr.Authenticator} auth
             * @memberof bisik.spqr.Core
             * @instance
             */
            Core.prototype.auth = null;

            /**
             * Core first.
             * @member {Uint8Array} first
             * @memberof bisik.spqr.Core
             * @instance
             */
            Core.prototype.first = $util.newBuffer([]);

            /**
             * Core second.
             * @member {Uint8Array} second
             * @memberof bisik.spqr.Core
             * @instance
             */
            Core.prototype.second = $util.newBuffer([]);

            /**
             * Core third.
             * @member {Uint8Array} third
             * @memberof bisik.spqr.Core
             * @instance
             */
            Core.prototype.third = $util.newBuffer([]);

            /**
             * Encodes the specified Core message. Does not implicitly {@link bisik.spqr.Core.verify|verify} messages.
             * @function encode
             * @memberof bisik.spqr.Core
             * @static
             * @param {bisik.spqr.Core.$Properties} message Core message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Core.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.epoch);
                if (message.auth != null && $Object.hasOwnProperty.call(message, "auth"))
                    $root.bisik.spqr.Authenticator.encode(message.auth, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.first != null && $Object.hasOwnProperty.call(message, "first") && message.first.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.first);
                if (message.second != null && $Object.hasOwnProperty.call(message, "second") && message.second.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.second);
                if (message.third != null && $Object.hasOwnProperty.call(message, "third") && message.third.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.third);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Core message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.spqr.Core
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.spqr.Core & bisik.spqr.Core.$Shape} Core
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Core.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.spqr.Core();
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
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.auth = $root.bisik.spqr.Authenticator.decode(reader, reader.size(), $undefined, _depth + 1, message.auth);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.first = value;
                            else
                                delete message.first;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.second = value;
                            else
                                delete message.second;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.third = value;
                            else
                                delete message.third;
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

            return Core;
        })();

        spqr.Authenticator = (function() {

            /**
             * Properties of an Authenticator.
             * @typedef {Object} bisik.spqr.Authenticator.$Properties
             * @property {Uint8Array} [root] Authenticator root
             * @property {Uint8Array} [mac] Authenticator mac
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Authenticator.
             * @memberof bisik.spqr
             * @interface IAuthenticator
             * @augments bisik.spqr.Authenticator.$Properties
             * @deprecated Use bisik.spqr.Authenticator.$Properties instead.
             */

            /**
             * Shape of an Authenticator.
             * @typedef {bisik.spqr.Authenticator.$Properties} bisik.spqr.Authenticator.$Shape
             */

            /**
             * Constructs a new Authenticator.
             * @memberof bisik.spqr
             * @classdesc Represents an Authenticator.
             * @constructor
             * @param {bisik.spqr.Authenticator.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Authenticator = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Authenticator root.
             * @member {Uint8Array} root
             * @memberof bisik.spqr.Authenticator
             * @instance
             */
            Authenticator.prototype.root = $util.newBuffer([]);

            /**
             * Authenticator mac.
             * @member {Uint8Array} mac
             * @memberof bisik.spqr.Authenticator
             * @instance
             */
            Authenticator.prototype.mac = $util.newBuffer([]);

            /**
             * Encodes the specified Authenticator message. Does not implicitly {@link bisik.spqr.Authenticator.verify|verify} messages.
             * @function encode
             * @memberof bisik.spqr.Authenticator
             * @static
             * @param {bisik.spqr.Authenticator.$Properties} message Authenticator message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Authenticator.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.root != null && $Object.hasOwnProperty.call(message, "root") && message.root.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.root);
                if (message.mac != null && $Object.hasOwnProperty.call(message, "mac") && message.mac.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.mac);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Authenticator message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.spqr.Authenticator
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.spqr.Authenticator & bisik.spqr.Authenticator.$Shape} Authenticator
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Authenticator.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.spqr.Authenticator();
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
                            if ((value = reader.bytes()).length)
                                message.root = value;
                            else
                                delete message.root;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.mac = value;
                            else
                                delete message.mac;
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

            return Authenticator;
        })();

        spqr.Encoder = (function() {

            /**
             * Properties of an Encoder.
             * @typedef {Object} bisik.spqr.Encoder.$Properties
             * @property {number} [counter] Encoder counter
             * @property {Array.<Uint8Array>} [values] Encoder values
             * @property {Array.<Uint8Array>} [coefficients] Encoder coefficients
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Encoder.
             * @memberof bisik.spqr
             * @interface IEncoder
             * @augments bisik.spqr.Encoder.$Properties
             * @deprecated Use bisik.spqr.Encoder.$Properties instead.
             */

            /**
             * Shape of an Encoder.
             * @typedef {bisik.spqr.Encoder.$Properties} bisik.spqr.Encoder.$Shape
             */

            /**
             * Constructs a new Encoder.
             * @memberof bisik.spqr
             * @classdesc Represents an Encoder.
             * @constructor
             * @param {bisik.spqr.Encoder.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Encoder = function (properties) {
                this.values = [];
                this.coefficients = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encoder counter.
             * @member {number} counter
             * @memberof bisik.spqr.Encoder
             * @instance
             */
            Encoder.prototype.counter = 0;

            /**
             * Encoder values.
             * @member {Array.<Uint8Array>} values
             * @memberof bisik.spqr.Encoder
             * @instance
             */
            Encoder.prototype.values = $util.emptyArray;

            /**
             * Encoder coefficients.
             * @member {Array.<Uint8Array>} coefficients
             * @memberof bisik.spqr.Encoder
             * @instance
             */
            Encoder.prototype.coefficients = $util.emptyArray;

            /**
             * Encodes the specified Encoder message. Does not implicitly {@link bisik.spqr.Encoder.verify|verify} messages.
             * @function encode
             * @memberof bisik.spqr.Encoder
             * @static
             * @param {bisik.spqr.Encoder.$Properties} message Encoder message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Encoder.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.counter != null && $Object.hasOwnProperty.call(message, "counter") && message.counter !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.counter);
                if (message.values != null && message.values.length)
                    for (let i = 0; i < message.values.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.values[i]);
                if (message.coefficients != null && message.coefficients.length)
                    for (let i = 0; i < message.coefficients.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.coefficients[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Encoder message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.spqr.Encoder
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.spqr.Encoder & bisik.spqr.Encoder.$Shape} Encoder
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Encoder.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.spqr.Encoder();
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
                            if (value = reader.uint32())
                                message.counter = value;
                            else
                                delete message.counter;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.values && message.values.length))
                                message.values = [];
                            message.values.push(reader.bytes());
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.coefficients && message.coefficients.length))
                                message.coefficients = [];
                            message.coefficients.push(reader.bytes());
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

            return Encoder;
        })();

        spqr.Decoder = (function() {

            /**
             * Properties of a Decoder.
             * @typedef {Object} bisik.spqr.Decoder.$Properties
             * @property {number} [needed] Decoder needed
             * @property {number} [polynomials] Decoder polynomials
             * @property {Array.<Uint8Array>} [points] Decoder points
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Decoder.
             * @memberof bisik.spqr
             * @interface IDecoder
             * @augments bisik.spqr.Decoder.$Properties
             * @deprecated Use bisik.spqr.Decoder.$Properties instead.
             */

            /**
             * Shape of a Decoder.
             * @typedef {bisik.spqr.Decoder.$Properties} bisik.spqr.Decoder.$Shape
             */

            /**
             * Constructs a new Decoder.
             * @memberof bisik.spqr
             * @classdesc Represents a Decoder.
             * @constructor
             * @param {bisik.spqr.Decoder.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Decoder = function (properties) {
                this.points = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Decoder needed.
             * @member {number} needed
             * @memberof bisik.spqr.Decoder
             * @instance
             */
            Decoder.prototype.needed = 0;

            /**
             * Decoder polynomials.
             * @member {number} polynomials
             * @memberof bisik.spqr.Decoder
             * @instance
             */
            Decoder.prototype.polynomials = 0;

            /**
             * Decoder points.
             * @member {Array.<Uint8Array>} points
             * @memberof bisik.spqr.Decoder
             * @instance
             */
            Decoder.prototype.points = $util.emptyArray;

            /**
             * Encodes the specified Decoder message. Does not implicitly {@link bisik.spqr.Decoder.verify|verify} messages.
             * @function encode
             * @memberof bisik.spqr.Decoder
             * @static
             * @param {bisik.spqr.Decoder.$Properties} message Decoder message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Decoder.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.needed != null && $Object.hasOwnProperty.call(message, "needed") && message.needed !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.needed);
                if (message.polynomials != null && $Object.hasOwnProperty.call(message, "polynomials") && message.polynomials !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.polynomials);
                if (message.points != null && message.points.length)
                    for (let i = 0; i < message.points.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.points[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Decoder message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.spqr.Decoder
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.spqr.Decoder & bisik.spqr.Decoder.$Shape} Decoder
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Decoder.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.spqr.Decoder();
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
                            if (value = reader.uint32())
                                message.needed = value;
                            else
                                delete message.needed;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.polynomials = value;
                            else
                                delete message.polynomials;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.points && message.points.length))
                                message.points = [];
                            message.points.push(reader.bytes());
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

            return Decoder;
        })();

        return spqr;
    })();

    return bisik;
})();

export {
  $root as default
};
