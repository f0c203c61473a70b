import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace bisik. */
export namespace bisik {

    /** Namespace libsignal. */
    namespace libsignal {

        /**
         * Properties of a RecordStructure.
         * @deprecated Use bisik.libsignal.RecordStructure.$Properties instead.
         */
        interface IRecordStructure extends bisik.libsignal.RecordStructure.$Properties {
        }

        /** Represents a RecordStructure. */
        class RecordStructure {

            /**
             * Constructs a new RecordStructure.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.libsignal.RecordStructure.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RecordStructure currentSession. */
            currentSession: bisik.libsignal.SessionStructure;

            /** RecordStructure previousSessions. */
            previousSessions: Uint8Array[];

            /**
             * Encodes the specified RecordStructure message. Does not implicitly {@link bisik.libsignal.RecordStructure.verify|verify} messages.
             * @param message RecordStructure message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.libsignal.RecordStructure.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RecordStructure message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.libsignal.RecordStructure & bisik.libsignal.RecordStructure.$Shape} RecordStructure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.libsignal.RecordStructure & bisik.libsignal.RecordStructure.$Shape;
        }

        namespace RecordStructure {

            /** Properties of a RecordStructure. */
            interface $Properties {

                /** RecordStructure currentSession */
                currentSession?: bisik.libsignal.SessionStructure.$Properties;

                /** RecordStructure previousSessions */
                previousSessions?: Uint8Array[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RecordStructure. */
            type $Shape = bisik.libsignal.RecordStructure.$Properties;
        }

        /**
         * Properties of a SessionStructure.
         * @deprecated Use bisik.libsignal.SessionStructure.$Properties instead.
         */
        interface ISessionStructure extends bisik.libsignal.SessionStructure.$Properties {
        }

        /** Represents a SessionStructure. */
        class SessionStructure {

            /**
             * Constructs a new SessionStructure.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.libsignal.SessionStructure.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SessionStructure sessionVersion. */
            sessionVersion: number;

            /** SessionStructure localIdentityPublic. */
            localIdentityPublic: Uint8Array;

            /** SessionStructure remoteIdentityPublic. */
            remoteIdentityPublic: Uint8Array;

            /** SessionStructure rootKey. */
            rootKey: Uint8Array;

            /** SessionStructure previousCounter. */
            previousCounter: number;

            /** SessionStructure senderChain. */
            senderChain: bisik.libsignal.Chain;

            /** SessionStructure receiverChains. */
            receiverChains: bisik.libsignal.Chain[];

            /** SessionStructure pendingPreKey. */
            pendingPreKey: bisik.libsignal.PendingPreKey;

            /** SessionStructure remoteRegistrationId. */
            remoteRegistrationId: number;

            /** SessionStructure localRegistrationId. */
            localRegistrationId: number;

            /** SessionStructure aliceBaseKey. */
            aliceBaseKey: Uint8Array;

            /** SessionStructure pendingKyberPreKey. */
            pendingKyberPreKey: bisik.libsignal.PendingKyberPreKey;

            /** SessionStructure pqRatchetState. */
            pqRatchetState: Uint8Array;

            /**
             * Encodes the specified SessionStructure message. Does not implicitly {@link bisik.libsignal.SessionStructure.verify|verify} messages.
             * @param message SessionStructure message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.libsignal.SessionStructure.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SessionStructure message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.libsignal.SessionStructure & bisik.libsignal.SessionStructure.$Shape} SessionStructure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.libsignal.SessionStructure & bisik.libsignal.SessionStructure.$Shape;
        }

        namespace SessionStructure {

            /** Properties of a SessionStructure. */
            interface $Properties {

                /** SessionStructure sessionVersion */
                sessionVersion?: number;

                /** SessionStructure localIdentityPublic */
                localIdentityPublic?: Uint8Array;

                /** SessionStructure remoteIdentityPublic */
                remoteIdentityPublic?: Uint8Array;

                /** SessionStructure rootKey */
                rootKey?: Uint8Array;

                /** SessionStructure previousCounter */
                previousCounter?: number;

                /** SessionStructure senderChain */
                senderChain?: bisik.libsignal.Chain.$Properties;

                /** SessionStructure receiverChains */
                receiverChains?: bisik.libsignal.Chain.$Properties[];

                /** SessionStructure pendingPreKey */
                pendingPreKey?: bisik.libsignal.PendingPreKey.$Properties;

                /** SessionStructure remoteRegistrationId */
                remoteRegistrationId?: number;

                /** SessionStructure localRegistrationId */
                localRegistrationId?: number;

                /** SessionStructure aliceBaseKey */
                aliceBaseKey?: Uint8Array;

                /** SessionStructure pendingKyberPreKey */
                pendingKyberPreKey?: bisik.libsignal.PendingKyberPreKey.$Properties;

                /** SessionStructure pqRatchetState */
                pqRatchetState?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SessionStructure. */
            type $Shape = bisik.libsignal.SessionStructure.$Properties;
        }

        /**
         * Properties of a Chain.
         * @deprecated Use bisik.libsignal.Chain.$Properties instead.
         */
        interface IChain extends bisik.libsignal.Chain.$Properties {
        }

        /** Represents a Chain. */
        class Chain {

            /**
             * Constructs a new Chain.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.libsignal.Chain.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Chain senderRatchetKey. */
            senderRatchetKey: Uint8Array;

            /** Chain senderRatchetKeyPrivate. */
            senderRatchetKeyPrivate: Uint8Array;

            /** Chain chainKey. */
            chainKey: bisik.libsignal.ChainKey;

            /** Chain messageKeys. */
            messageKeys: bisik.libsignal.MessageKey[];

            /**
             * Encodes the specified Chain message. Does not implicitly {@link bisik.libsignal.Chain.verify|verify} messages.
             * @param message Chain message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.libsignal.Chain.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Chain message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.libsignal.Chain & bisik.libsignal.Chain.$Shape} Chain
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.libsignal.Chain & bisik.libsignal.Chain.$Shape;
        }

        namespace Chain {

            /** Properties of a Chain. */
            interface $Properties {

                /** Chain senderRatchetKey */
                senderRatchetKey?: Uint8Array;

                /** Chain senderRatchetKeyPrivate */
                senderRatchetKeyPrivate?: Uint8Array;

