/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["bisik_records_v1"] || ($protobuf.roots["bisik_records_v1"] = {});

export const bisik = $root.bisik = (() => {

    /**
     * Namespace bisik.
     * @exports bisik
     * @namespace
     */
    const bisik = {};

    bisik.records = (function() {

        /**
         * Namespace records.
         * @memberof bisik
         * @namespace
         */
        const records = {};

        records.Account = (function() {

            /**
             * Properties of an Account.
             * @typedef {Object} bisik.records.Account.$Properties
             * @property {number} [format] Account format
             * @property {number} [generation] Account generation
             * @property {string} [user] Account user
             * @property {number} [device] Account device
             * @property {Uint8Array} [identityPublic] Account identityPublic
             * @property {Uint8Array} [identityPrivate] Account identityPrivate
             * @property {number} [registrationId] Account registrationId
             * @property {number} [nextOneTimePreKeyId] Account nextOneTimePreKeyId
             * @property {number} [nextSignedPreKeyId] Account nextSignedPreKeyId
             * @property {number} [nextKemPreKeyId] Account nextKemPreKeyId
             * @property {Array.<bisik.records.RotatedPreKey.$Properties>} [signedPreKeys] Account signedPreKeys
             * @property {Array.<bisik.records.RotatedPreKey.$Properties>} [lastResortKemPreKeys] Account lastResortKemPreKeys
             * @property {number} [publications] Account publications
             * @property {Array.<bisik.records.PreKeyBatch.$Properties>} [batches] Account batches
             * @property {number} [firstOneTimePreKeyId] Account firstOneTimePreKeyId
             * @property {number} [firstOneTimeKemPreKeyId] Account firstOneTimeKemPreKeyId
             * @property {number} [layout] Account layout
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Account.
             * @memberof bisik.records
             * @interface IAccount
             * @augments bisik.records.Account.$Properties
             * @deprecated Use bisik.records.Account.$Properties instead.
             */

            /**
             * Shape of an Account.
             * @typedef {bisik.records.Account.$Properties} bisik.records.Account.$Shape
             */

            /**
             * Constructs a new Account.
             * @memberof bisik.records
             * @classdesc Represents an Account.
             * @constructor
             * @param {bisik.records.Account.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Account = function (properties) {
                this.signedPreKeys = [];
                this.lastResortKemPreKeys = [];
                this.batches = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Account format.
             * @member {number} format
             * @memberof bisik.records.Account
             * @instance
             */
            Account.prototype.format = 0;

            /**
             * Account generation.
             * @member {number} generation
             * @memberof bisik.records.Account
             * @instance
             */
            Account.prototype.generation = 0;

            /**
             * Account user.
             * @member {string} user
             * @memberof bisik.records.Account
             * @instance
             */
            Account.prototype.user = "";

            /**
             * Account device.
             * @member {number} device
             * @memberof bisik.records.Account
             * @instance
             */
            Account.prototype.device = 0;

            /**
             * Account identityPublic.
             * @member {Uint8Array} identityPublic
             * @memberof bisik.records.Account
             * @instance
             */
            Account.prototype.identityPublic = $util.newBuffer([]);

            /**
             * Account identityPrivate.
             * @member {Uint8Array} identityPrivate
             * @memberof bisik.records.Account
             * @instance
             */
            Account.prototype.identityPrivate = $util.newBuffer([]);

            /**
             * Account registrationId.
             * @member {number} registrationId
             * @memberof bisik.records.Account
             * @instance
             */
            Account.prototype.registrationId = 0;

            /**
             * Account nextOneTimePreKeyId.
             * @member {number} nextOneTimePreKeyId
             * @memberof bisik.records.Account
             * @instance
             */
            Account.prototype.nextOneTimePreKeyId = 0;

            /**
             * Account nextSignedPreKeyId.
             * @member {number} nextSignedPreKeyId
             * @memberof bisik.records.Account
             * @instance
             */
            Account.prototype.nextSignedPreKeyId = 0;

            /**
             * Account nextKemPreKeyId.
             * @member {number} nextKemPreKeyId
             * @memberof bisik.records.Account
             * @instance
             */
            Account.prototype.nextKemPreKeyId = 0;

            /**
             * Account signedPreKeys.
             * @member {Array.<bisik.records.RotatedPreKey>} signedPreKeys
             * @memberof bisik.records.Account
             * @instance
             */
            Account.prototype.signedPreKeys = $util.emptyArray;

            /**
             * Account lastResortKemPreKeys.
             * @member {Array.<bisik.records.RotatedPreKey>} lastResortKemPreKeys
             * @memberof bisik.records.Account
             * @instance
             */
            Account.prototype.lastResortKemPreKeys = $util.emptyArray;

            /**
             * Account publications.
             * @member {number} publications
             * @memberof bisik.records.Account
             * @instance
             */
            Account.prototype.publications = 0;

            /**
             * Account batches.
             * @member {Array.<bisik.records.PreKeyBatch>} batches
             * @memberof bisik.records.Account
             * @instance
             */
            Account.prototype.batches = $util.emptyArray;

            /**
             * Account firstOneTimePreKeyId.
             * @member {number} firstOneTimePreKeyId
             * @memberof bisik.records.Account
             * @instance
             */
            Account.prototype.firstOneTimePreKeyId = 0;

            /**
             * Account firstOneTimeKemPreKeyId.
             * @member {number} firstOneTimeKemPreKeyId
             * @memberof bisik.records.Account
             * @instance
             */
            Account.prototype.firstOneTimeKemPreKeyId = 0;

            /**
             * Account layout.
             * @member {number} layout
             * @memberof bisik.records.Account
             * @instance
             */
            Account.prototype.layout = 0;

            /**
             * Encodes the specified Account message. Does not implicitly {@link bisik.records.Account.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.Account
             * @static
             * @param {bisik.records.Account.$Properties} message Account message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Account.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.format);
                if (message.generation != null && $Object.hasOwnProperty.call(message, "generation") && message.generation !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.generation);
                if (message.user != null && $Object.hasOwnProperty.call(message, "user") && message.user !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.user);
                if (message.device != null && $Object.hasOwnProperty.call(message, "device") && message.device !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.device);
                if (message.identityPublic != null && $Object.hasOwnProperty.call(message, "identityPublic") && message.identityPublic.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.identityPublic);
                if (message.identityPrivate != null && $Object.hasOwnProperty.call(message, "identityPrivate") && message.identityPrivate.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.identityPrivate);
                if (message.registrationId != null && $Object.hasOwnProperty.call(message, "registrationId") && message.registrationId !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.registrationId);
                if (message.nextOneTimePreKeyId != null && $Object.hasOwnProperty.call(message, "nextOneTimePreKeyId") && message.nextOneTimePreKeyId !== 0)
                    writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.nextOneTimePreKeyId);
                if (message.nextSignedPreKeyId != null && $Object.hasOwnProperty.call(message, "nextSignedPreKeyId") && message.nextSignedPreKeyId !== 0)
                    writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.nextSignedPreKeyId);
                if (message.nextKemPreKeyId != null && $Object.hasOwnProperty.call(message, "nextKemPreKeyId") && message.nextKemPreKeyId !== 0)
                    writer.uint32(/* id 10, wireType 0 =*/80).uint32(message.nextKemPreKeyId);
                if (message.signedPreKeys != null && message.signedPreKeys.length)
                    for (let i = 0; i < message.signedPreKeys.length; ++i)
                        $root.bisik.records.RotatedPreKey.encode(message.signedPreKeys[i], writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                if (message.lastResortKemPreKeys != null && message.lastResortKemPreKeys.length)
                    for (let i = 0; i < message.lastResortKemPreKeys.length; ++i)
                        $root.bisik.records.RotatedPreKey.encode(message.lastResortKemPreKeys[i], writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
                if (message.publications != null && $Object.hasOwnProperty.call(message, "publications") && message.publications !== 0)
                    writer.uint32(/* id 13, wireType 0 =*/104).uint32(message.publications);
                if (message.batches != null && message.batches.length)
                    for (let i = 0; i < message.batches.length; ++i)
                        $root.bisik.records.PreKeyBatch.encode(message.batches[i], writer.uint32(/* id 14, wireType 2 =*/114).fork(), _depth + 1).ldelim();
                if (message.firstOneTimePreKeyId != null && $Object.hasOwnProperty.call(message, "firstOneTimePreKeyId") && message.firstOneTimePreKeyId !== 0)
                    writer.uint32(/* id 15, wireType 0 =*/120).uint32(message.firstOneTimePreKeyId);
                if (message.firstOneTimeKemPreKeyId != null && $Object.hasOwnProperty.call(message, "firstOneTimeKemPreKeyId") && message.firstOneTimeKemPreKeyId !== 0)
                    writer.uint32(/* id 16, wireType 0 =*/128).uint32(message.firstOneTimeKemPreKeyId);
                if (message.layout != null && $Object.hasOwnProperty.call(message, "layout") && message.layout !== 0)
                    writer.uint32(/* id 17, wireType 0 =*/136).uint32(message.layout);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Account message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.Account
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.Account & bisik.records.Account.$Shape} Account
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Account.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.Account();
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
                                message.format = value;
                            else
                                delete message.format;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.generation = value;
                            else
                                delete message.generation;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.user = value;
                            else
                                delete message.user;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.device = value;
                            else
                                delete message.device;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.identityPublic = value;
                            else
                                delete message.identityPublic;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.identityPrivate = value;
                            else
                                delete message.identityPrivate;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.registrationId = value;
                            else
                                delete message.registrationId;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.nextOneTimePreKeyId = value;
                            else
                                delete message.nextOneTimePreKeyId;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.nextSignedPreKeyId = value;
                            else
                                delete message.nextSignedPreKeyId;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.nextKemPreKeyId = value;
                            else
                                delete message.nextKemPreKeyId;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if (!(message.signedPreKeys && message.signedPreKeys.length))
                                message.signedPreKeys = [];
                            message.signedPreKeys.push($root.bisik.records.RotatedPreKey.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            if (!(message.lastResortKemPreKeys && message.lastResortKemPreKeys.length))
                                message.lastResortKemPreKeys = [];
                            message.lastResortKemPreKeys.push($root.bisik.records.RotatedPreKey.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 13: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.publications = value;
                            else
                                delete message.publications;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            if (!(message.batches && message.batches.length))
                                message.batches = [];
                            message.batches.push($root.bisik.records.PreKeyBatch.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 15: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.firstOneTimePreKeyId = value;
                            else
                                delete message.firstOneTimePreKeyId;
                            continue;
                        }
                    case 16: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.firstOneTimeKemPreKeyId = value;
                            else
                                delete message.firstOneTimeKemPreKeyId;
                            continue;
                        }
                    case 17: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.layout = value;
                            else
                                delete message.layout;
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

            return Account;
        })();

        records.RotatedPreKey = (function() {

            /**
             * Properties of a RotatedPreKey.
             * @typedef {Object} bisik.records.RotatedPreKey.$Properties
             * @property {number} [id] RotatedPreKey id
             * @property {number} [createdAt] RotatedPreKey createdAt
             * @property {number} [publishedAt] RotatedPreKey publishedAt
             * @property {number} [overAt] RotatedPreKey overAt
             * @property {number} [overPublications] RotatedPreKey overPublications
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RotatedPreKey.
             * @memberof bisik.records
             * @interface IRotatedPreKey
             * @augments bisik.records.RotatedPreKey.$Properties
             * @deprecated Use bisik.records.RotatedPreKey.$Properties instead.
             */

            /**
             * Shape of a RotatedPreKey.
             * @typedef {bisik.records.RotatedPreKey.$Properties} bisik.records.RotatedPreKey.$Shape
             */

            /**
             * Constructs a new RotatedPreKey.
             * @memberof bisik.records
             * @classdesc Represents a RotatedPreKey.
             * @constructor
             * @param {bisik.records.RotatedPreKey.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RotatedPreKey = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RotatedPreKey id.
             * @member {number} id
             * @memberof bisik.records.RotatedPreKey
             * @instance
             */
            RotatedPreKey.prototype.id = 0;

            /**
             * RotatedPreKey createdAt.
             * @member {number} createdAt
             * @memberof bisik.records.RotatedPreKey
             * @instance
             */
            RotatedPreKey.prototype.createdAt = 0;

            /**
             * RotatedPreKey publishedAt.
             * @member {number} publishedAt
             * @memberof bisik.records.RotatedPreKey
             * @instance
             */
            RotatedPreKey.prototype.publishedAt = 0;

            /**
             * RotatedPreKey overAt.
             * @member {number} overAt
             * @memberof bisik.records.RotatedPreKey
             * @instance
             */
            RotatedPreKey.prototype.overAt = 0;

            /**
             * RotatedPreKey overPublications.
             * @member {number} overPublications
             * @memberof bisik.records.RotatedPreKey
             * @instance
             */
            RotatedPreKey.prototype.overPublications = 0;

            /**
             * Encodes the specified RotatedPreKey message. Does not implicitly {@link bisik.records.RotatedPreKey.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.RotatedPreKey
             * @static
             * @param {bisik.records.RotatedPreKey.$Properties} message RotatedPreKey message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RotatedPreKey.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.id);
                if (message.createdAt != null && $Object.hasOwnProperty.call(message, "createdAt") && !$Object.is(message.createdAt, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.createdAt);
                if (message.publishedAt != null && $Object.hasOwnProperty.call(message, "publishedAt") && !$Object.is(message.publishedAt, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.publishedAt);
                if (message.overAt != null && $Object.hasOwnProperty.call(message, "overAt") && !$Object.is(message.overAt, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.overAt);
                if (message.overPublications != null && $Object.hasOwnProperty.call(message, "overPublications") && message.overPublications !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.overPublications);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RotatedPreKey message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.RotatedPreKey
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.RotatedPreKey & bisik.records.RotatedPreKey.$Shape} RotatedPreKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RotatedPreKey.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.RotatedPreKey();
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
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.createdAt = value;
                            else
                                delete message.createdAt;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.publishedAt = value;
                            else
                                delete message.publishedAt;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.overAt = value;
                            else
                                delete message.overAt;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.overPublications = value;
                            else
                                delete message.overPublications;
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

            return RotatedPreKey;
        })();

        records.PreKeyBatch = (function() {

            /**
             * Properties of a PreKeyBatch.
             * @typedef {Object} bisik.records.PreKeyBatch.$Properties
             * @property {number} [end] PreKeyBatch end
             * @property {number} [kemEnd] PreKeyBatch kemEnd
             * @property {number} [createdAt] PreKeyBatch createdAt
             * @property {number} [publishedAt] PreKeyBatch publishedAt
             * @property {number} [withdrawnAt] PreKeyBatch withdrawnAt
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PreKeyBatch.
             * @memberof bisik.records
             * @interface IPreKeyBatch
             * @augments bisik.records.PreKeyBatch.$Properties
             * @deprecated Use bisik.records.PreKeyBatch.$Properties instead.
             */

            /**
             * Shape of a PreKeyBatch.
             * @typedef {bisik.records.PreKeyBatch.$Properties} bisik.records.PreKeyBatch.$Shape
             */

            /**
             * Constructs a new PreKeyBatch.
             * @memberof bisik.records
             * @classdesc Represents a PreKeyBatch.
             * @constructor
             * @param {bisik.records.PreKeyBatch.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PreKeyBatch = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PreKeyBatch end.
             * @member {number} end
             * @memberof bisik.records.PreKeyBatch
             * @instance
             */
            PreKeyBatch.prototype.end = 0;

            /**
             * PreKeyBatch kemEnd.
             * @member {number} kemEnd
             * @memberof bisik.records.PreKeyBatch
             * @instance
             */
            PreKeyBatch.prototype.kemEnd = 0;

            /**
             * PreKeyBatch createdAt.
             * @member {number} createdAt
             * @memberof bisik.records.PreKeyBatch
             * @instance
             */
            PreKeyBatch.prototype.createdAt = 0;

            /**
             * PreKeyBatch publishedAt.
             * @member {number} publishedAt
             * @memberof bisik.records.PreKeyBatch
             * @instance
             */
            PreKeyBatch.prototype.publishedAt = 0;

            /**
             * PreKeyBatch withdrawnAt.
             * @member {number} withdrawnAt
             * @memberof bisik.records.PreKeyBatch
             * @instance
             */
            PreKeyBatch.prototype.withdrawnAt = 0;

            /**
             * Encodes the specified PreKeyBatch message. Does not implicitly {@link bisik.records.PreKeyBatch.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.PreKeyBatch
             * @static
             * @param {bisik.records.PreKeyBatch.$Properties} message PreKeyBatch message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PreKeyBatch.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.end != null && $Object.hasOwnProperty.call(message, "end") && message.end !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.end);
                if (message.kemEnd != null && $Object.hasOwnProperty.call(message, "kemEnd") && message.kemEnd !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.kemEnd);
                if (message.createdAt != null && $Object.hasOwnProperty.call(message, "createdAt") && !$Object.is(message.createdAt, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.createdAt);
                if (message.publishedAt != null && $Object.hasOwnProperty.call(message, "publishedAt") && !$Object.is(message.publishedAt, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.publishedAt);
                if (message.withdrawnAt != null && $Object.hasOwnProperty.call(message, "withdrawnAt") && !$Object.is(message.withdrawnAt, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.withdrawnAt);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PreKeyBatch message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.PreKeyBatch
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.PreKeyBatch & bisik.records.PreKeyBatch.$Shape} PreKeyBatch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PreKeyBatch.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.PreKeyBatch();
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
                                message.end = value;
                            else
                                delete message.end;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.kemEnd = value;
                            else
                                delete message.kemEnd;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.createdAt = value;
                            else
                                delete message.createdAt;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.publishedAt = value;
                            else
                                delete message.publishedAt;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.withdrawnAt = value;
                            else
                                delete message.withdrawnAt;
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

            return PreKeyBatch;
        })();

        records.OneTimePreKey = (function() {

            /**
             * Properties of a OneTimePreKey.
             * @typedef {Object} bisik.records.OneTimePreKey.$Properties
             * @property {number} [format] OneTimePreKey format
             * @property {Uint8Array} ["public"] OneTimePreKey public
             * @property {Uint8Array} ["private"] OneTimePreKey private
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a OneTimePreKey.
             * @memberof bisik.records
             * @interface IOneTimePreKey
             * @augments bisik.records.OneTimePreKey.$Properties
             * @deprecated Use bisik.records.OneTimePreKey.$Properties instead.
             */

            /**
             * Shape of a OneTimePreKey.
             * @typedef {bisik.records.OneTimePreKey.$Properties} bisik.records.OneTimePreKey.$Shape
             */

            /**
             * Constructs a new OneTimePreKey.
             * @memberof bisik.records
             * @classdesc Represents a OneTimePreKey.
             * @constructor
             * @param {bisik.records.OneTimePreKey.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OneTimePreKey = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * OneTimePreKey format.
             * @member {number} format
             * @memberof bisik.records.OneTimePreKey
             * @instance
             */
            OneTimePreKey.prototype.format = 0;

            /**
             * OneTimePreKey public.
             * @member {Uint8Array} public
             * @memberof bisik.records.OneTimePreKey
             * @instance
             */
            OneTimePreKey.prototype["public"] = $util.newBuffer([]);

            /**
             * OneTimePreKey private.
             * @member {Uint8Array} private
             * @memberof bisik.records.OneTimePreKey
             * @instance
             */
            OneTimePreKey.prototype["private"] = $util.newBuffer([]);

            /**
             * Encodes the specified OneTimePreKey message. Does not implicitly {@link bisik.records.OneTimePreKey.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.OneTimePreKey
             * @static
             * @param {bisik.records.OneTimePreKey.$Properties} message OneTimePreKey message or plain object to encode
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
                if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.format);
                if (message["public"] != null && $Object.hasOwnProperty.call(message, "public") && message["public"].length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message["public"]);
                if (message["private"] != null && $Object.hasOwnProperty.call(message, "private") && message["private"].length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message["private"]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a OneTimePreKey message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.OneTimePreKey
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.OneTimePreKey & bisik.records.OneTimePreKey.$Shape} OneTimePreKey
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
                message = _target || new $root.bisik.records.OneTimePreKey();
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
                                message.format = value;
                            else
                                delete message.format;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message["public"] = value;
                            else
                                delete message["public"];
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message["private"] = value;
                            else
                                delete message["private"];
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

            return OneTimePreKey;
        })();

        records.SignedPreKey = (function() {

            /**
             * Properties of a SignedPreKey.
             * @typedef {Object} bisik.records.SignedPreKey.$Properties
             * @property {number} [format] SignedPreKey format
             * @property {Uint8Array} ["public"] SignedPreKey public
             * @property {Uint8Array} ["private"] SignedPreKey private
             * @property {Uint8Array} [signature] SignedPreKey signature
             * @property {number} [createdAt] SignedPreKey createdAt
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SignedPreKey.
             * @memberof bisik.records
             * @interface ISignedPreKey
             * @augments bisik.records.SignedPreKey.$Properties
             * @deprecated Use bisik.records.SignedPreKey.$Properties instead.
             */

            /**
             * Shape of a SignedPreKey.
             * @typedef {bisik.records.SignedPreKey.$Properties} bisik.records.SignedPreKey.$Shape
             */

            /**
             * Constructs a new SignedPreKey.
             * @memberof bisik.records
             * @classdesc Represents a SignedPreKey.
             * @constructor
             * @param {bisik.records.SignedPreKey.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SignedPreKey = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SignedPreKey format.
             * @member {number} format
             * @memberof bisik.records.SignedPreKey
             * @instance
             */
            SignedPreKey.prototype.format = 0;

            /**
             * SignedPreKey public.
             * @member {Uint8Array} public
             * @memberof bisik.records.SignedPreKey
             * @instance
             */
            SignedPreKey.prototype["public"] = $util.newBuffer([]);

            /**
             * SignedPreKey private.
             * @member {Uint8Array} private
             * @memberof bisik.records.SignedPreKey
             * @instance
             */
            SignedPreKey.prototype["private"] = $util.newBuffer([]);

            /**
             * SignedPreKey signature.
             * @member {Uint8Array} signature
             * @memberof bisik.records.SignedPreKey
             * @instance
             */
            SignedPreKey.prototype.signature = $util.newBuffer([]);

            /**
             * SignedPreKey createdAt.
             * @member {number} createdAt
             * @memberof bisik.records.SignedPreKey
             * @instance
             */
            SignedPreKey.prototype.createdAt = 0;

            /**
             * Encodes the specified SignedPreKey message. Does not implicitly {@link bisik.records.SignedPreKey.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.SignedPreKey
             * @static
             * @param {bisik.records.SignedPreKey.$Properties} message SignedPreKey message or plain object to encode
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
                if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.format);
                if (message["public"] != null && $Object.hasOwnProperty.call(message, "public") && message["public"].length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message["public"]);
                if (message["private"] != null && $Object.hasOwnProperty.call(message, "private") && message["private"].length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message["private"]);
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.signature);
                if (message.createdAt != null && $Object.hasOwnProperty.call(message, "createdAt") && !$Object.is(message.createdAt, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.createdAt);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SignedPreKey message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.SignedPreKey
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.SignedPreKey & bisik.records.SignedPreKey.$Shape} SignedPreKey
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
                message = _target || new $root.bisik.records.SignedPreKey();
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
                                message.format = value;
                            else
                                delete message.format;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message["public"] = value;
                            else
                                delete message["public"];
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message["private"] = value;
                            else
                                delete message["private"];
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
                            if (!$Object.is(value = reader.double(), 0))
                                message.createdAt = value;
                            else
                                delete message.createdAt;
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

            return SignedPreKey;
        })();

        records.KemPreKey = (function() {

            /**
             * Properties of a KemPreKey.
             * @typedef {Object} bisik.records.KemPreKey.$Properties
             * @property {number} [format] KemPreKey format
             * @property {Uint8Array} [secret] KemPreKey secret
             * @property {Uint8Array} [signature] KemPreKey signature
             * @property {number} [createdAt] KemPreKey createdAt
             * @property {boolean} [lastResort] KemPreKey lastResort
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a KemPreKey.
             * @memberof bisik.records
             * @interface IKemPreKey
             * @augments bisik.records.KemPreKey.$Properties
             * @deprecated Use bisik.records.KemPreKey.$Properties instead.
             */

            /**
             * Shape of a KemPreKey.
             * @typedef {bisik.records.KemPreKey.$Properties} bisik.records.KemPreKey.$Shape
             */

            /**
             * Constructs a new KemPreKey.
             * @memberof bisik.records
             * @classdesc Represents a KemPreKey.
             * @constructor
             * @param {bisik.records.KemPreKey.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const KemPreKey = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * KemPreKey format.
             * @member {number} format
             * @memberof bisik.records.KemPreKey
             * @instance
             */
            KemPreKey.prototype.format = 0;

            /**
             * KemPreKey secret.
             * @member {Uint8Array} secret
             * @memberof bisik.records.KemPreKey
             * @instance
             */
            KemPreKey.prototype.secret = $util.newBuffer([]);

            /**
             * KemPreKey signature.
             * @member {Uint8Array} signature
             * @memberof bisik.records.KemPreKey
             * @instance
             */
            KemPreKey.prototype.signature = $util.newBuffer([]);

            /**
             * KemPreKey createdAt.
             * @member {number} createdAt
             * @memberof bisik.records.KemPreKey
             * @instance
             */
            KemPreKey.prototype.createdAt = 0;

            /**
             * KemPreKey lastResort.
             * @member {boolean} lastResort
             * @memberof bisik.records.KemPreKey
             * @instance
             */
            KemPreKey.prototype.lastResort = false;

            /**
             * Encodes the specified KemPreKey message. Does not implicitly {@link bisik.records.KemPreKey.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.KemPreKey
             * @static
             * @param {bisik.records.KemPreKey.$Properties} message KemPreKey message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            KemPreKey.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.format);
                if (message.secret != null && $Object.hasOwnProperty.call(message, "secret") && message.secret.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.secret);
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.signature);
                if (message.createdAt != null && $Object.hasOwnProperty.call(message, "createdAt") && !$Object.is(message.createdAt, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.createdAt);
                if (message.lastResort != null && $Object.hasOwnProperty.call(message, "lastResort") && message.lastResort !== false)
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.lastResort);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a KemPreKey message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.KemPreKey
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.KemPreKey & bisik.records.KemPreKey.$Shape} KemPreKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            KemPreKey.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.KemPreKey();
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
                                message.format = value;
                            else
                                delete message.format;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.secret = value;
                            else
                                delete message.secret;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signature = value;
                            else
                                delete message.signature;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.createdAt = value;
                            else
                                delete message.createdAt;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.lastResort = value;
                            else
                                delete message.lastResort;
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

            return KemPreKey;
        })();

        records.Identity = (function() {

            /**
             * Properties of an Identity.
             * @typedef {Object} bisik.records.Identity.$Properties
             * @property {number} [format] Identity format
             * @property {Uint8Array} [key] Identity key
             * @property {number} [level] Identity level
             * @property {number} [unansweredSince] Identity unansweredSince
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Identity.
             * @memberof bisik.records
             * @interface IIdentity
             * @augments bisik.records.Identity.$Properties
             * @deprecated Use bisik.records.Identity.$Properties instead.
             */

            /**
             * Shape of an Identity.
             * @typedef {bisik.records.Identity.$Properties} bisik.records.Identity.$Shape
             */

            /**
             * Constructs a new Identity.
             * @memberof bisik.records
             * @classdesc Represents an Identity.
             * @constructor
             * @param {bisik.records.Identity.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Identity = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Identity format.
             * @member {number} format
             * @memberof bisik.records.Identity
             * @instance
             */
            Identity.prototype.format = 0;

            /**
             * Identity key.
             * @member {Uint8Array} key
             * @memberof bisik.records.Identity
             * @instance
             */
            Identity.prototype.key = $util.newBuffer([]);

            /**
             * Identity level.
             * @member {number} level
             * @memberof bisik.records.Identity
             * @instance
             */
            Identity.prototype.level = 0;

            /**
             * Identity unansweredSince.
             * @member {number} unansweredSince
             * @memberof bisik.records.Identity
             * @instance
             */
            Identity.prototype.unansweredSince = 0;

            /**
             * Encodes the specified Identity message. Does not implicitly {@link bisik.records.Identity.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.Identity
             * @static
             * @param {bisik.records.Identity.$Properties} message Identity message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Identity.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.format);
                if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.key);
                if (message.level != null && $Object.hasOwnProperty.call(message, "level") && message.level !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.level);
                if (message.unansweredSince != null && $Object.hasOwnProperty.call(message, "unansweredSince") && !$Object.is(message.unansweredSince, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.unansweredSince);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Identity message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.Identity
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.Identity & bisik.records.Identity.$Shape} Identity
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Identity.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.Identity();
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
                                message.format = value;
                            else
                                delete message.format;
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
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.level = value;
                            else
                                delete message.level;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.unansweredSince = value;
                            else
                                delete message.unansweredSince;
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

            return Identity;
        })();

        records.Unanswered = (function() {

            /**
             * Properties of an Unanswered.
             * @typedef {Object} bisik.records.Unanswered.$Properties
             * @property {number} [format] Unanswered format
             * @property {number} [keptKeys] Unanswered keptKeys
             * @property {number} [overAt] Unanswered overAt
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Unanswered.
             * @memberof bisik.records
             * @interface IUnanswered
             * @augments bisik.records.Unanswered.$Properties
             * @deprecated Use bisik.records.Unanswered.$Properties instead.
             */

            /**
             * Shape of an Unanswered.
             * @typedef {bisik.records.Unanswered.$Properties} bisik.records.Unanswered.$Shape
             */

            /**
             * Constructs a new Unanswered.
             * @memberof bisik.records
             * @classdesc Represents an Unanswered.
             * @constructor
             * @param {bisik.records.Unanswered.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Unanswered = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Unanswered format.
             * @member {number} format
             * @memberof bisik.records.Unanswered
             * @instance
             */
            Unanswered.prototype.format = 0;

            /**
             * Unanswered keptKeys.
             * @member {number} keptKeys
             * @memberof bisik.records.Unanswered
             * @instance
             */
            Unanswered.prototype.keptKeys = 0;

            /**
             * Unanswered overAt.
             * @member {number} overAt
             * @memberof bisik.records.Unanswered
             * @instance
             */
            Unanswered.prototype.overAt = 0;

            /**
             * Encodes the specified Unanswered message. Does not implicitly {@link bisik.records.Unanswered.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.Unanswered
             * @static
             * @param {bisik.records.Unanswered.$Properties} message Unanswered message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Unanswered.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.format);
                if (message.keptKeys != null && $Object.hasOwnProperty.call(message, "keptKeys") && message.keptKeys !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.keptKeys);
                if (message.overAt != null && $Object.hasOwnProperty.call(message, "overAt") && !$Object.is(message.overAt, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.overAt);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Unanswered message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.Unanswered
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.Unanswered & bisik.records.Unanswered.$Shape} Unanswered
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Unanswered.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.Unanswered();
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
                                message.format = value;
                            else
                                delete message.format;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.keptKeys = value;
                            else
                                delete message.keptKeys;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.overAt = value;
                            else
                                delete message.overAt;
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

            return Unanswered;
        })();

        records.Devices = (function() {

            /**
             * Properties of a Devices.
             * @typedef {Object} bisik.records.Devices.$Properties
             * @property {number} [format] Devices format
             * @property {Array.<number>} [devices] Devices devices
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Devices.
             * @memberof bisik.records
             * @interface IDevices
             * @augments bisik.records.Devices.$Properties
             * @deprecated Use bisik.records.Devices.$Properties instead.
             */

            /**
             * Shape of a Devices.
             * @typedef {bisik.records.Devices.$Properties} bisik.records.Devices.$Shape
             */

            /**
             * Constructs a new Devices.
             * @memberof bisik.records
             * @classdesc Represents a Devices.
             * @constructor
             * @param {bisik.records.Devices.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Devices = function (properties) {
                this.devices = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Devices format.
             * @member {number} format
             * @memberof bisik.records.Devices
             * @instance
             */
            Devices.prototype.format = 0;

            /**
             * Devices devices.
             * @member {Array.<number>} devices
             * @memberof bisik.records.Devices
             * @instance
             */
            Devices.prototype.devices = $util.emptyArray;

            /**
             * Encodes the specified Devices message. Does not implicitly {@link bisik.records.Devices.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.Devices
             * @static
             * @param {bisik.records.Devices.$Properties} message Devices message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Devices.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.format);
                if (message.devices != null && message.devices.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).uint32s(message.devices);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Devices message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.Devices
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.Devices & bisik.records.Devices.$Shape} Devices
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Devices.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.Devices();
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
                                message.format = value;
                            else
                                delete message.format;
                            continue;
                        }
                    case 2: {
                            if (wireType === 2) {
                                if (!(message.devices && message.devices.length))
                                    message.devices = [];
                                reader.uint32s(message.devices);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.devices && message.devices.length))
                                message.devices = [];
                            message.devices.push(reader.uint32());
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

            return Devices;
        })();

        records.Session = (function() {

            /**
             * Properties of a Session.
             * @typedef {Object} bisik.records.Session.$Properties
             * @property {number} [format] Session format
             * @property {number} [generation] Session generation
             * @property {number} [version] Session version
             * @property {Uint8Array} [remoteIdentity] Session remoteIdentity
             * @property {number} [remoteRegistrationId] Session remoteRegistrationId
             * @property {Uint8Array} [baseKey] Session baseKey
             * @property {boolean} [usedOneTimePreKey] Session usedOneTimePreKey
             * @property {bisik.records.PendingHandshake.$Properties} [pending] Session pending
             * @property {Uint8Array} [rootKey] Session rootKey
             * @property {Uint8Array} [sendingPublic] Session sendingPublic
             * @property {Uint8Array} [sendingPrivate] Session sendingPrivate
             * @property {Uint8Array} [sendingChainKey] Session sendingChainKey
             * @property {number} [sendingCounter] Session sendingCounter
             * @property {number} [previousCounter] Session previousCounter
             * @property {Array.<bisik.records.ReceivingChain.$Properties>} [receiving] Session receiving
             * @property {bisik.records.PqRatchet.$Properties} [pqRatchet] Session pqRatchet
             * @property {Uint8Array} [forgottenChains] Session forgottenChains
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Session.
             * @memberof bisik.records
             * @interface ISession
             * @augments bisik.records.Session.$Properties
             * @deprecated Use bisik.records.Session.$Properties instead.
             */

            /**
             * Shape of a Session.
             * @typedef {bisik.records.Session.$Properties} bisik.records.Session.$Shape
             */

            /**
             * Constructs a new Session.
             * @memberof bisik.records
             * @classdesc Represents a Session.
             * @constructor
             * @param {bisik.records.Session.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Session = function (properties) {
                this.receiving = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Session format.
             * @member {number} format
             * @memberof bisik.records.Session
             * @instance
             */
            Session.prototype.format = 0;

            /**
             * Session generation.
             * @member {number} generation
             * @memberof bisik.records.Session
             * @instance
             */
            Session.prototype.generation = 0;

            /**
             * Session version.
             * @member {number} version
             * @memberof bisik.records.Session
             * @instance
             */
            Session.prototype.version = 0;

            /**
             * Session remoteIdentity.
             * @member {Uint8Array} remoteIdentity
             * @memberof bisik.records.Session
             * @instance
             */
            Session.prototype.remoteIdentity = $util.newBuffer([]);

            /**
             * Session remoteRegistrationId.
             * @member {number} remoteRegistrationId
             * @memberof bisik.records.Session
             * @instance
             */
            Session.prototype.remoteRegistrationId = 0;

            /**
             * Session baseKey.
             * @member {Uint8Array} baseKey
             * @memberof bisik.records.Session
             * @instance
             */
            Session.prototype.baseKey = $util.newBuffer([]);

            /**
             * Session usedOneTimePreKey.
             * @member {boolean} usedOneTimePreKey
             * @memberof bisik.records.Session
             * @instance
             */
            Session.prototype.usedOneTimePreKey = false;

            /**
             * Session pending.
             * @member {bisik.records.PendingHandshake} pending
             * @memberof bisik.records.Session
             * @instance
             */
            Session.prototype.pending = null;

            /**
             * Session rootKey.
             * @member {Uint8Array} rootKey
             * @memberof bisik.records.Session
             * @instance
             */
            Session.prototype.rootKey = $util.newBuffer([]);

            /**
             * Session sendingPublic.
             * @member {Uint8Array} sendingPublic
             * @memberof bisik.records.Session
             * @instance
             */
            Session.prototype.sendingPublic = $util.newBuffer([]);

            /**
             * Session sendingPrivate.
             * @member {Uint8Array} sendingPrivate
             * @memberof bisik.records.Session
             * @instance
             */
            Session.prototype.sendingPrivate = $util.newBuffer([]);

            /**
             * Session sendingChainKey.
             * @member {Uint8Array} sendingChainKey
             * @memberof bisik.records.Session
             * @instance
             */
            Session.prototype.sendingChainKey = $util.newBuffer([]);

            /**
             * Session sendingCounter.
             * @member {number} sendingCounter
             * @memberof bisik.records.Session
             * @instance
             */
            Session.prototype.sendingCounter = 0;

            /**
             * Session previousCounter.
             * @member {number} previousCounter
             * @memberof bisik.records.Session
             * @instance
             */
            Session.prototype.previousCounter = 0;

            /**
             * Session receiving.
             * @member {Array.<bisik.records.ReceivingChain>} receiving
             * @memberof bisik.records.Session
             * @instance
             */
            Session.prototype.receiving = $util.emptyArray;

            /**
             * Session pqRatchet.
             * @member {bisik.records.PqRatchet} pqRatchet
             * @memberof bisik.records.Session
             * @instance
             */
            Session.prototype.pqRatchet = null;

            /**
             * Session forgottenChains.
             * @member {Uint8Array} forgottenChains
             * @memberof bisik.records.Session
             * @instance
             */
            Session.prototype.forgottenChains = $util.newBuffer([]);

            /**
             * Encodes the specified Session message. Does not implicitly {@link bisik.records.Session.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.Session
             * @static
             * @param {bisik.records.Session.$Properties} message Session message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Session.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.format);
                if (message.generation != null && $Object.hasOwnProperty.call(message, "generation") && message.generation !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.generation);
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.version);
                if (message.remoteIdentity != null && $Object.hasOwnProperty.call(message, "remoteIdentity") && message.remoteIdentity.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.remoteIdentity);
                if (message.remoteRegistrationId != null && $Object.hasOwnProperty.call(message, "remoteRegistrationId") && message.remoteRegistrationId !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.remoteRegistrationId);
                if (message.baseKey != null && $Object.hasOwnProperty.call(message, "baseKey") && message.baseKey.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.baseKey);
                if (message.usedOneTimePreKey != null && $Object.hasOwnProperty.call(message, "usedOneTimePreKey") && message.usedOneTimePreKey !== false)
                    writer.uint32(/* id 7, wireType 0 =*/56).bool(message.usedOneTimePreKey);
                if (message.pending != null && $Object.hasOwnProperty.call(message, "pending"))
                    $root.bisik.records.PendingHandshake.encode(message.pending, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.rootKey != null && $Object.hasOwnProperty.call(message, "rootKey") && message.rootKey.length)
                    writer.uint32(/* id 9, wireType 2 =*/74).bytes(message.rootKey);
                if (message.sendingPublic != null && $Object.hasOwnProperty.call(message, "sendingPublic") && message.sendingPublic.length)
                    writer.uint32(/* id 10, wireType 2 =*/82).bytes(message.sendingPublic);
                if (message.sendingPrivate != null && $Object.hasOwnProperty.call(message, "sendingPrivate") && message.sendingPrivate.length)
                    writer.uint32(/* id 11, wireType 2 =*/90).bytes(message.sendingPrivate);
                if (message.sendingChainKey != null && $Object.hasOwnProperty.call(message, "sendingChainKey") && message.sendingChainKey.length)
                    writer.uint32(/* id 12, wireType 2 =*/98).bytes(message.sendingChainKey);
                if (message.sendingCounter != null && $Object.hasOwnProperty.call(message, "sendingCounter") && message.sendingCounter !== 0)
                    writer.uint32(/* id 13, wireType 0 =*/104).uint32(message.sendingCounter);
                if (message.previousCounter != null && $Object.hasOwnProperty.call(message, "previousCounter") && message.previousCounter !== 0)
                    writer.uint32(/* id 14, wireType 0 =*/112).uint32(message.previousCounter);
                if (message.receiving != null && message.receiving.length)
                    for (let i = 0; i < message.receiving.length; ++i)
                        $root.bisik.records.ReceivingChain.encode(message.receiving[i], writer.uint32(/* id 15, wireType 2 =*/122).fork(), _depth + 1).ldelim();
                if (message.pqRatchet != null && $Object.hasOwnProperty.call(message, "pqRatchet"))
                    $root.bisik.records.PqRatchet.encode(message.pqRatchet, writer.uint32(/* id 16, wireType 2 =*/130).fork(), _depth + 1).ldelim();
                if (message.forgottenChains != null && $Object.hasOwnProperty.call(message, "forgottenChains") && message.forgottenChains.length)
                    writer.uint32(/* id 17, wireType 2 =*/138).bytes(message.forgottenChains);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Session message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.Session
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.Session & bisik.records.Session.$Shape} Session
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Session.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.Session();
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
                                message.format = value;
                            else
                                delete message.format;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.generation = value;
                            else
                                delete message.generation;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.remoteIdentity = value;
                            else
                                delete message.remoteIdentity;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.remoteRegistrationId = value;
                            else
                                delete message.remoteRegistrationId;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.baseKey = value;
                            else
                                delete message.baseKey;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.usedOneTimePreKey = value;
                            else
                                delete message.usedOneTimePreKey;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.pending = $root.bisik.records.PendingHandshake.decode(reader, reader.size(), $undefined, _depth + 1, message.pending);
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.rootKey = value;
                            else
                                delete message.rootKey;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sendingPublic = value;
                            else
                                delete message.sendingPublic;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sendingPrivate = value;
                            else
                                delete message.sendingPrivate;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sendingChainKey = value;
                            else
                                delete message.sendingChainKey;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.sendingCounter = value;
                            else
                                delete message.sendingCounter;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.previousCounter = value;
                            else
                                delete message.previousCounter;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            if (!(message.receiving && message.receiving.length))
                                message.receiving = [];
                            message.receiving.push($root.bisik.records.ReceivingChain.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 16: {
                            if (wireType !== 2)
                                break;
                            message.pqRatchet = $root.bisik.records.PqRatchet.decode(reader, reader.size(), $undefined, _depth + 1, message.pqRatchet);
                            continue;
                        }
                    case 17: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.forgottenChains = value;
                            else
                                delete message.forgottenChains;
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

            return Session;
        })();

        records.PqRatchet = (function() {

            /**
             * Properties of a PqRatchet.
             * @typedef {Object} bisik.records.PqRatchet.$Properties
             * @property {boolean} [initiator] PqRatchet initiator
             * @property {number} [maxForwardJump] PqRatchet maxForwardJump
             * @property {number} [maxSkippedKeys] PqRatchet maxSkippedKeys
             * @property {bisik.records.PqNegotiation.$Properties} [negotiation] PqRatchet negotiation
             * @property {bisik.records.PqChains.$Properties} [chains] PqRatchet chains
             * @property {bisik.records.Braid.$Properties} [braid] PqRatchet braid
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PqRatchet.
             * @memberof bisik.records
             * @interface IPqRatchet
             * @augments bisik.records.PqRatchet.$Properties
             * @deprecated Use bisik.records.PqRatchet.$Properties instead.
             */

            /**
             * Shape of a PqRatchet.
             * @typedef {bisik.records.PqRatchet.$Properties} bisik.records.PqRatchet.$Shape
             */

            /**
             * Constructs a new PqRatchet.
             * @memberof bisik.records
             * @classdesc Represents a PqRatchet.
             * @constructor
             * @param {bisik.records.PqRatchet.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PqRatchet = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PqRatchet initiator.
             * @member {boolean} initiator
             * @memberof bisik.records.PqRatchet
             * @instance
             */
            PqRatchet.prototype.initiator = false;

            /**
             * PqRatchet maxForwardJump.
             * @member {number} maxForwardJump
             * @memberof bisik.records.PqRatchet
             * @instance
             */
            PqRatchet.prototype.maxForwardJump = 0;

            /**
             * PqRatchet maxSkippedKeys.
             * @member {number} maxSkippedKeys
             * @memberof bisik.records.PqRatchet
             * @instance
             */
            PqRatchet.prototype.maxSkippedKeys = 0;

            /**
             * PqRatchet negotiation.
             * @member {bisik.records.PqNegotiation} negotiation
             * @memberof bisik.records.PqRatchet
             * @instance
             */
            PqRatchet.prototype.negotiation = null;

            /**
             * PqRatchet chains.
             * @member {bisik.records.PqChains} chains
             * @memberof bisik.records.PqRatchet
             * @instance
             */
            PqRatchet.prototype.chains = null;

            /**
             * PqRatchet braid.
             * @member {bisik.records.Braid} braid
             * @memberof bisik.records.PqRatchet
             * @instance
             */
            PqRatchet.prototype.braid = null;

            /**
             * Encodes the specified PqRatchet message. Does not implicitly {@link bisik.records.PqRatchet.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.PqRatchet
             * @static
             * @param {bisik.records.PqRatchet.$Properties} message PqRatchet message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PqRatchet.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.initiator != null && $Object.hasOwnProperty.call(message, "initiator") && message.initiator !== false)
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.initiator);
                if (message.maxForwardJump != null && $Object.hasOwnProperty.call(message, "maxForwardJump") && message.maxForwardJump !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.maxForwardJump);
                if (message.maxSkippedKeys != null && $Object.hasOwnProperty.call(message, "maxSkippedKeys") && message.maxSkippedKeys !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.maxSkippedKeys);
                if (message.negotiation != null && $Object.hasOwnProperty.call(message, "negotiation"))
                    $root.bisik.records.PqNegotiation.encode(message.negotiation, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.chains != null && $Object.hasOwnProperty.call(message, "chains"))
                    $root.bisik.records.PqChains.encode(message.chains, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.braid != null && $Object.hasOwnProperty.call(message, "braid"))
                    $root.bisik.records.Braid.encode(message.braid, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PqRatchet message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.PqRatchet
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.PqRatchet & bisik.records.PqRatchet.$Shape} PqRatchet
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PqRatchet.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.PqRatchet();
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
                            if (value = reader.bool())
                                message.initiator = value;
                            else
                                delete message.initiator;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.maxForwardJump = value;
                            else
                                delete message.maxForwardJump;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.maxSkippedKeys = value;
                            else
                                delete message.maxSkippedKeys;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.negotiation = $root.bisik.records.PqNegotiation.decode(reader, reader.size(), $undefined, _depth + 1, message.negotiation);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.chains = $root.bisik.records.PqChains.decode(reader, reader.size(), $undefined, _depth + 1, message.chains);
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.braid = $root.bisik.records.Braid.decode(reader, reader.size(), $undefined, _depth + 1, message.braid);
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

            return PqRatchet;
        })();

        records.PqNegotiation = (function() {

            /**
             * Properties of a PqNegotiation.
             * @typedef {Object} bisik.records.PqNegotiation.$Properties
             * @property {number} [minVersion] PqNegotiation minVersion
             * @property {Uint8Array} [authKey] PqNegotiation authKey
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PqNegotiation.
             * @memberof bisik.records
             * @interface IPqNegotiation
             * @augments bisik.records.PqNegotiation.$Properties
             * @deprecated Use bisik.records.PqNegotiation.$Properties instead.
             */

            /**
             * Shape of a PqNegotiation.
             * @typedef {bisik.records.PqNegotiation.$Properties} bisik.records.PqNegotiation.$Shape
             */

            /**
             * Constructs a new PqNegotiation.
             * @memberof bisik.records
             * @classdesc Represents a PqNegotiation.
             * @constructor
             * @param {bisik.records.PqNegotiation.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PqNegotiation = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PqNegotiation minVersion.
             * @member {number} minVersion
             * @memberof bisik.records.PqNegotiation
             * @instance
             */
            PqNegotiation.prototype.minVersion = 0;

            /**
             * PqNegotiation authKey.
             * @member {Uint8Array} authKey
             * @memberof bisik.records.PqNegotiation
             * @instance
             */
            PqNegotiation.prototype.authKey = $util.newBuffer([]);

            /**
             * Encodes the specified PqNegotiation message. Does not implicitly {@link bisik.records.PqNegotiation.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.PqNegotiation
             * @static
             * @param {bisik.records.PqNegotiation.$Properties} message PqNegotiation message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PqNegotiation.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.minVersion != null && $Object.hasOwnProperty.call(message, "minVersion") && message.minVersion !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.minVersion);
                if (message.authKey != null && $Object.hasOwnProperty.call(message, "authKey") && message.authKey.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.authKey);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PqNegotiation message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.PqNegotiation
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.PqNegotiation & bisik.records.PqNegotiation.$Shape} PqNegotiation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PqNegotiation.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.PqNegotiation();
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
                                message.minVersion = value;
                            else
                                delete message.minVersion;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.authKey = value;
                            else
                                delete message.authKey;
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

            return PqNegotiation;
        })();

        records.PqChains = (function() {

            /**
             * Properties of a PqChains.
             * @typedef {Object} bisik.records.PqChains.$Properties
             * @property {number} [currentEpoch] PqChains currentEpoch
             * @property {number} [sendEpoch] PqChains sendEpoch
             * @property {Uint8Array} [nextRoot] PqChains nextRoot
             * @property {Array.<bisik.records.PqLink.$Properties>} [links] PqChains links
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PqChains.
             * @memberof bisik.records
             * @interface IPqChains
             * @augments bisik.records.PqChains.$Properties
             * @deprecated Use bisik.records.PqChains.$Properties instead.
             */

            /**
             * Shape of a PqChains.
             * @typedef {bisik.records.PqChains.$Properties} bisik.records.PqChains.$Shape
             */

            /**
             * Constructs a new PqChains.
             * @memberof bisik.records
             * @classdesc Represents a PqChains.
             * @constructor
             * @param {bisik.records.PqChains.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PqChains = function (properties) {
                this.links = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PqChains currentEpoch.
             * @member {number} currentEpoch
             * @memberof bisik.records.PqChains
             * @instance
             */
            PqChains.prototype.currentEpoch = 0;

            /**
             * PqChains sendEpoch.
             * @member {number} sendEpoch
             * @memberof bisik.records.PqChains
             * @instance
             */
            PqChains.prototype.sendEpoch = 0;

            /**
             * PqChains nextRoot.
             * @member {Uint8Array} nextRoot
             * @memberof bisik.records.PqChains
             * @instance
             */
            PqChains.prototype.nextRoot = $util.newBuffer([]);

            /**
             * PqChains links.
             * @member {Array.<bisik.records.PqLink>} links
             * @memberof bisik.records.PqChains
             * @instance
             */
            PqChains.prototype.links = $util.emptyArray;

            /**
             * Encodes the specified PqChains message. Does not implicitly {@link bisik.records.PqChains.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.PqChains
             * @static
             * @param {bisik.records.PqChains.$Properties} message PqChains message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PqChains.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.currentEpoch != null && $Object.hasOwnProperty.call(message, "currentEpoch") && message.currentEpoch !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.currentEpoch);
                if (message.sendEpoch != null && $Object.hasOwnProperty.call(message, "sendEpoch") && message.sendEpoch !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.sendEpoch);
                if (message.nextRoot != null && $Object.hasOwnProperty.call(message, "nextRoot") && message.nextRoot.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.nextRoot);
                if (message.links != null && message.links.length)
                    for (let i = 0; i < message.links.length; ++i)
                        $root.bisik.records.PqLink.encode(message.links[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PqChains message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.PqChains
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.PqChains & bisik.records.PqChains.$Shape} PqChains
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PqChains.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.PqChains();
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
                                message.currentEpoch = value;
                            else
                                delete message.currentEpoch;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.sendEpoch = value;
                            else
                                delete message.sendEpoch;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.nextRoot = value;
                            else
                                delete message.nextRoot;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.links && message.links.length))
                                message.links = [];
                            message.links.push($root.bisik.records.PqLink.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return PqChains;
        })();

        records.PqLink = (function() {

            /**
             * Properties of a PqLink.
             * @typedef {Object} bisik.records.PqLink.$Properties
             * @property {number} [sendingCounter] PqLink sendingCounter
             * @property {Uint8Array|null} [sendingKey] PqLink sendingKey
             * @property {number} [receivingCounter] PqLink receivingCounter
             * @property {Uint8Array} [receivingKey] PqLink receivingKey
             * @property {number} [lastSkipped] PqLink lastSkipped
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PqLink.
             * @memberof bisik.records
             * @interface IPqLink
             * @augments bisik.records.PqLink.$Properties
             * @deprecated Use bisik.records.PqLink.$Properties instead.
             */

            /**
             * Shape of a PqLink.
             * @typedef {bisik.records.PqLink.$Properties} bisik.records.PqLink.$Shape
             */

            /**
             * Constructs a new PqLink.
             * @memberof bisik.records
             * @classdesc Represents a PqLink.
             * @constructor
             * @param {bisik.records.PqLink.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PqLink = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PqLink sendingCounter.
             * @member {number} sendingCounter
             * @memberof bisik.records.PqLink
             * @instance
             */
            PqLink.prototype.sendingCounter = 0;

            /**
             * PqLink sendingKey.
             * @member {Uint8Array|null} sendingKey
             * @memberof bisik.records.PqLink
             * @instance
             */
            PqLink.prototype.sendingKey = null;

            /**
             * PqLink receivingCounter.
             * @member {number} receivingCounter
             * @memberof bisik.records.PqLink
             * @instance
             */
            PqLink.prototype.receivingCounter = 0;

            /**
             * PqLink receivingKey.
             * @member {Uint8Array} receivingKey
             * @memberof bisik.records.PqLink
             * @instance
             */
            PqLink.prototype.receivingKey = $util.newBuffer([]);

            /**
             * PqLink lastSkipped.
             * @member {number} lastSkipped
             * @memberof bisik.records.PqLink
             * @instance
             */
            PqLink.prototype.lastSkipped = 0;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(PqLink.prototype, "_sendingKey", {
                get: $util.oneOfGetter($oneOfFields = ["sendingKey"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified PqLink message. Does not implicitly {@link bisik.records.PqLink.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.PqLink
             * @static
             * @param {bisik.records.PqLink.$Properties} message PqLink message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PqLink.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sendingCounter != null && $Object.hasOwnProperty.call(message, "sendingCounter") && message.sendingCounter !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.sendingCounter);
                if (message.sendingKey != null && $Object.hasOwnProperty.call(message, "sendingKey"))
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.sendingKey);
                if (message.receivingCounter != null && $Object.hasOwnProperty.call(message, "receivingCounter") && message.receivingCounter !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.receivingCounter);
                if (message.receivingKey != null && $Object.hasOwnProperty.call(message, "receivingKey") && message.receivingKey.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.receivingKey);
                if (message.lastSkipped != null && $Object.hasOwnProperty.call(message, "lastSkipped") && message.lastSkipped !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.lastSkipped);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PqLink message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.PqLink
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.PqLink & bisik.records.PqLink.$Shape} PqLink
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PqLink.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.PqLink();
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
                                message.sendingCounter = value;
                            else
                                delete message.sendingCounter;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.sendingKey = reader.bytes();
                            message._sendingKey = "sendingKey";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.receivingCounter = value;
                            else
                                delete message.receivingCounter;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.receivingKey = value;
                            else
                                delete message.receivingKey;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.lastSkipped = value;
                            else
                                delete message.lastSkipped;
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

            return PqLink;
        })();

        records.Braid = (function() {

            /**
             * Properties of a Braid.
             * @typedef {Object} bisik.records.Braid.$Properties
             * @property {number} [state] Braid state
             * @property {number} [epoch] Braid epoch
             * @property {Uint8Array} [auth] Braid auth
             * @property {Uint8Array} [dk] Braid dk
             * @property {Uint8Array} [sending] Braid sending
             * @property {number} [sent] Braid sent
             * @property {Uint8Array} [chunks] Braid chunks
             * @property {Uint8Array} [ct1] Braid ct1
             * @property {Uint8Array} [header] Braid header
             * @property {Uint8Array} [randomness] Braid randomness
             * @property {Uint8Array} [expanded] Braid expanded
             * @property {Uint8Array} [ek] Braid ek
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Braid.
             * @memberof bisik.records
             * @interface IBraid
             * @augments bisik.records.Braid.$Properties
             * @deprecated Use bisik.records.Braid.$Properties instead.
             */

            /**
             * Shape of a Braid.
             * @typedef {bisik.records.Braid.$Properties} bisik.records.Braid.$Shape
             */

            /**
             * Constructs a new Braid.
             * @memberof bisik.records
             * @classdesc Represents a Braid.
             * @constructor
             * @param {bisik.records.Braid.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Braid = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Braid state.
             * @member {number} state
             * @memberof bisik.records.Braid
             * @instance
             */
            Braid.prototype.state = 0;

            /**
             * Braid epoch.
             * @member {number} epoch
             * @memberof bisik.records.Braid
             * @instance
             */
            Braid.prototype.epoch = 0;

            /**
             * Braid auth.
             * @member {Uint8Array} auth
             * @memberof bisik.records.Braid
             * @instance
             */
            Braid.prototype.auth = $util.newBuffer([]);

            /**
             * Braid dk.
             * @member {Uint8Array} dk
             * @memberof bisik.records.Braid
             * @instance
             */
            Braid.prototype.dk = $util.newBuffer([]);

            /**
             * Braid sending.
             * @member {Uint8Array} sending
             * @memberof bisik.records.Braid
             * @instance
             */
            Braid.prototype.sending = $util.newBuffer([]);

            /**
             * Braid sent.
             * @member {number} sent
             * @memberof bisik.records.Braid
             * @instance
             */
            Braid.prototype.sent = 0;

            /**
             * Braid chunks.
             * @member {Uint8Array} chunks
             * @memberof bisik.records.Braid
             * @instance
             */
            Braid.prototype.chunks = $util.newBuffer([]);

            /**
             * Braid ct1.
             * @member {Uint8Array} ct1
             * @memberof bisik.records.Braid
             * @instance
             */
            Braid.prototype.ct1 = $util.newBuffer([]);

            /**
             * Braid header.
             * @member {Uint8Array} header
             * @memberof bisik.records.Braid
             * @instance
             */
            Braid.prototype.header = $util.newBuffer([]);

            /**
             * Braid randomness.
             * @member {Uint8Array} randomness
             * @memberof bisik.records.Braid
             * @instance
             */
            Braid.prototype.randomness = $util.newBuffer([]);

            /**
             * Braid expanded.
             * @member {Uint8Array} expanded
             * @memberof bisik.records.Braid
             * @instance
             */
            Braid.prototype.expanded = $util.newBuffer([]);

            /**
             * Braid ek.
             * @member {Uint8Array} ek
             * @memberof bisik.records.Braid
             * @instance
             */
            Braid.prototype.ek = $util.newBuffer([]);

            /**
             * Encodes the specified Braid message. Does not implicitly {@link bisik.records.Braid.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.Braid
             * @static
             * @param {bisik.records.Braid.$Properties} message Braid message or plain object to encode
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
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.state);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && message.epoch !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.epoch);
                if (message.auth != null && $Object.hasOwnProperty.call(message, "auth") && message.auth.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.auth);
                if (message.dk != null && $Object.hasOwnProperty.call(message, "dk") && message.dk.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.dk);
                if (message.sending != null && $Object.hasOwnProperty.call(message, "sending") && message.sending.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.sending);
                if (message.sent != null && $Object.hasOwnProperty.call(message, "sent") && message.sent !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.sent);
                if (message.chunks != null && $Object.hasOwnProperty.call(message, "chunks") && message.chunks.length)
                    writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.chunks);
                if (message.ct1 != null && $Object.hasOwnProperty.call(message, "ct1") && message.ct1.length)
                    writer.uint32(/* id 8, wireType 2 =*/66).bytes(message.ct1);
                if (message.header != null && $Object.hasOwnProperty.call(message, "header") && message.header.length)
                    writer.uint32(/* id 9, wireType 2 =*/74).bytes(message.header);
                if (message.randomness != null && $Object.hasOwnProperty.call(message, "randomness") && message.randomness.length)
                    writer.uint32(/* id 10, wireType 2 =*/82).bytes(message.randomness);
                if (message.expanded != null && $Object.hasOwnProperty.call(message, "expanded") && message.expanded.length)
                    writer.uint32(/* id 11, wireType 2 =*/90).bytes(message.expanded);
                if (message.ek != null && $Object.hasOwnProperty.call(message, "ek") && message.ek.length)
                    writer.uint32(/* id 12, wireType 2 =*/98).bytes(message.ek);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Braid message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.Braid
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.Braid & bisik.records.Braid.$Shape} Braid
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
                message = _target || new $root.bisik.records.Braid();
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
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.auth = value;
                            else
                                delete message.auth;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.dk = value;
                            else
                                delete message.dk;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sending = value;
                            else
                                delete message.sending;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.sent = value;
                            else
                                delete message.sent;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.chunks = value;
                            else
                                delete message.chunks;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.ct1 = value;
                            else
                                delete message.ct1;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.header = value;
                            else
                                delete message.header;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.randomness = value;
                            else
                                delete message.randomness;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.expanded = value;
                            else
                                delete message.expanded;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.ek = value;
                            else
                                delete message.ek;
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

        records.PendingHandshake = (function() {

            /**
             * Properties of a PendingHandshake.
             * @typedef {Object} bisik.records.PendingHandshake.$Properties
             * @property {number|null} [oneTimePreKeyId] PendingHandshake oneTimePreKeyId
             * @property {number} [signedPreKeyId] PendingHandshake signedPreKeyId
             * @property {number|null} [kemPreKeyId] PendingHandshake kemPreKeyId
             * @property {Uint8Array} [kemCiphertext] PendingHandshake kemCiphertext
             * @property {number} [createdAt] PendingHandshake createdAt
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PendingHandshake.
             * @memberof bisik.records
             * @interface IPendingHandshake
             * @augments bisik.records.PendingHandshake.$Properties
             * @deprecated Use bisik.records.PendingHandshake.$Properties instead.
             */

            /**
             * Shape of a PendingHandshake.
             * @typedef {bisik.records.PendingHandshake.$Properties} bisik.records.PendingHandshake.$Shape
             */

            /**
             * Constructs a new PendingHandshake.
             * @memberof bisik.records
             * @classdesc Represents a PendingHandshake.
             * @constructor
             * @param {bisik.records.PendingHandshake.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PendingHandshake = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PendingHandshake oneTimePreKeyId.
             * @member {number|null} oneTimePreKeyId
             * @memberof bisik.records.PendingHandshake
             * @instance
             */
            PendingHandshake.prototype.oneTimePreKeyId = null;

            /**
             * PendingHandshake signedPreKeyId.
             * @member {number} signedPreKeyId
             * @memberof bisik.records.PendingHandshake
             * @instance
             */
            PendingHandshake.prototype.signedPreKeyId = 0;

            /**
             * PendingHandshake kemPreKeyId.
             * @member {number|null} kemPreKeyId
             * @memberof bisik.records.PendingHandshake
             * @instance
             */
            PendingHandshake.prototype.kemPreKeyId = null;

            /**
             * PendingHandshake kemCiphertext.
             * @member {Uint8Array} kemCiphertext
             * @memberof bisik.records.PendingHandshake
             * @instance
             */
            PendingHandshake.prototype.kemCiphertext = $util.newBuffer([]);

            /**
             * PendingHandshake createdAt.
             * @member {number} createdAt
             * @memberof bisik.records.PendingHandshake
             * @instance
             */
            PendingHandshake.prototype.createdAt = 0;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(PendingHandshake.prototype, "_oneTimePreKeyId", {
                get: $util.oneOfGetter($oneOfFields = ["oneTimePreKeyId"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(PendingHandshake.prototype, "_kemPreKeyId", {
                get: $util.oneOfGetter($oneOfFields = ["kemPreKeyId"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified PendingHandshake message. Does not implicitly {@link bisik.records.PendingHandshake.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.PendingHandshake
             * @static
             * @param {bisik.records.PendingHandshake.$Properties} message PendingHandshake message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PendingHandshake.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.oneTimePreKeyId != null && $Object.hasOwnProperty.call(message, "oneTimePreKeyId"))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.oneTimePreKeyId);
                if (message.signedPreKeyId != null && $Object.hasOwnProperty.call(message, "signedPreKeyId") && message.signedPreKeyId !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.signedPreKeyId);
                if (message.kemPreKeyId != null && $Object.hasOwnProperty.call(message, "kemPreKeyId"))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.kemPreKeyId);
                if (message.kemCiphertext != null && $Object.hasOwnProperty.call(message, "kemCiphertext") && message.kemCiphertext.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.kemCiphertext);
                if (message.createdAt != null && $Object.hasOwnProperty.call(message, "createdAt") && !$Object.is(message.createdAt, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.createdAt);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PendingHandshake message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.PendingHandshake
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.PendingHandshake & bisik.records.PendingHandshake.$Shape} PendingHandshake
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PendingHandshake.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.PendingHandshake();
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
                            message.oneTimePreKeyId = reader.uint32();
                            message._oneTimePreKeyId = "oneTimePreKeyId";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.signedPreKeyId = value;
                            else
                                delete message.signedPreKeyId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.kemPreKeyId = reader.uint32();
                            message._kemPreKeyId = "kemPreKeyId";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.kemCiphertext = value;
                            else
                                delete message.kemCiphertext;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.createdAt = value;
                            else
                                delete message.createdAt;
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

            return PendingHandshake;
        })();

        records.ReceivingChain = (function() {

            /**
             * Properties of a ReceivingChain.
             * @typedef {Object} bisik.records.ReceivingChain.$Properties
             * @property {Uint8Array} [ratchetKey] ReceivingChain ratchetKey
             * @property {Uint8Array} [chainKey] ReceivingChain chainKey
             * @property {number} [counter] ReceivingChain counter
             * @property {number} [skippedEnd] ReceivingChain skippedEnd
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ReceivingChain.
             * @memberof bisik.records
             * @interface IReceivingChain
             * @augments bisik.records.ReceivingChain.$Properties
             * @deprecated Use bisik.records.ReceivingChain.$Properties instead.
             */

            /**
             * Shape of a ReceivingChain.
             * @typedef {bisik.records.ReceivingChain.$Properties} bisik.records.ReceivingChain.$Shape
             */

            /**
             * Constructs a new ReceivingChain.
             * @memberof bisik.records
             * @classdesc Represents a ReceivingChain.
             * @constructor
             * @param {bisik.records.ReceivingChain.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ReceivingChain = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ReceivingChain ratchetKey.
             * @member {Uint8Array} ratchetKey
             * @memberof bisik.records.ReceivingChain
             * @instance
             */
            ReceivingChain.prototype.ratchetKey = $util.newBuffer([]);

            /**
             * ReceivingChain chainKey.
             * @member {Uint8Array} chainKey
             * @memberof bisik.records.ReceivingChain
             * @instance
             */
            ReceivingChain.prototype.chainKey = $util.newBuffer([]);

            /**
             * ReceivingChain counter.
             * @member {number} counter
             * @memberof bisik.records.ReceivingChain
             * @instance
             */
            ReceivingChain.prototype.counter = 0;

            /**
             * ReceivingChain skippedEnd.
             * @member {number} skippedEnd
             * @memberof bisik.records.ReceivingChain
             * @instance
             */
            ReceivingChain.prototype.skippedEnd = 0;

            /**
             * Encodes the specified ReceivingChain message. Does not implicitly {@link bisik.records.ReceivingChain.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.ReceivingChain
             * @static
             * @param {bisik.records.ReceivingChain.$Properties} message ReceivingChain message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ReceivingChain.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.ratchetKey != null && $Object.hasOwnProperty.call(message, "ratchetKey") && message.ratchetKey.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.ratchetKey);
                if (message.chainKey != null && $Object.hasOwnProperty.call(message, "chainKey") && message.chainKey.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.chainKey);
                if (message.counter != null && $Object.hasOwnProperty.call(message, "counter") && message.counter !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.counter);
                if (message.skippedEnd != null && $Object.hasOwnProperty.call(message, "skippedEnd") && message.skippedEnd !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.skippedEnd);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ReceivingChain message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.ReceivingChain
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.ReceivingChain & bisik.records.ReceivingChain.$Shape} ReceivingChain
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ReceivingChain.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.ReceivingChain();
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
                                message.ratchetKey = value;
                            else
                                delete message.ratchetKey;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.chainKey = value;
                            else
                                delete message.chainKey;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.counter = value;
                            else
                                delete message.counter;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.skippedEnd = value;
                            else
                                delete message.skippedEnd;
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

            return ReceivingChain;
        })();

        records.Names = (function() {

            /**
             * Properties of a Names.
             * @typedef {Object} bisik.records.Names.$Properties
             * @property {number} [format] Names format
             * @property {Array.<string>} [names] Names names
             * @property {Array.<number>} [times] Names times
             * @property {Array.<number>} [counts] Names counts
             * @property {Array.<number>} [overAt] Names overAt
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Names.
             * @memberof bisik.records
             * @interface INames
             * @augments bisik.records.Names.$Properties
             * @deprecated Use bisik.records.Names.$Properties instead.
             */

            /**
             * Shape of a Names.
             * @typedef {bisik.records.Names.$Properties} bisik.records.Names.$Shape
             */

            /**
             * Constructs a new Names.
             * @memberof bisik.records
             * @classdesc Represents a Names.
             * @constructor
             * @param {bisik.records.Names.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Names = function (properties) {
                this.names = [];
                this.times = [];
                this.counts = [];
                this.overAt = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Names format.
             * @member {number} format
             * @memberof bisik.records.Names
             * @instance
             */
            Names.prototype.format = 0;

            /**
             * Names names.
             * @member {Array.<string>} names
             * @memberof bisik.records.Names
             * @instance
             */
            Names.prototype.names = $util.emptyArray;

            /**
             * Names times.
             * @member {Array.<number>} times
             * @memberof bisik.records.Names
             * @instance
             */
            Names.prototype.times = $util.emptyArray;

            /**
             * Names counts.
             * @member {Array.<number>} counts
             * @memberof bisik.records.Names
             * @instance
             */
            Names.prototype.counts = $util.emptyArray;

            /**
             * Names overAt.
             * @member {Array.<number>} overAt
             * @memberof bisik.records.Names
             * @instance
             */
            Names.prototype.overAt = $util.emptyArray;

            /**
             * Encodes the specified Names message. Does not implicitly {@link bisik.records.Names.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.Names
             * @static
             * @param {bisik.records.Names.$Properties} message Names message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Names.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.format);
                if (message.names != null && message.names.length)
                    for (let i = 0; i < message.names.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.names[i]);
                if (message.times != null && message.times.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).doubles(message.times);
                if (message.counts != null && message.counts.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).uint32s(message.counts);
                if (message.overAt != null && message.overAt.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).doubles(message.overAt);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Names message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.Names
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.Names & bisik.records.Names.$Shape} Names
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Names.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.Names();
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
                                message.format = value;
                            else
                                delete message.format;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.names && message.names.length))
                                message.names = [];
                            message.names.push(reader.stringVerify());
                            continue;
                        }
                    case 3: {
                            if (wireType === 2) {
                                if (!(message.times && message.times.length))
                                    message.times = [];
                                reader.doubles(message.times);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.times && message.times.length))
                                message.times = [];
                            message.times.push(reader.double());
                            continue;
                        }
                    case 4: {
                            if (wireType === 2) {
                                if (!(message.counts && message.counts.length))
                                    message.counts = [];
                                reader.uint32s(message.counts);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.counts && message.counts.length))
                                message.counts = [];
                            message.counts.push(reader.uint32());
                            continue;
                        }
                    case 5: {
                            if (wireType === 2) {
                                if (!(message.overAt && message.overAt.length))
                                    message.overAt = [];
                                reader.doubles(message.overAt);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.overAt && message.overAt.length))
                                message.overAt = [];
                            message.overAt.push(reader.double());
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

            return Names;
        })();

        records.Ledger = (function() {

            /**
             * Properties of a Ledger.
             * @typedef {Object} bisik.records.Ledger.$Properties
             * @property {number} [format] Ledger format
             * @property {number} [entries] Ledger entries
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Ledger.
             * @memberof bisik.records
             * @interface ILedger
             * @augments bisik.records.Ledger.$Properties
             * @deprecated Use bisik.records.Ledger.$Properties instead.
             */

            /**
             * Shape of a Ledger.
             * @typedef {bisik.records.Ledger.$Properties} bisik.records.Ledger.$Shape
             */

            /**
             * Constructs a new Ledger.
             * @memberof bisik.records
             * @classdesc Represents a Ledger.
             * @constructor
             * @param {bisik.records.Ledger.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Ledger = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Ledger format.
             * @member {number} format
             * @memberof bisik.records.Ledger
             * @instance
             */
            Ledger.prototype.format = 0;

            /**
             * Ledger entries.
             * @member {number} entries
             * @memberof bisik.records.Ledger
             * @instance
             */
            Ledger.prototype.entries = 0;

            /**
             * Encodes the specified Ledger message. Does not implicitly {@link bisik.records.Ledger.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.Ledger
             * @static
             * @param {bisik.records.Ledger.$Properties} message Ledger message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Ledger.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.format);
                if (message.entries != null && $Object.hasOwnProperty.call(message, "entries") && message.entries !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.entries);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Ledger message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.Ledger
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.Ledger & bisik.records.Ledger.$Shape} Ledger
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Ledger.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.Ledger();
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
                                message.format = value;
                            else
                                delete message.format;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.entries = value;
                            else
                                delete message.entries;
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

            return Ledger;
        })();

        records.SenderKey = (function() {

            /**
             * Properties of a SenderKey.
             * @typedef {Object} bisik.records.SenderKey.$Properties
             * @property {number} [format] SenderKey format
             * @property {number} [generation] SenderKey generation
             * @property {string} [user] SenderKey user
             * @property {number} [device] SenderKey device
             * @property {Uint8Array} [identity] SenderKey identity
             * @property {Array.<bisik.records.SenderKeyChain.$Properties>} [chains] SenderKey chains
             * @property {number} [counted] SenderKey counted
             * @property {Array.<number>} [oldNames] SenderKey oldNames
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SenderKey.
             * @memberof bisik.records
             * @interface ISenderKey
             * @augments bisik.records.SenderKey.$Properties
             * @deprecated Use bisik.records.SenderKey.$Properties instead.
             */

            /**
             * Shape of a SenderKey.
             * @typedef {bisik.records.SenderKey.$Properties} bisik.records.SenderKey.$Shape
             */

            /**
             * Constructs a new SenderKey.
             * @memberof bisik.records
             * @classdesc Represents a SenderKey.
             * @constructor
             * @param {bisik.records.SenderKey.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SenderKey = function (properties) {
                this.chains = [];
                this.oldNames = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SenderKey format.
             * @member {number} format
             * @memberof bisik.records.SenderKey
             * @instance
             */
            SenderKey.prototype.format = 0;

            /**
             * SenderKey generation.
             * @member {number} generation
             * @memberof bisik.records.SenderKey
             * @instance
             */
            SenderKey.prototype.generation = 0;

            /**
             * SenderKey user.
             * @member {string} user
             * @memberof bisik.records.SenderKey
             * @instance
             */
            SenderKey.prototype.user = "";

            /**
             * SenderKey device.
             * @member {number} device
             * @memberof bisik.records.SenderKey
             * @instance
             */
            SenderKey.prototype.device = 0;

            /**
             * SenderKey identity.
             * @member {Uint8Array} identity
             * @memberof bisik.records.SenderKey
             * @instance
             */
            SenderKey.prototype.identity = $util.newBuffer([]);

            /**
             * SenderKey chains.
             * @member {Array.<bisik.records.SenderKeyChain>} chains
             * @memberof bisik.records.SenderKey
             * @instance
             */
            SenderKey.prototype.chains = $util.emptyArray;

            /**
             * SenderKey counted.
             * @member {number} counted
             * @memberof bisik.records.SenderKey
             * @instance
             */
            SenderKey.prototype.counted = 0;

            /**
             * SenderKey oldNames.
             * @member {Array.<number>} oldNames
             * @memberof bisik.records.SenderKey
             * @instance
             */
            SenderKey.prototype.oldNames = $util.emptyArray;

            /**
             * Encodes the specified SenderKey message. Does not implicitly {@link bisik.records.SenderKey.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.SenderKey
             * @static
             * @param {bisik.records.SenderKey.$Properties} message SenderKey message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SenderKey.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.format);
                if (message.generation != null && $Object.hasOwnProperty.call(message, "generation") && message.generation !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.generation);
                if (message.user != null && $Object.hasOwnProperty.call(message, "user") && message.user !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.user);
                if (message.device != null && $Object.hasOwnProperty.call(message, "device") && message.device !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.device);
                if (message.identity != null && $Object.hasOwnProperty.call(message, "identity") && message.identity.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.identity);
                if (message.chains != null && message.chains.length)
                    for (let i = 0; i < message.chains.length; ++i)
                        $root.bisik.records.SenderKeyChain.encode(message.chains[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.counted != null && $Object.hasOwnProperty.call(message, "counted") && message.counted !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.counted);
                if (message.oldNames != null && message.oldNames.length)
                    writer.uint32(/* id 8, wireType 2 =*/66).uint32s(message.oldNames);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SenderKey message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.SenderKey
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.SenderKey & bisik.records.SenderKey.$Shape} SenderKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SenderKey.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.SenderKey();
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
                                message.format = value;
                            else
                                delete message.format;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.generation = value;
                            else
                                delete message.generation;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.user = value;
                            else
                                delete message.user;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.device = value;
                            else
                                delete message.device;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.identity = value;
                            else
                                delete message.identity;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.chains && message.chains.length))
                                message.chains = [];
                            message.chains.push($root.bisik.records.SenderKeyChain.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.counted = value;
                            else
                                delete message.counted;
                            continue;
                        }
                    case 8: {
                            if (wireType === 2) {
                                if (!(message.oldNames && message.oldNames.length))
                                    message.oldNames = [];
                                reader.uint32s(message.oldNames);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.oldNames && message.oldNames.length))
                                message.oldNames = [];
                            message.oldNames.push(reader.uint32());
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

            return SenderKey;
        })();

        records.SenderKeyChain = (function() {

            /**
             * Properties of a SenderKeyChain.
             * @typedef {Object} bisik.records.SenderKeyChain.$Properties
             * @property {number} [chainId] SenderKeyChain chainId
             * @property {Uint8Array} [chainKey] SenderKeyChain chainKey
             * @property {number} [iteration] SenderKeyChain iteration
             * @property {Uint8Array} [signingPublic] SenderKeyChain signingPublic
             * @property {Uint8Array|null} [signingSeed] SenderKeyChain signingSeed
             * @property {Uint8Array|null} [signingPrivate] SenderKeyChain signingPrivate
             * @property {number} [skipped] SenderKeyChain skipped
             * @property {number|null} [first] SenderKeyChain first
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SenderKeyChain.
             * @memberof bisik.records
             * @interface ISenderKeyChain
             * @augments bisik.records.SenderKeyChain.$Properties
             * @deprecated Use bisik.records.SenderKeyChain.$Properties instead.
             */

            /**
             * Shape of a SenderKeyChain.
             * @typedef {bisik.records.SenderKeyChain.$Properties} bisik.records.SenderKeyChain.$Shape
             */

            /**
             * Constructs a new SenderKeyChain.
             * @memberof bisik.records
             * @classdesc Represents a SenderKeyChain.
             * @constructor
             * @param {bisik.records.SenderKeyChain.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SenderKeyChain = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SenderKeyChain chainId.
             * @member {number} chainId
             * @memberof bisik.records.SenderKeyChain
             * @instance
             */
            SenderKeyChain.prototype.chainId = 0;

            /**
             * SenderKeyChain chainKey.
             * @member {Uint8Array} chainKey
             * @memberof bisik.records.SenderKeyChain
             * @instance
             */
            SenderKeyChain.prototype.chainKey = $util.newBuffer([]);

            /**
             * SenderKeyChain iteration.
             * @member {number} iteration
             * @memberof bisik.records.SenderKeyChain
             * @instance
             */
            SenderKeyChain.prototype.iteration = 0;

            /**
             * SenderKeyChain signingPublic.
             * @member {Uint8Array} signingPublic
             * @memberof bisik.records.SenderKeyChain
             * @instance
             */
            SenderKeyChain.prototype.signingPublic = $util.newBuffer([]);

            /**
             * SenderKeyChain signingSeed.
             * @member {Uint8Array|null} signingSeed
             * @memberof bisik.records.SenderKeyChain
             * @instance
             */
            SenderKeyChain.prototype.signingSeed = null;

            /**
             * SenderKeyChain signingPrivate.
             * @member {Uint8Array|null} signingPrivate
             * @memberof bisik.records.SenderKeyChain
             * @instance
             */
            SenderKeyChain.prototype.signingPrivate = null;

            /**
             * SenderKeyChain skipped.
             * @member {number} skipped
             * @memberof bisik.records.SenderKeyChain
             * @instance
             */
            SenderKeyChain.prototype.skipped = 0;

            /**
             * SenderKeyChain first.
             * @member {number|null} first
             * @memberof bisik.records.SenderKeyChain
             * @instance
             */
            SenderKeyChain.prototype.first = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(SenderKeyChain.prototype, "_signingSeed", {
                get: $util.oneOfGetter($oneOfFields = ["signingSeed"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(SenderKeyChain.prototype, "_signingPrivate", {
                get: $util.oneOfGetter($oneOfFields = ["signingPrivate"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(SenderKeyChain.prototype, "_first", {
                get: $util.oneOfGetter($oneOfFields = ["first"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified SenderKeyChain message. Does not implicitly {@link bisik.records.SenderKeyChain.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.SenderKeyChain
             * @static
             * @param {bisik.records.SenderKeyChain.$Properties} message SenderKeyChain message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SenderKeyChain.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.chainId != null && $Object.hasOwnProperty.call(message, "chainId") && message.chainId !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.chainId);
                if (message.chainKey != null && $Object.hasOwnProperty.call(message, "chainKey") && message.chainKey.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.chainKey);
                if (message.iteration != null && $Object.hasOwnProperty.call(message, "iteration") && message.iteration !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.iteration);
                if (message.signingPublic != null && $Object.hasOwnProperty.call(message, "signingPublic") && message.signingPublic.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.signingPublic);
                if (message.signingSeed != null && $Object.hasOwnProperty.call(message, "signingSeed"))
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.signingSeed);
                if (message.signingPrivate != null && $Object.hasOwnProperty.call(message, "signingPrivate"))
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.signingPrivate);
                if (message.skipped != null && $Object.hasOwnProperty.call(message, "skipped") && message.skipped !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.skipped);
                if (message.first != null && $Object.hasOwnProperty.call(message, "first"))
                    writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.first);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SenderKeyChain message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.SenderKeyChain
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.SenderKeyChain & bisik.records.SenderKeyChain.$Shape} SenderKeyChain
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SenderKeyChain.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.SenderKeyChain();
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
                            if ((value = reader.bytes()).length)
                                message.chainKey = value;
                            else
                                delete message.chainKey;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.iteration = value;
                            else
                                delete message.iteration;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signingPublic = value;
                            else
                                delete message.signingPublic;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.signingSeed = reader.bytes();
                            message._signingSeed = "signingSeed";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.signingPrivate = reader.bytes();
                            message._signingPrivate = "signingPrivate";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.skipped = value;
                            else
                                delete message.skipped;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            message.first = reader.uint32();
                            message._first = "first";
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

            return SenderKeyChain;
        })();

        records.SigningKeyOwner = (function() {

            /**
             * Properties of a SigningKeyOwner.
             * @typedef {Object} bisik.records.SigningKeyOwner.$Properties
             * @property {number} [format] SigningKeyOwner format
             * @property {string} [user] SigningKeyOwner user
             * @property {number} [device] SigningKeyOwner device
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SigningKeyOwner.
             * @memberof bisik.records
             * @interface ISigningKeyOwner
             * @augments bisik.records.SigningKeyOwner.$Properties
             * @deprecated Use bisik.records.SigningKeyOwner.$Properties instead.
             */

            /**
             * Shape of a SigningKeyOwner.
             * @typedef {bisik.records.SigningKeyOwner.$Properties} bisik.records.SigningKeyOwner.$Shape
             */

            /**
             * Constructs a new SigningKeyOwner.
             * @memberof bisik.records
             * @classdesc Represents a SigningKeyOwner.
             * @constructor
             * @param {bisik.records.SigningKeyOwner.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SigningKeyOwner = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SigningKeyOwner format.
             * @member {number} format
             * @memberof bisik.records.SigningKeyOwner
             * @instance
             */
            SigningKeyOwner.prototype.format = 0;

            /**
             * SigningKeyOwner user.
             * @member {string} user
             * @memberof bisik.records.SigningKeyOwner
             * @instance
             */
            SigningKeyOwner.prototype.user = "";

            /**
             * SigningKeyOwner device.
             * @member {number} device
             * @memberof bisik.records.SigningKeyOwner
             * @instance
             */
            SigningKeyOwner.prototype.device = 0;

            /**
             * Encodes the specified SigningKeyOwner message. Does not implicitly {@link bisik.records.SigningKeyOwner.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.SigningKeyOwner
             * @static
             * @param {bisik.records.SigningKeyOwner.$Properties} message SigningKeyOwner message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SigningKeyOwner.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.format);
                if (message.user != null && $Object.hasOwnProperty.call(message, "user") && message.user !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.user);
                if (message.device != null && $Object.hasOwnProperty.call(message, "device") && message.device !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.device);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SigningKeyOwner message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.SigningKeyOwner
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.SigningKeyOwner & bisik.records.SigningKeyOwner.$Shape} SigningKeyOwner
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SigningKeyOwner.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.SigningKeyOwner();
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
                                message.format = value;
                            else
                                delete message.format;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.user = value;
                            else
                                delete message.user;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.device = value;
                            else
                                delete message.device;
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

            return SigningKeyOwner;
        })();

        records.ChainClaims = (function() {

            /**
             * Properties of a ChainClaims.
             * @typedef {Object} bisik.records.ChainClaims.$Properties
             * @property {number} [format] ChainClaims format
             * @property {Array.<bisik.records.ChainClaim.$Properties>} [claims] ChainClaims claims
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ChainClaims.
             * @memberof bisik.records
             * @interface IChainClaims
             * @augments bisik.records.ChainClaims.$Properties
             * @deprecated Use bisik.records.ChainClaims.$Properties instead.
             */

            /**
             * Shape of a ChainClaims.
             * @typedef {bisik.records.ChainClaims.$Properties} bisik.records.ChainClaims.$Shape
             */

            /**
             * Constructs a new ChainClaims.
             * @memberof bisik.records
             * @classdesc Represents a ChainClaims.
             * @constructor
             * @param {bisik.records.ChainClaims.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ChainClaims = function (properties) {
                this.claims = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ChainClaims format.
             * @member {number} format
             * @memberof bisik.records.ChainClaims
             * @instance
             */
            ChainClaims.prototype.format = 0;

            /**
             * ChainClaims claims.
             * @member {Array.<bisik.records.ChainClaim>} claims
             * @memberof bisik.records.ChainClaims
             * @instance
             */
            ChainClaims.prototype.claims = $util.emptyArray;

            /**
             * Encodes the specified ChainClaims message. Does not implicitly {@link bisik.records.ChainClaims.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.ChainClaims
             * @static
             * @param {bisik.records.ChainClaims.$Properties} message ChainClaims message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ChainClaims.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.format);
                if (message.claims != null && message.claims.length)
                    for (let i = 0; i < message.claims.length; ++i)
                        $root.bisik.records.ChainClaim.encode(message.claims[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ChainClaims message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.ChainClaims
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.ChainClaims & bisik.records.ChainClaims.$Shape} ChainClaims
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ChainClaims.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.ChainClaims();
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
                                message.format = value;
                            else
                                delete message.format;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.claims && message.claims.length))
                                message.claims = [];
                            message.claims.push($root.bisik.records.ChainClaim.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return ChainClaims;
        })();

        records.ChainClaim = (function() {

            /**
             * Properties of a ChainClaim.
             * @typedef {Object} bisik.records.ChainClaim.$Properties
             * @property {string} [user] ChainClaim user
             * @property {number} [device] ChainClaim device
             * @property {boolean} [proven] ChainClaim proven
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ChainClaim.
             * @memberof bisik.records
             * @interface IChainClaim
             * @augments bisik.records.ChainClaim.$Properties
             * @deprecated Use bisik.records.ChainClaim.$Properties instead.
             */

            /**
             * Shape of a ChainClaim.
             * @typedef {bisik.records.ChainClaim.$Properties} bisik.records.ChainClaim.$Shape
             */

            /**
             * Constructs a new ChainClaim.
             * @memberof bisik.records
             * @classdesc Represents a ChainClaim.
             * @constructor
             * @param {bisik.records.ChainClaim.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ChainClaim = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ChainClaim user.
             * @member {string} user
             * @memberof bisik.records.ChainClaim
             * @instance
             */
            ChainClaim.prototype.user = "";

            /**
             * ChainClaim device.
             * @member {number} device
             * @memberof bisik.records.ChainClaim
             * @instance
             */
            ChainClaim.prototype.device = 0;

            /**
             * ChainClaim proven.
             * @member {boolean} proven
             * @memberof bisik.records.ChainClaim
             * @instance
             */
            ChainClaim.prototype.proven = false;

            /**
             * Encodes the specified ChainClaim message. Does not implicitly {@link bisik.records.ChainClaim.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.ChainClaim
             * @static
             * @param {bisik.records.ChainClaim.$Properties} message ChainClaim message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ChainClaim.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.user != null && $Object.hasOwnProperty.call(message, "user") && message.user !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.user);
                if (message.device != null && $Object.hasOwnProperty.call(message, "device") && message.device !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.device);
                if (message.proven != null && $Object.hasOwnProperty.call(message, "proven") && message.proven !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.proven);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ChainClaim message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.ChainClaim
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.ChainClaim & bisik.records.ChainClaim.$Shape} ChainClaim
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ChainClaim.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.ChainClaim();
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
                            if ((value = reader.stringVerify()).length)
                                message.user = value;
                            else
                                delete message.user;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.device = value;
                            else
                                delete message.device;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.proven = value;
                            else
                                delete message.proven;
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

            return ChainClaim;
        })();

        records.Outbox = (function() {

            /**
             * Properties of an Outbox.
             * @typedef {Object} bisik.records.Outbox.$Properties
             * @property {number} [format] Outbox format
             * @property {number} [generation] Outbox generation
             * @property {number} [lastSentAt] Outbox lastSentAt
             * @property {number} [answeredAt] Outbox answeredAt
             * @property {Array.<bisik.records.OutboxItem.$Properties>} [items] Outbox items
             * @property {Uint8Array} [identity] Outbox identity
             * @property {number} [overAt] Outbox overAt
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Outbox.
             * @memberof bisik.records
             * @interface IOutbox
             * @augments bisik.records.Outbox.$Properties
             * @deprecated Use bisik.records.Outbox.$Properties instead.
             */

            /**
             * Shape of an Outbox.
             * @typedef {bisik.records.Outbox.$Properties} bisik.records.Outbox.$Shape
             */

            /**
             * Constructs a new Outbox.
             * @memberof bisik.records
             * @classdesc Represents an Outbox.
             * @constructor
             * @param {bisik.records.Outbox.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Outbox = function (properties) {
                this.items = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Outbox format.
             * @member {number} format
             * @memberof bisik.records.Outbox
             * @instance
             */
            Outbox.prototype.format = 0;

            /**
             * Outbox generation.
             * @member {number} generation
             * @memberof bisik.records.Outbox
             * @instance
             */
            Outbox.prototype.generation = 0;

            /**
             * Outbox lastSentAt.
             * @member {number} lastSentAt
             * @memberof bisik.records.Outbox
             * @instance
             */
            Outbox.prototype.lastSentAt = 0;

            /**
             * Outbox answeredAt.
             * @member {number} answeredAt
             * @memberof bisik.records.Outbox
             * @instance
             */
            Outbox.prototype.answeredAt = 0;

            /**
             * Outbox items.
             * @member {Array.<bisik.records.OutboxItem>} items
             * @memberof bisik.records.Outbox
             * @instance
             */
            Outbox.prototype.items = $util.emptyArray;

            /**
             * Outbox identity.
             * @member {Uint8Array} identity
             * @memberof bisik.records.Outbox
             * @instance
             */
            Outbox.prototype.identity = $util.newBuffer([]);

            /**
             * Outbox overAt.
             * @member {number} overAt
             * @memberof bisik.records.Outbox
             * @instance
             */
            Outbox.prototype.overAt = 0;

            /**
             * Encodes the specified Outbox message. Does not implicitly {@link bisik.records.Outbox.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.Outbox
             * @static
             * @param {bisik.records.Outbox.$Properties} message Outbox message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Outbox.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.format);
                if (message.generation != null && $Object.hasOwnProperty.call(message, "generation") && message.generation !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.generation);
                if (message.lastSentAt != null && $Object.hasOwnProperty.call(message, "lastSentAt") && !$Object.is(message.lastSentAt, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.lastSentAt);
                if (message.answeredAt != null && $Object.hasOwnProperty.call(message, "answeredAt") && !$Object.is(message.answeredAt, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.answeredAt);
                if (message.items != null && message.items.length)
                    for (let i = 0; i < message.items.length; ++i)
                        $root.bisik.records.OutboxItem.encode(message.items[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.identity != null && $Object.hasOwnProperty.call(message, "identity") && message.identity.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.identity);
                if (message.overAt != null && $Object.hasOwnProperty.call(message, "overAt") && !$Object.is(message.overAt, 0))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.overAt);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Outbox message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.Outbox
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.Outbox & bisik.records.Outbox.$Shape} Outbox
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Outbox.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.Outbox();
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
                                message.format = value;
                            else
                                delete message.format;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.generation = value;
                            else
                                delete message.generation;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.lastSentAt = value;
                            else
                                delete message.lastSentAt;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.answeredAt = value;
                            else
                                delete message.answeredAt;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.items && message.items.length))
                                message.items = [];
                            message.items.push($root.bisik.records.OutboxItem.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.identity = value;
                            else
                                delete message.identity;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.overAt = value;
                            else
                                delete message.overAt;
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

            return Outbox;
        })();

        records.OutboxItem = (function() {

            /**
             * Properties of an OutboxItem.
             * @typedef {Object} bisik.records.OutboxItem.$Properties
             * @property {number} [sentAt] OutboxItem sentAt
             * @property {number} [length] OutboxItem length
             * @property {Uint8Array} [ratchetKey] OutboxItem ratchetKey
             * @property {number} [kind] OutboxItem kind
             * @property {string} [session] OutboxItem session
             * @property {Uint8Array} [name] OutboxItem name
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OutboxItem.
             * @memberof bisik.records
             * @interface IOutboxItem
             * @augments bisik.records.OutboxItem.$Properties
             * @deprecated Use bisik.records.OutboxItem.$Properties instead.
             */

            /**
             * Shape of an OutboxItem.
             * @typedef {bisik.records.OutboxItem.$Properties} bisik.records.OutboxItem.$Shape
             */

            /**
             * Constructs a new OutboxItem.
             * @memberof bisik.records
             * @classdesc Represents an OutboxItem.
             * @constructor
             * @param {bisik.records.OutboxItem.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OutboxItem = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * OutboxItem sentAt.
             * @member {number} sentAt
             * @memberof bisik.records.OutboxItem
             * @instance
             */
            OutboxItem.prototype.sentAt = 0;

            /**
             * OutboxItem length.
             * @member {number} length
             * @memberof bisik.records.OutboxItem
             * @instance
             */
            OutboxItem.prototype.length = 0;

            /**
             * OutboxItem ratchetKey.
             * @member {Uint8Array} ratchetKey
             * @memberof bisik.records.OutboxItem
             * @instance
             */
            OutboxItem.prototype.ratchetKey = $util.newBuffer([]);

            /**
             * OutboxItem kind.
             * @member {number} kind
             * @memberof bisik.records.OutboxItem
             * @instance
             */
            OutboxItem.prototype.kind = 0;

            /**
             * OutboxItem session.
             * @member {string} session
             * @memberof bisik.records.OutboxItem
             * @instance
             */
            OutboxItem.prototype.session = "";

            /**
             * OutboxItem name.
             * @member {Uint8Array} name
             * @memberof bisik.records.OutboxItem
             * @instance
             */
            OutboxItem.prototype.name = $util.newBuffer([]);

            /**
             * Encodes the specified OutboxItem message. Does not implicitly {@link bisik.records.OutboxItem.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.OutboxItem
             * @static
             * @param {bisik.records.OutboxItem.$Properties} message OutboxItem message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OutboxItem.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sentAt != null && $Object.hasOwnProperty.call(message, "sentAt") && !$Object.is(message.sentAt, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.sentAt);
                if (message.length != null && $Object.hasOwnProperty.call(message, "length") && message.length !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.length);
                if (message.ratchetKey != null && $Object.hasOwnProperty.call(message, "ratchetKey") && message.ratchetKey.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.ratchetKey);
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.kind);
                if (message.session != null && $Object.hasOwnProperty.call(message, "session") && message.session !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.session);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.name);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OutboxItem message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.OutboxItem
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.OutboxItem & bisik.records.OutboxItem.$Shape} OutboxItem
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OutboxItem.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.OutboxItem();
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
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.sentAt = value;
                            else
                                delete message.sentAt;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.length = value;
                            else
                                delete message.length;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.ratchetKey = value;
                            else
                                delete message.ratchetKey;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.kind = value;
                            else
                                delete message.kind;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.session = value;
                            else
                                delete message.session;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.name = value;
                            else
                                delete message.name;
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

            return OutboxItem;
        })();

        records.OutboxContent = (function() {

            /**
             * Properties of an OutboxContent.
             * @typedef {Object} bisik.records.OutboxContent.$Properties
             * @property {number} [format] OutboxContent format
             * @property {Uint8Array} [content] OutboxContent content
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OutboxContent.
             * @memberof bisik.records
             * @interface IOutboxContent
             * @augments bisik.records.OutboxContent.$Properties
             * @deprecated Use bisik.records.OutboxContent.$Properties instead.
             */

            /**
             * Shape of an OutboxContent.
             * @typedef {bisik.records.OutboxContent.$Properties} bisik.records.OutboxContent.$Shape
             */

            /**
             * Constructs a new OutboxContent.
             * @memberof bisik.records
             * @classdesc Represents an OutboxContent.
             * @constructor
             * @param {bisik.records.OutboxContent.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OutboxContent = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * OutboxContent format.
             * @member {number} format
             * @memberof bisik.records.OutboxContent
             * @instance
             */
            OutboxContent.prototype.format = 0;

            /**
             * OutboxContent content.
             * @member {Uint8Array} content
             * @memberof bisik.records.OutboxContent
             * @instance
             */
            OutboxContent.prototype.content = $util.newBuffer([]);

            /**
             * Encodes the specified OutboxContent message. Does not implicitly {@link bisik.records.OutboxContent.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.OutboxContent
             * @static
             * @param {bisik.records.OutboxContent.$Properties} message OutboxContent message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OutboxContent.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.format);
                if (message.content != null && $Object.hasOwnProperty.call(message, "content") && message.content.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.content);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OutboxContent message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.OutboxContent
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.OutboxContent & bisik.records.OutboxContent.$Shape} OutboxContent
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OutboxContent.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.OutboxContent();
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
                                message.format = value;
                            else
                                delete message.format;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.content = value;
                            else
                                delete message.content;
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

            return OutboxContent;
        })();

        records.Inbox = (function() {

            /**
             * Properties of an Inbox.
             * @typedef {Object} bisik.records.Inbox.$Properties
             * @property {number} [format] Inbox format
             * @property {number} [generation] Inbox generation
             * @property {number} [askedAt] Inbox askedAt
             * @property {number} [askedForSenderKeyAt] Inbox askedForSenderKeyAt
             * @property {Array.<number>} [received] Inbox received
             * @property {Array.<number>} [receivedAgain] Inbox receivedAgain
             * @property {Uint8Array} [names] Inbox names
             * @property {Uint8Array} [namesAgain] Inbox namesAgain
             * @property {Array.<number>} [forgotten] Inbox forgotten
             * @property {Array.<number>} [forgottenAgain] Inbox forgottenAgain
             * @property {Uint8Array} [identity] Inbox identity
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Inbox.
             * @memberof bisik.records
             * @interface IInbox
             * @augments bisik.records.Inbox.$Properties
             * @deprecated Use bisik.records.Inbox.$Properties instead.
             */

            /**
             * Shape of an Inbox.
             * @typedef {bisik.records.Inbox.$Properties} bisik.records.Inbox.$Shape
             */

            /**
             * Constructs a new Inbox.
             * @memberof bisik.records
             * @classdesc Represents an Inbox.
             * @constructor
             * @param {bisik.records.Inbox.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Inbox = function (properties) {
                this.received = [];
                this.receivedAgain = [];
                this.forgotten = [];
                this.forgottenAgain = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Inbox format.
             * @member {number} format
             * @memberof bisik.records.Inbox
             * @instance
             */
            Inbox.prototype.format = 0;

            /**
             * Inbox generation.
             * @member {number} generation
             * @memberof bisik.records.Inbox
             * @instance
             */
            Inbox.prototype.generation = 0;

            /**
             * Inbox askedAt.
             * @member {number} askedAt
             * @memberof bisik.records.Inbox
             * @instance
             */
            Inbox.prototype.askedAt = 0;

            /**
             * Inbox askedForSenderKeyAt.
             * @member {number} askedForSenderKeyAt
             * @memberof bisik.records.Inbox
             * @instance
             */
            Inbox.prototype.askedForSenderKeyAt = 0;

            /**
             * Inbox received.
             * @member {Array.<number>} received
             * @memberof bisik.records.Inbox
             * @instance
             */
            Inbox.prototype.received = $util.emptyArray;

            /**
             * Inbox receivedAgain.
             * @member {Array.<number>} receivedAgain
             * @memberof bisik.records.Inbox
             * @instance
             */
            Inbox.prototype.receivedAgain = $util.emptyArray;

            /**
             * Inbox names.
             * @member {Uint8Array} names
             * @memberof bisik.records.Inbox
             * @instance
             */
            Inbox.prototype.names = $util.newBuffer([]);

            /**
             * Inbox namesAgain.
             * @member {Uint8Array} namesAgain
             * @memberof bisik.records.Inbox
             * @instance
             */
            Inbox.prototype.namesAgain = $util.newBuffer([]);

            /**
             * Inbox forgotten.
             * @member {Array.<number>} forgotten
             * @memberof bisik.records.Inbox
             * @instance
             */
            Inbox.prototype.forgotten = $util.emptyArray;

            /**
             * Inbox forgottenAgain.
             * @member {Array.<number>} forgottenAgain
             * @memberof bisik.records.Inbox
             * @instance
             */
            Inbox.prototype.forgottenAgain = $util.emptyArray;

            /**
             * Inbox identity.
             * @member {Uint8Array} identity
             * @memberof bisik.records.Inbox
             * @instance
             */
            Inbox.prototype.identity = $util.newBuffer([]);

            /**
             * Encodes the specified Inbox message. Does not implicitly {@link bisik.records.Inbox.verify|verify} messages.
             * @function encode
             * @memberof bisik.records.Inbox
             * @static
             * @param {bisik.records.Inbox.$Properties} message Inbox message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Inbox.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.format);
                if (message.generation != null && $Object.hasOwnProperty.call(message, "generation") && message.generation !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.generation);
                if (message.askedAt != null && $Object.hasOwnProperty.call(message, "askedAt") && !$Object.is(message.askedAt, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.askedAt);
                if (message.askedForSenderKeyAt != null && $Object.hasOwnProperty.call(message, "askedForSenderKeyAt") && !$Object.is(message.askedForSenderKeyAt, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.askedForSenderKeyAt);
                if (message.received != null && message.received.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).doubles(message.received);
                if (message.receivedAgain != null && message.receivedAgain.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).doubles(message.receivedAgain);
                if (message.names != null && $Object.hasOwnProperty.call(message, "names") && message.names.length)
                    writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.names);
                if (message.namesAgain != null && $Object.hasOwnProperty.call(message, "namesAgain") && message.namesAgain.length)
                    writer.uint32(/* id 8, wireType 2 =*/66).bytes(message.namesAgain);
                if (message.forgotten != null && message.forgotten.length)
                    writer.uint32(/* id 9, wireType 2 =*/74).doubles(message.forgotten);
                if (message.forgottenAgain != null && message.forgottenAgain.length)
                    writer.uint32(/* id 10, wireType 2 =*/82).doubles(message.forgottenAgain);
                if (message.identity != null && $Object.hasOwnProperty.call(message, "identity") && message.identity.length)
                    writer.uint32(/* id 11, wireType 2 =*/90).bytes(message.identity);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Inbox message from the specified reader or buffer.
             * @function decode
             * @memberof bisik.records.Inbox
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {bisik.records.Inbox & bisik.records.Inbox.$Shape} Inbox
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Inbox.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.bisik.records.Inbox();
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
                                message.format = value;
                            else
                                delete message.format;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.generation = value;
                            else
                                delete message.generation;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.askedAt = value;
                            else
                                delete message.askedAt;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.askedForSenderKeyAt = value;
                            else
                                delete message.askedForSenderKeyAt;
                            continue;
                        }
                    case 5: {
                            if (wireType === 2) {
                                if (!(message.received && message.received.length))
                                    message.received = [];
                                reader.doubles(message.received);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.received && message.received.length))
                                message.received = [];
                            message.received.push(reader.double());
                            continue;
                        }
                    case 6: {
                            if (wireType === 2) {
                                if (!(message.receivedAgain && message.receivedAgain.length))
                                    message.receivedAgain = [];
                                reader.doubles(message.receivedAgain);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.receivedAgain && message.receivedAgain.length))
                                message.receivedAgain = [];
                            message.receivedAgain.push(reader.double());
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.names = value;
                            else
                                delete message.names;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.namesAgain = value;
                            else
                                delete message.namesAgain;
                            continue;
                        }
                    case 9: {
                            if (wireType === 2) {
                                if (!(message.forgotten && message.forgotten.length))
                                    message.forgotten = [];
                                reader.doubles(message.forgotten);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.forgotten && message.forgotten.length))
                                message.forgotten = [];
                            message.forgotten.push(reader.double());
                            continue;
                        }
                    case 10: {
                            if (wireType === 2) {
                                if (!(message.forgottenAgain && message.forgottenAgain.length))
                                    message.forgottenAgain = [];
                                reader.doubles(message.forgottenAgain);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.forgottenAgain && message.forgottenAgain.length))
                                message.forgottenAgain = [];
                            message.forgottenAgain.push(reader.double());
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.identity = value;
                            else
                                delete message.identity;
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

            return Inbox;
        })();

        return records;
    })();

    return bisik;
})();

export {
  $root as default
};