                /** Chain chainKey */
                chainKey?: bisik.libsignal.ChainKey.$Properties;

                /** Chain messageKeys */
                messageKeys?: bisik.libsignal.MessageKey.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Chain. */
            type $Shape = bisik.libsignal.Chain.$Properties;
        }

        /**
         * Properties of a ChainKey.
         * @deprecated Use bisik.libsignal.ChainKey.$Properties instead.
         */
        interface IChainKey extends bisik.libsignal.ChainKey.$Properties {
        }

        /** Represents a ChainKey. */
        class ChainKey {

            /**
             * Constructs a new ChainKey.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.libsignal.ChainKey.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ChainKey index. */
            index: number;

            /** ChainKey key. */
            key: Uint8Array;

            /**
             * Encodes the specified ChainKey message. Does not implicitly {@link bisik.libsignal.ChainKey.verify|verify} messages.
             * @param message ChainKey message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.libsignal.ChainKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ChainKey message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.libsignal.ChainKey & bisik.libsignal.ChainKey.$Shape} ChainKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.libsignal.ChainKey & bisik.libsignal.ChainKey.$Shape;
        }

        namespace ChainKey {

            /** Properties of a ChainKey. */
            interface $Properties {

                /** ChainKey index */
                index?: number;

                /** ChainKey key */
                key?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ChainKey. */
            type $Shape = bisik.libsignal.ChainKey.$Properties;
        }

        /**
         * Properties of a MessageKey.
         * @deprecated Use bisik.libsignal.MessageKey.$Properties instead.
         */
        interface IMessageKey extends bisik.libsignal.MessageKey.$Properties {
        }

        /** Represents a MessageKey. */
        class MessageKey {

            /**
             * Constructs a new MessageKey.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.libsignal.MessageKey.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** MessageKey index. */
            index: number;

            /** MessageKey cipherKey. */
            cipherKey: Uint8Array;

            /** MessageKey macKey. */
            macKey: Uint8Array;

            /** MessageKey iv. */
            iv: Uint8Array;

            /** MessageKey seed. */
            seed: Uint8Array;

            /**
             * Encodes the specified MessageKey message. Does not implicitly {@link bisik.libsignal.MessageKey.verify|verify} messages.
             * @param message MessageKey message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.libsignal.MessageKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MessageKey message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.libsignal.MessageKey & bisik.libsignal.MessageKey.$Shape} MessageKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.libsignal.MessageKey & bisik.libsignal.MessageKey.$Shape;
        }

        namespace MessageKey {

            /** Properties of a MessageKey. */
            interface $Properties {

                /** MessageKey index */
                index?: number;

                /** MessageKey cipherKey */
                cipherKey?: Uint8Array;

                /** MessageKey macKey */
                macKey?: Uint8Array;

                /** MessageKey iv */
                iv?: Uint8Array;

                /** MessageKey seed */
                seed?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a MessageKey. */
            type $Shape = bisik.libsignal.MessageKey.$Properties;
        }

        /**
         * Properties of a PendingPreKey.
         * @deprecated Use bisik.libsignal.PendingPreKey.$Properties instead.
         */
        interface IPendingPreKey extends bisik.libsignal.PendingPreKey.$Properties {
        }

        /** Represents a PendingPreKey. */
        class PendingPreKey {

            /**
             * Constructs a new PendingPreKey.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.libsignal.PendingPreKey.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PendingPreKey preKeyId. */
            preKeyId: (number|null);

            /** PendingPreKey baseKey. */
            baseKey: Uint8Array;

            /** PendingPreKey signedPreKeyId. */
            signedPreKeyId: number;

            /** PendingPreKey timestamp. */
            timestamp: (number|Long);

            /**
             * Encodes the specified PendingPreKey message. Does not implicitly {@link bisik.libsignal.PendingPreKey.verify|verify} messages.
             * @param message PendingPreKey message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.libsignal.PendingPreKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PendingPreKey message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.libsignal.PendingPreKey & bisik.libsignal.PendingPreKey.$Shape} PendingPreKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.libsignal.PendingPreKey & bisik.libsignal.PendingPreKey.$Shape;
        }

        namespace PendingPreKey {

            /** Properties of a PendingPreKey. */
            interface $Properties {

                /** PendingPreKey preKeyId */
                preKeyId?: (number|null);

                /** PendingPreKey baseKey */
                baseKey?: Uint8Array;

                /** PendingPreKey signedPreKeyId */
                signedPreKeyId?: number;

                /** PendingPreKey timestamp */
                timestamp?: (number|Long);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PendingPreKey. */
            type $Shape = bisik.libsignal.PendingPreKey.$Properties;
        }

        /**
         * Properties of a PendingKyberPreKey.
         * @deprecated Use bisik.libsignal.PendingKyberPreKey.$Properties instead.
         */
        interface IPendingKyberPreKey extends bisik.libsignal.PendingKyberPreKey.$Properties {
        }

        /** Represents a PendingKyberPreKey. */
        class PendingKyberPreKey {

            /**
             * Constructs a new PendingKyberPreKey.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.libsignal.PendingKyberPreKey.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PendingKyberPreKey preKeyId. */
            preKeyId: number;

            /** PendingKyberPreKey ciphertext. */
            ciphertext: Uint8Array;

            /**
             * Encodes the specified PendingKyberPreKey message. Does not implicitly {@link bisik.libsignal.PendingKyberPreKey.verify|verify} messages.
             * @param message PendingKyberPreKey message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.libsignal.PendingKyberPreKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PendingKyberPreKey message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.libsignal.PendingKyberPreKey & bisik.libsignal.PendingKyberPreKey.$Shape} PendingKyberPreKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.libsignal.PendingKyberPreKey & bisik.libsignal.PendingKyberPreKey.$Shape;
        }

        namespace PendingKyberPreKey {

            /** Properties of a PendingKyberPreKey. */
            interface $Properties {

                /** PendingKyberPreKey preKeyId */
                preKeyId?: number;

                /** PendingKyberPreKey ciphertext */
                ciphertext?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PendingKyberPreKey. */
            type $Shape = bisik.libsignal.PendingKyberPreKey.$Properties;
        }

        /**
         * Properties of an IdentityKeyPair.
         * @deprecated Use bisik.libsignal.IdentityKeyPair.$Properties instead.
         */
        interface IIdentityKeyPair extends bisik.libsignal.IdentityKeyPair.$Properties {
        }

        /** Represents an IdentityKeyPair. */
        class IdentityKeyPair {

            /**
             * Constructs a new IdentityKeyPair.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.libsignal.IdentityKeyPair.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** IdentityKeyPair publicKey. */
            publicKey: Uint8Array;

            /** IdentityKeyPair privateKey. */
            privateKey: Uint8Array;

            /**
             * Encodes the specified IdentityKeyPair message. Does not implicitly {@link bisik.libsignal.IdentityKeyPair.verify|verify} messages.
             * @param message IdentityKeyPair message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.libsignal.IdentityKeyPair.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an IdentityKeyPair message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.libsignal.IdentityKeyPair & bisik.libsignal.IdentityKeyPair.$Shape} IdentityKeyPair
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.libsignal.IdentityKeyPair & bisik.libsignal.IdentityKeyPair.$Shape;
        }

        namespace IdentityKeyPair {

            /** Properties of an IdentityKeyPair. */
            interface $Properties {

                /** IdentityKeyPair publicKey */
                publicKey?: Uint8Array;

                /** IdentityKeyPair privateKey */
                privateKey?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an IdentityKeyPair. */
            type $Shape = bisik.libsignal.IdentityKeyPair.$Properties;
        }

        /**
         * Properties of a PreKeyRecord.
         * @deprecated Use bisik.libsignal.PreKeyRecord.$Properties instead.
         */
        interface IPreKeyRecord extends bisik.libsignal.PreKeyRecord.$Properties {
        }

        /** Represents a PreKeyRecord. */
        class PreKeyRecord {

            /**
             * Constructs a new PreKeyRecord.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.libsignal.PreKeyRecord.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PreKeyRecord id. */
            id: number;

            /** PreKeyRecord publicKey. */
            publicKey: Uint8Array;

            /** PreKeyRecord privateKey. */
            privateKey: Uint8Array;

            /**
             * Encodes the specified PreKeyRecord message. Does not implicitly {@link bisik.libsignal.PreKeyRecord.verify|verify} messages.
             * @param message PreKeyRecord message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.libsignal.PreKeyRecord.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PreKeyRecord message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.libsignal.PreKeyRecord & bisik.libsignal.PreKeyRecord.$Shape} PreKeyRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.libsignal.PreKeyRecord & bisik.libsignal.PreKeyRecord.$Shape;
        }

        namespace PreKeyRecord {

            /** Properties of a PreKeyRecord. */
            interface $Properties {

                /** PreKeyRecord id */
                id?: number;

                /** PreKeyRecord publicKey */
                publicKey?: Uint8Array;

                /** PreKeyRecord privateKey */
                privateKey?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PreKeyRecord. */
            type $Shape = bisik.libsignal.PreKeyRecord.$Properties;
        }

        /**
         * Properties of a SignedPreKeyRecord.
         * @deprecated Use bisik.libsignal.SignedPreKeyRecord.$Properties instead.
         */
        interface ISignedPreKeyRecord extends bisik.libsignal.SignedPreKeyRecord.$Properties {
        }

        /** Represents a SignedPreKeyRecord. */
        class SignedPreKeyRecord {

            /**
             * Constructs a new SignedPreKeyRecord.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.libsignal.SignedPreKeyRecord.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SignedPreKeyRecord id. */
            id: number;

            /** SignedPreKeyRecord publicKey. */
            publicKey: Uint8Array;

            /** SignedPreKeyRecord privateKey. */
            privateKey: Uint8Array;

            /** SignedPreKeyRecord signature. */
            signature: Uint8Array;

            /** SignedPreKeyRecord timestamp. */
            timestamp: (number|Long);

            /**
             * Encodes the specified SignedPreKeyRecord message. Does not implicitly {@link bisik.libsignal.SignedPreKeyRecord.verify|verify} messages.
             * @param message SignedPreKeyRecord message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.libsignal.SignedPreKeyRecord.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SignedPreKeyRecord message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.libsignal.SignedPreKeyRecord & bisik.libsignal.SignedPreKeyRecord.$Shape} SignedPreKeyRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.libsignal.SignedPreKeyRecord & bisik.libsignal.SignedPreKeyRecord.$Shape;
        }

        namespace SignedPreKeyRecord {

            /** Properties of a SignedPreKeyRecord. */
            interface $Properties {

                /** SignedPreKeyRecord id */
                id?: number;

                /** SignedPreKeyRecord publicKey */
                publicKey?: Uint8Array;

                /** SignedPreKeyRecord privateKey */
                privateKey?: Uint8Array;

                /** SignedPreKeyRecord signature */
                signature?: Uint8Array;

                /** SignedPreKeyRecord timestamp */
                timestamp?: (number|Long);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SignedPreKeyRecord. */
            type $Shape = bisik.libsignal.SignedPreKeyRecord.$Properties;
        }

        /**
         * Properties of a SenderKeyRecordStructure.
         * @deprecated Use bisik.libsignal.SenderKeyRecordStructure.$Properties instead.
         */
        interface ISenderKeyRecordStructure extends bisik.libsignal.SenderKeyRecordStructure.$Properties {
        }

        /** Represents a SenderKeyRecordStructure. */
        class SenderKeyRecordStructure {

            /**
             * Constructs a new SenderKeyRecordStructure.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.libsignal.SenderKeyRecordStructure.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SenderKeyRecordStructure senderKeyStates. */
            senderKeyStates: bisik.libsignal.SenderKeyStateStructure[];

            /**
             * Encodes the specified SenderKeyRecordStructure message. Does not implicitly {@link bisik.libsignal.SenderKeyRecordStructure.verify|verify} messages.
             * @param message SenderKeyRecordStructure message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.libsignal.SenderKeyRecordStructure.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SenderKeyRecordStructure message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.libsignal.SenderKeyRecordStructure & bisik.libsignal.SenderKeyRecordStructure.$Shape} SenderKeyRecordStructure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.libsignal.SenderKeyRecordStructure & bisik.libsignal.SenderKeyRecordStructure.$Shape;
        }

        namespace SenderKeyRecordStructure {

            /** Properties of a SenderKeyRecordStructure. */
            interface $Properties {

                /** SenderKeyRecordStructure senderKeyStates */
                senderKeyStates?: bisik.libsignal.SenderKeyStateStructure.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SenderKeyRecordStructure. */
            type $Shape = bisik.libsignal.SenderKeyRecordStructure.$Properties;
        }

        /**
         * Properties of a SenderKeyStateStructure.
         * @deprecated Use bisik.libsignal.SenderKeyStateStructure.$Properties instead.
         */
        interface ISenderKeyStateStructure extends bisik.libsignal.SenderKeyStateStructure.$Properties {
        }

        /** Represents a SenderKeyStateStructure. */
        class SenderKeyStateStructure {

            /**
             * Constructs a new SenderKeyStateStructure.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.libsignal.SenderKeyStateStructure.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SenderKeyStateStructure chainId. */
            chainId: number;

            /** SenderKeyStateStructure senderChainKey. */
            senderChainKey: bisik.libsignal.SenderChainKey;

            /** SenderKeyStateStructure senderSigningKey. */
            senderSigningKey: bisik.libsignal.SenderSigningKey;

            /** SenderKeyStateStructure senderMessageKeys. */
            senderMessageKeys: bisik.libsignal.SenderMessageKey[];

            /** SenderKeyStateStructure messageVersion. */
            messageVersion: number;

            /**
             * Encodes the specified SenderKeyStateStructure message. Does not implicitly {@link bisik.libsignal.SenderKeyStateStructure.verify|verify} messages.
             * @param message SenderKeyStateStructure message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.libsignal.SenderKeyStateStructure.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SenderKeyStateStructure message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.libsignal.SenderKeyStateStructure & bisik.libsignal.SenderKeyStateStructure.$Shape} SenderKeyStateStructure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.libsignal.SenderKeyStateStructure & bisik.libsignal.SenderKeyStateStructure.$Shape;
        }

        namespace SenderKeyStateStructure {

            /** Properties of a SenderKeyStateStructure. */
            interface $Properties {

                /** SenderKeyStateStructure chainId */
                chainId?: number;

                /** SenderKeyStateStructure senderChainKey */
                senderChainKey?: bisik.libsignal.SenderChainKey.$Properties;

                /** SenderKeyStateStructure senderSigningKey */
                senderSigningKey?: bisik.libsignal.SenderSigningKey.$Properties;

                /** SenderKeyStateStructure senderMessageKeys */
                senderMessageKeys?: bisik.libsignal.SenderMessageKey.$Properties[];

                /** SenderKeyStateStructure messageVersion */
                messageVersion?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SenderKeyStateStructure. */
            type $Shape = bisik.libsignal.SenderKeyStateStructure.$Properties;
        }

        /**
         * Properties of a SenderChainKey.
         * @deprecated Use bisik.libsignal.SenderChainKey.$Properties instead.
         */
        interface ISenderChainKey extends bisik.libsignal.SenderChainKey.$Properties {
        }

        /** Represents a SenderChainKey. */
        class SenderChainKey {

            /**
             * Constructs a new SenderChainKey.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.libsignal.SenderChainKey.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SenderChainKey iteration. */
            iteration: number;

            /** SenderChainKey seed. */
            seed: Uint8Array;

            /**
             * Encodes the specified SenderChainKey message. Does not implicitly {@link bisik.libsignal.SenderChainKey.verify|verify} messages.
             * @param message SenderChainKey message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.libsignal.SenderChainKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SenderChainKey message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.libsignal.SenderChainKey & bisik.libsignal.SenderChainKey.$Shape} SenderChainKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.libsignal.SenderChainKey & bisik.libsignal.SenderChainKey.$Shape;
        }

        namespace SenderChainKey {

            /** Properties of a SenderChainKey. */
            interface $Properties {

                /** SenderChainKey iteration */
                iteration?: number;

                /** SenderChainKey seed */
                seed?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SenderChainKey. */
            type $Shape = bisik.libsignal.SenderChainKey.$Properties;
        }

        /**
         * Properties of a SenderSigningKey.
         * @deprecated Use bisik.libsignal.SenderSigningKey.$Properties instead.
         */
        interface ISenderSigningKey extends bisik.libsignal.SenderSigningKey.$Properties {
        }

        /** Represents a SenderSigningKey. */
        class SenderSigningKey {

            /**
             * Constructs a new SenderSigningKey.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.libsignal.SenderSigningKey.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SenderSigningKey public. */
            public: Uint8Array;

            /** SenderSigningKey private. */
            private: (Uint8Array|null);

            /**
             * Encodes the specified SenderSigningKey message. Does not implicitly {@link bisik.libsignal.SenderSigningKey.verify|verify} messages.
             * @param message SenderSigningKey message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.libsignal.SenderSigningKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SenderSigningKey message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.libsignal.SenderSigningKey & bisik.libsignal.SenderSigningKey.$Shape} SenderSigningKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.libsignal.SenderSigningKey & bisik.libsignal.SenderSigningKey.$Shape;
        }

        namespace SenderSigningKey {

            /** Properties of a SenderSigningKey. */
            interface $Properties {

                /** SenderSigningKey public */
                "public"?: Uint8Array;

                /** SenderSigningKey private */
                "private"?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SenderSigningKey. */
            type $Shape = bisik.libsignal.SenderSigningKey.$Properties;
        }

        /**
         * Properties of a SenderMessageKey.
         * @deprecated Use bisik.libsignal.SenderMessageKey.$Properties instead.
         */
        interface ISenderMessageKey extends bisik.libsignal.SenderMessageKey.$Properties {
        }

        /** Represents a SenderMessageKey. */
        class SenderMessageKey {

            /**
             * Constructs a new SenderMessageKey.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.libsignal.SenderMessageKey.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SenderMessageKey iteration. */
            iteration: number;

            /** SenderMessageKey seed. */
            seed: Uint8Array;

            /**
             * Encodes the specified SenderMessageKey message. Does not implicitly {@link bisik.libsignal.SenderMessageKey.verify|verify} messages.
             * @param message SenderMessageKey message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.libsignal.SenderMessageKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SenderMessageKey message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.libsignal.SenderMessageKey & bisik.libsignal.SenderMessageKey.$Shape} SenderMessageKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.libsignal.SenderMessageKey & bisik.libsignal.SenderMessageKey.$Shape;
        }

        namespace SenderMessageKey {

            /** Properties of a SenderMessageKey. */
            interface $Properties {

                /** SenderMessageKey iteration */
                iteration?: number;

                /** SenderMessageKey seed */
                seed?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SenderMessageKey. */
            type $Shape = bisik.libsignal.SenderMessageKey.$Properties;
        }
    }

    /** Namespace spqr. */
    namespace spqr {

        /**
         * Properties of a PqRatchetState.
         * @deprecated Use bisik.spqr.PqRatchetState.$Properties instead.
         */
        interface IPqRatchetState extends bisik.spqr.PqRatchetState.$Properties {
        }

        /** Represents a PqRatchetState. */
        class PqRatchetState {

            /**
             * Constructs a new PqRatchetState.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.spqr.PqRatchetState.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PqRatchetState negotiation. */
            negotiation: bisik.spqr.Negotiation;

            /** PqRatchetState chains. */
            chains: bisik.spqr.Chains;

            /** PqRatchetState braid. */
            braid: bisik.spqr.Braid;

            /**
             * Encodes the specified PqRatchetState message. Does not implicitly {@link bisik.spqr.PqRatchetState.verify|verify} messages.
             * @param message PqRatchetState message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.spqr.PqRatchetState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PqRatchetState message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.spqr.PqRatchetState & bisik.spqr.PqRatchetState.$Shape} PqRatchetState
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.spqr.PqRatchetState & bisik.spqr.PqRatchetState.$Shape;
        }

        namespace PqRatchetState {

            /** Properties of a PqRatchetState. */
            interface $Properties {

                /** PqRatchetState negotiation */
                negotiation?: bisik.spqr.Negotiation.$Properties;

                /** PqRatchetState chains */
                chains?: bisik.spqr.Chains.$Properties;

                /** PqRatchetState braid */
                braid?: bisik.spqr.Braid.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PqRatchetState. */
            type $Shape = {
              negotiation?: bisik.spqr.Negotiation.$Shape;
              chains?: bisik.spqr.Chains.$Shape;
              braid?: bisik.spqr.Braid.$Shape;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a Negotiation.
         * @deprecated Use bisik.spqr.Negotiation.$Properties instead.
         */
        interface INegotiation extends bisik.spqr.Negotiation.$Properties {
        }

        /** Represents a Negotiation. */
        class Negotiation {

            /**
             * Constructs a new Negotiation.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.spqr.Negotiation.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Negotiation authKey. */
            authKey: Uint8Array;

            /** Negotiation direction. */
            direction: number;

            /** Negotiation minVersion. */
            minVersion: number;

            /** Negotiation limits. */
            limits: bisik.spqr.Limits;

            /**
             * Encodes the specified Negotiation message. Does not implicitly {@link bisik.spqr.Negotiation.verify|verify} messages.
             * @param message Negotiation message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.spqr.Negotiation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Negotiation message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.spqr.Negotiation & bisik.spqr.Negotiation.$Shape} Negotiation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.spqr.Negotiation & bisik.spqr.Negotiation.$Shape;
        }

        namespace Negotiation {

            /** Properties of a Negotiation. */
            interface $Properties {

                /** Negotiation authKey */
                authKey?: Uint8Array;

                /** Negotiation direction */
                direction?: number;

                /** Negotiation minVersion */
                minVersion?: number;

                /** Negotiation limits */
                limits?: bisik.spqr.Limits.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Negotiation. */
            type $Shape = bisik.spqr.Negotiation.$Properties;
        }

        /**
         * Properties of a Limits.
         * @deprecated Use bisik.spqr.Limits.$Properties instead.
         */
        interface ILimits extends bisik.spqr.Limits.$Properties {
        }

        /** Represents a Limits. */
        class Limits {

            /**
             * Constructs a new Limits.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.spqr.Limits.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Limits maxJump. */
            maxJump: number;

            /** Limits maxSkipped. */
            maxSkipped: number;

            /**
             * Encodes the specified Limits message. Does not implicitly {@link bisik.spqr.Limits.verify|verify} messages.
             * @param message Limits message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.spqr.Limits.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Limits message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.spqr.Limits & bisik.spqr.Limits.$Shape} Limits
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.spqr.Limits & bisik.spqr.Limits.$Shape;
        }

        namespace Limits {

            /** Properties of a Limits. */
            interface $Properties {

                /** Limits maxJump */
                maxJump?: number;

                /** Limits maxSkipped */
                maxSkipped?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Limits. */
            type $Shape = bisik.spqr.Limits.$Properties;
        }

        /**
         * Properties of a Chains.
         * @deprecated Use bisik.spqr.Chains.$Properties instead.
         */
        interface IChains extends bisik.spqr.Chains.$Properties {
        }

        /** Represents a Chains. */
        class Chains {

            /**
             * Constructs a new Chains.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.spqr.Chains.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Chains direction. */
            direction: number;

            /** Chains currentEpoch. */
            currentEpoch: (number|Long);

            /** Chains links. */
            links: bisik.spqr.Link[];

            /** Chains nextRoot. */
            nextRoot: Uint8Array;

            /** Chains sendEpoch. */
            sendEpoch: (number|Long);

            /** Chains limits. */
            limits: bisik.spqr.Limits;

            /**
             * Encodes the specified Chains message. Does not implicitly {@link bisik.spqr.Chains.verify|verify} messages.
             * @param message Chains message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.spqr.Chains.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Chains message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.spqr.Chains & bisik.spqr.Chains.$Shape} Chains
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.spqr.Chains & bisik.spqr.Chains.$Shape;
        }

        namespace Chains {

            /** Properties of a Chains. */
            interface $Properties {

                /** Chains direction */
                direction?: number;

                /** Chains currentEpoch */
                currentEpoch?: (number|Long);

                /** Chains links */
                links?: bisik.spqr.Link.$Properties[];

                /** Chains nextRoot */
                nextRoot?: Uint8Array;

                /** Chains sendEpoch */
                sendEpoch?: (number|Long);

                /** Chains limits */
                limits?: bisik.spqr.Limits.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Chains. */
            type $Shape = bisik.spqr.Chains.$Properties;
        }

        /**
         * Properties of a Link.
         * @deprecated Use bisik.spqr.Link.$Properties instead.
         */
        interface ILink extends bisik.spqr.Link.$Properties {
        }

        /** Represents a Link. */
        class Link {

            /**
             * Constructs a new Link.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.spqr.Link.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Link sending. */
            sending: bisik.spqr.Chain;

            /** Link receiving. */
            receiving: bisik.spqr.Chain;

            /**
             * Encodes the specified Link message. Does not implicitly {@link bisik.spqr.Link.verify|verify} messages.
             * @param message Link message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.spqr.Link.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Link message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.spqr.Link & bisik.spqr.Link.$Shape} Link
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.spqr.Link & bisik.spqr.Link.$Shape;
        }

        namespace Link {

            /** Properties of a Link. */
            interface $Properties {

                /** Link sending */
                sending?: bisik.spqr.Chain.$Properties;

                /** Link receiving */
                receiving?: bisik.spqr.Chain.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Link. */
            type $Shape = bisik.spqr.Link.$Properties;
        }

        /**
         * Properties of a Chain.
         * @deprecated Use bisik.spqr.Chain.$Properties instead.
         */
        interface IChain extends bisik.spqr.Chain.$Properties {
        }

        /** Represents a Chain. */
        class Chain {

            /**
             * Constructs a new Chain.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.spqr.Chain.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Chain counter. */
            counter: number;

            /** Chain next. */
            next: Uint8Array;

            /** Chain skipped. */
            skipped: Uint8Array;

            /**
             * Encodes the specified Chain message. Does not implicitly {@link bisik.spqr.Chain.verify|verify} messages.
             * @param message Chain message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.spqr.Chain.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Chain message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.spqr.Chain & bisik.spqr.Chain.$Shape} Chain
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.spqr.Chain & bisik.spqr.Chain.$Shape;
        }

        namespace Chain {

            /** Properties of a Chain. */
            interface $Properties {

                /** Chain counter */
                counter?: number;

                /** Chain next */
                next?: Uint8Array;

                /** Chain skipped */
                skipped?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Chain. */
            type $Shape = bisik.spqr.Chain.$Properties;
        }

        /**
         * Properties of a Braid.
         * @deprecated Use bisik.spqr.Braid.$Properties instead.
         */
        interface IBraid extends bisik.spqr.Braid.$Properties {
        }

        /** Represents a Braid. */
        class Braid {

            /**
             * Constructs a new Braid.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.spqr.Braid.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Braid keysUnsampled. */
            keysUnsampled: (bisik.spqr.BraidState|null);

            /** Braid keysSampled. */
            keysSampled: (bisik.spqr.BraidState|null);

            /** Braid headerSent. */
            headerSent: (bisik.spqr.BraidState|null);

            /** Braid ct1Received. */
            ct1Received: (bisik.spqr.BraidState|null);

            /** Braid ekSentCt1Received. */
            ekSentCt1Received: (bisik.spqr.BraidState|null);

            /** Braid noHeaderReceived. */
            noHeaderReceived: (bisik.spqr.ReceivingBraidState|null);

            /** Braid headerReceived. */
            headerReceived: (bisik.spqr.ReceivingBraidState|null);

            /** Braid ct1Sampled. */
            ct1Sampled: (bisik.spqr.BraidState|null);

            /** Braid ekReceivedCt1Sampled. */
            ekReceivedCt1Sampled: (bisik.spqr.BraidState|null);

            /** Braid ct1Acknowledged. */
            ct1Acknowledged: (bisik.spqr.ReceivingBraidState|null);

            /** Braid ct2Sampled. */
            ct2Sampled: (bisik.spqr.BraidState|null);

            /** Braid state. */
            state?: ("keysUnsampled"|"keysSampled"|"headerSent"|"ct1Received"|"ekSentCt1Received"|"noHeaderReceived"|"headerReceived"|"ct1Sampled"|"ekReceivedCt1Sampled"|"ct1Acknowledged"|"ct2Sampled");

            /**
             * Encodes the specified Braid message. Does not implicitly {@link bisik.spqr.Braid.verify|verify} messages.
             * @param message Braid message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.spqr.Braid.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Braid message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.spqr.Braid & bisik.spqr.Braid.$Shape} Braid
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.spqr.Braid & bisik.spqr.Braid.$Shape;
        }

        namespace Braid {

            /** Properties of a Braid. */
            interface $Properties {

                /** Braid keysUnsampled */
                keysUnsampled?: (bisik.spqr.BraidState.$Properties|null);

                /** Braid keysSampled */
                keysSampled?: (bisik.spqr.BraidState.$Properties|null);

                /** Braid headerSent */
                headerSent?: (bisik.spqr.BraidState.$Properties|null);

                /** Braid ct1Received */
                ct1Received?: (bisik.spqr.BraidState.$Properties|null);

                /** Braid ekSentCt1Received */
                ekSentCt1Received?: (bisik.spqr.BraidState.$Properties|null);

                /** Braid noHeaderReceived */
                noHeaderReceived?: (bisik.spqr.ReceivingBraidState.$Properties|null);

                /** Braid headerReceived */
                headerReceived?: (bisik.spqr.ReceivingBraidState.$Properties|null);

                /** Braid ct1Sampled */
                ct1Sampled?: (bisik.spqr.BraidState.$Properties|null);

                /** Braid ekReceivedCt1Sampled */
                ekReceivedCt1Sampled?: (bisik.spqr.BraidState.$Properties|null);

                /** Braid ct1Acknowledged */
                ct1Acknowledged?: (bisik.spqr.ReceivingBraidState.$Properties|null);

                /** Braid ct2Sampled */
                ct2Sampled?: (bisik.spqr.BraidState.$Properties|null);

                /** Braid state */
                state?: ("keysUnsampled"|"keysSampled"|"headerSent"|"ct1Received"|"ekSentCt1Received"|"noHeaderReceived"|"headerReceived"|"ct1Sampled"|"ekReceivedCt1Sampled"|"ct1Acknowledged"|"ct2Sampled");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Braid. */
            type $Shape = {
              keysUnsampled?: bisik.spqr.BraidState.$Shape|null;
              keysSampled?: bisik.spqr.BraidState.$Shape|null;
              headerSent?: bisik.spqr.BraidState.$Shape|null;
              ct1Received?: bisik.spqr.BraidState.$Shape|null;
              ekSentCt1Received?: bisik.spqr.BraidState.$Shape|null;
              noHeaderReceived?: bisik.spqr.ReceivingBraidState.$Shape|null;
              headerReceived?: bisik.spqr.ReceivingBraidState.$Shape|null;
              ct1Sampled?: bisik.spqr.BraidState.$Shape|null;
              ekReceivedCt1Sampled?: bisik.spqr.BraidState.$Shape|null;
              ct1Acknowledged?: bisik.spqr.ReceivingBraidState.$Shape|null;
              ct2Sampled?: bisik.spqr.BraidState.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ state?: undefined; keysUnsampled?: null; keysSampled?: null; headerSent?: null; ct1Received?: null; ekSentCt1Received?: null; noHeaderReceived?: null; headerReceived?: null; ct1Sampled?: null; ekReceivedCt1Sampled?: null; ct1Acknowledged?: null; ct2Sampled?: null }|{ state?: "keysUnsampled"; keysUnsampled: bisik.spqr.BraidState.$Shape; keysSampled?: null; headerSent?: null; ct1Received?: null; ekSentCt1Received?: null; noHeaderReceived?: null; headerReceived?: null; ct1Sampled?: null; ekReceivedCt1Sampled?: null; ct1Acknowledged?: null; ct2Sampled?: null }|{ state?: "keysSampled"; keysUnsampled?: null; keysSampled: bisik.spqr.BraidState.$Shape; headerSent?: null; ct1Received?: null; ekSentCt1Received?: null; noHeaderReceived?: null; headerReceived?: null; ct1Sampled?: null; ekReceivedCt1Sampled?: null; ct1Acknowledged?: null; ct2Sampled?: null }|{ state?: "headerSent"; keysUnsampled?: null; keysSampled?: null; headerSent: bisik.spqr.BraidState.$Shape; ct1Received?: null; ekSentCt1Received?: null; noHeaderReceived?: null; headerReceived?: null; ct1Sampled?: null; ekReceivedCt1Sampled?: null; ct1Acknowledged?: null; ct2Sampled?: null }|{ state?: "ct1Received"; keysUnsampled?: null; keysSampled?: null; headerSent?: null; ct1Received: bisik.spqr.BraidState.$Shape; ekSentCt1Received?: null; noHeaderReceived?: null; headerReceived?: null; ct1Sampled?: null; ekReceivedCt1Sampled?: null; ct1Acknowledged?: null; ct2Sampled?: null }|{ state?: "ekSentCt1Received"; keysUnsampled?: null; keysSampled?: null; headerSent?: null; ct1Received?: null; ekSentCt1Received: bisik.spqr.BraidState.$Shape; noHeaderReceived?: null; headerReceived?: null; ct1Sampled?: null; ekReceivedCt1Sampled?: null; ct1Acknowledged?: null; ct2Sampled?: null }|{ state?: "noHeaderReceived"; keysUnsampled?: null; keysSampled?: null; headerSent?: null; ct1Received?: null; ekSentCt1Received?: null; noHeaderReceived: bisik.spqr.ReceivingBraidState.$Shape; headerReceived?: null; ct1Sampled?: null; ekReceivedCt1Sampled?: null; ct1Acknowledged?: null; ct2Sampled?: null }|{ state?: "headerReceived"; keysUnsampled?: null; keysSampled?: null; headerSent?: null; ct1Received?: null; ekSentCt1Received?: null; noHeaderReceived?: null; headerReceived: bisik.spqr.ReceivingBraidState.$Shape; ct1Sampled?: null; ekReceivedCt1Sampled?: null; ct1Acknowledged?: null; ct2Sampled?: null }|{ state?: "ct1Sampled"; keysUnsampled?: null; keysSampled?: null; headerSent?: null; ct1Received?: null; ekSentCt1Received?: null; noHeaderReceived?: null; headerReceived?: null; ct1Sampled: bisik.spqr.BraidState.$Shape; ekReceivedCt1Sampled?: null; ct1Acknowledged?: null; ct2Sampled?: null }|{ state?: "ekReceivedCt1Sampled"; keysUnsampled?: null; keysSampled?: null; headerSent?: null; ct1Received?: null; ekSentCt1Received?: null; noHeaderReceived?: null; headerReceived?: null; ct1Sampled?: null; ekReceivedCt1Sampled: bisik.spqr.BraidState.$Shape; ct1Acknowledged?: null; ct2Sampled?: null }|{ state?: "ct1Acknowledged"; keysUnsampled?: null; keysSampled?: null; headerSent?: null; ct1Received?: null; ekSentCt1Received?: null; noHeaderReceived?: null; headerReceived?: null; ct1Sampled?: null; ekReceivedCt1Sampled?: null; ct1Acknowledged: bisik.spqr.ReceivingBraidState.$Shape; ct2Sampled?: null }|{ state?: "ct2Sampled"; keysUnsampled?: null; keysSampled?: null; headerSent?: null; ct1Received?: null; ekSentCt1Received?: null; noHeaderReceived?: null; headerReceived?: null; ct1Sampled?: null; ekReceivedCt1Sampled?: null; ct1Acknowledged?: null; ct2Sampled: bisik.spqr.BraidState.$Shape })
            );
        }

        /**
         * Properties of a BraidState.
         * @deprecated Use bisik.spqr.BraidState.$Properties instead.
         */
        interface IBraidState extends bisik.spqr.BraidState.$Properties {
        }

        /** Represents a BraidState. */
        class BraidState {

            /**
             * Constructs a new BraidState.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.spqr.BraidState.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BraidState core. */
            core: bisik.spqr.Core;

            /** BraidState encoder. */
            encoder: bisik.spqr.Encoder;

            /** BraidState decoder. */
            decoder: bisik.spqr.Decoder;

            /**
             * Encodes the specified BraidState message. Does not implicitly {@link bisik.spqr.BraidState.verify|verify} messages.
             * @param message BraidState message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.spqr.BraidState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BraidState message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.spqr.BraidState & bisik.spqr.BraidState.$Shape} BraidState
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.spqr.BraidState & bisik.spqr.BraidState.$Shape;
        }

        namespace BraidState {

            /** Properties of a BraidState. */
            interface $Properties {

                /** BraidState core */
                core?: bisik.spqr.Core.$Properties;

                /** BraidState encoder */
                encoder?: bisik.spqr.Encoder.$Properties;

                /** BraidState decoder */
                decoder?: bisik.spqr.Decoder.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BraidState. */
            type $Shape = bisik.spqr.BraidState.$Properties;
        }

        /**
         * Properties of a ReceivingBraidState.
         * @deprecated Use bisik.spqr.ReceivingBraidState.$Properties instead.
         */
        interface IReceivingBraidState extends bisik.spqr.ReceivingBraidState.$Properties {
        }

        /** Represents a ReceivingBraidState. */
        class ReceivingBraidState {

            /**
             * Constructs a new ReceivingBraidState.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.spqr.ReceivingBraidState.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ReceivingBraidState core. */
            core: bisik.spqr.Core;

            /** ReceivingBraidState decoder. */
            decoder: bisik.spqr.Decoder;

            /**
             * Encodes the specified ReceivingBraidState message. Does not implicitly {@link bisik.spqr.ReceivingBraidState.verify|verify} messages.
             * @param message ReceivingBraidState message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.spqr.ReceivingBraidState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ReceivingBraidState message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.spqr.ReceivingBraidState & bisik.spqr.ReceivingBraidState.$Shape} ReceivingBraidState
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.spqr.ReceivingBraidState & bisik.spqr.ReceivingBraidState.$Shape;
        }

        namespace ReceivingBraidState {

            /** Properties of a ReceivingBraidState. */
            interface $Properties {

                /** ReceivingBraidState core */
                core?: bisik.spqr.Core.$Properties;

                /** ReceivingBraidState decoder */
                decoder?: bisik.spqr.Decoder.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ReceivingBraidState. */
            type $Shape = bisik.spqr.ReceivingBraidState.$Properties;
        }

        /**
         * Properties of a Core.
         * @deprecated Use bisik.spqr.Core.$Properties instead.
         */
        interface ICore extends bisik.spqr.Core.$Properties {
        }

        /** Represents a Core. */
        class Core {

            /**
             * Constructs a new Core.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.spqr.Core.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Core epoch. */
            epoch: (number|Long);

            /** Core auth. */
            auth: bisik.spqr.Authenticator;

            /** Core first. */
            first: Uint8Array;

            /** Core second. */
            second: Uint8Array;

            /** Core third. */
            third: Uint8Array;

            /**
             * Encodes the specified Core message. Does not implicitly {@link bisik.spqr.Core.verify|verify} messages.
             * @param message Core message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.spqr.Core.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Core message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.spqr.Core & bisik.spqr.Core.$Shape} Core
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.spqr.Core & bisik.spqr.Core.$Shape;
        }

        namespace Core {

            /** Properties of a Core. */
            interface $Properties {

                /** Core epoch */
                epoch?: (number|Long);

                /** Core auth */
                auth?: bisik.spqr.Authenticator.$Properties;

                /** Core first */
                first?: Uint8Array;

                /** Core second */
                second?: Uint8Array;

                /** Core third */
                third?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Core. */
            type $Shape = bisik.spqr.Core.$Properties;
        }

        /**
         * Properties of an Authenticator.
         * @deprecated Use bisik.spqr.Authenticator.$Properties instead.
         */
        interface IAuthenticator extends bisik.spqr.Authenticator.$Properties {
        }

        /** Represents an Authenticator. */
        class Authenticator {

            /**
             * Constructs a new Authenticator.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.spqr.Authenticator.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Authenticator root. */
            root: Uint8Array;

            /** Authenticator mac. */
            mac: Uint8Array;

            /**
             * Encodes the specified Authenticator message. Does not implicitly {@link bisik.spqr.Authenticator.verify|verify} messages.
             * @param message Authenticator message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.spqr.Authenticator.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Authenticator message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.spqr.Authenticator & bisik.spqr.Authenticator.$Shape} Authenticator
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.spqr.Authenticator & bisik.spqr.Authenticator.$Shape;
        }

        namespace Authenticator {

            /** Properties of an Authenticator. */
            interface $Properties {

                /** Authenticator root */
                root?: Uint8Array;

                /** Authenticator mac */
                mac?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Authenticator. */
            type $Shape = bisik.spqr.Authenticator.$Properties;
        }

        /**
         * Properties of an Encoder.
         * @deprecated Use bisik.spqr.Encoder.$Properties instead.
         */
        interface IEncoder extends bisik.spqr.Encoder.$Properties {
        }

        /** Represents an Encoder. */
        class Encoder {

            /**
             * Constructs a new Encoder.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.spqr.Encoder.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Encoder counter. */
            counter: number;

            /** Encoder values. */
            values: Uint8Array[];

            /** Encoder coefficients. */
            coefficients: Uint8Array[];

            /**
             * Encodes the specified Encoder message. Does not implicitly {@link bisik.spqr.Encoder.verify|verify} messages.
             * @param message Encoder message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.spqr.Encoder.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Encoder message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.spqr.Encoder & bisik.spqr.Encoder.$Shape} Encoder
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.spqr.Encoder & bisik.spqr.Encoder.$Shape;
        }

        namespace Encoder {

            /** Properties of an Encoder. */
            interface $Properties {

                /** Encoder counter */
                counter?: number;

                /** Encoder values */
                values?: Uint8Array[];

                /** Encoder coefficients */
                coefficients?: Uint8Array[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Encoder. */
            type $Shape = bisik.spqr.Encoder.$Properties;
        }

        /**
         * Properties of a Decoder.
         * @deprecated Use bisik.spqr.Decoder.$Properties instead.
         */
        interface IDecoder extends bisik.spqr.Decoder.$Properties {
        }

        /** Represents a Decoder. */
        class Decoder {

            /**
             * Constructs a new Decoder.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.spqr.Decoder.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Decoder needed. */
            needed: number;

            /** Decoder polynomials. */
            polynomials: number;

            /** Decoder points. */
            points: Uint8Array[];

            /**
             * Encodes the specified Decoder message. Does not implicitly {@link bisik.spqr.Decoder.verify|verify} messages.
             * @param message Decoder message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.spqr.Decoder.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Decoder message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.spqr.Decoder & bisik.spqr.Decoder.$Shape} Decoder
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.spqr.Decoder & bisik.spqr.Decoder.$Shape;
        }

        namespace Decoder {

            /** Properties of a Decoder. */
            interface $Properties {

                /** Decoder needed */
                needed?: number;

                /** Decoder polynomials */
                polynomials?: number;

                /** Decoder points */
                points?: Uint8Array[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Decoder. */
            type $Shape = bisik.spqr.Decoder.$Properties;
        }
    }
}
