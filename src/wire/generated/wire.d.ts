import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace bisik. */
export namespace bisik {

    /** Namespace wire. */
    namespace wire {

        /**
         * Properties of a SignalMessage.
         * @deprecated Use bisik.wire.SignalMessage.$Properties instead.
         */
        interface ISignalMessage extends bisik.wire.SignalMessage.$Properties {
        }

        /** Represents a SignalMessage. */
        class SignalMessage {

            /**
             * Constructs a new SignalMessage.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.wire.SignalMessage.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SignalMessage ratchetKey. */
            ratchetKey: Uint8Array;

            /** SignalMessage counter. */
            counter: number;

            /** SignalMessage previousCounter. */
            previousCounter: (number|null);

            /** SignalMessage ciphertext. */
            ciphertext: Uint8Array;

            /** SignalMessage pqRatchet. */
            pqRatchet: (Uint8Array|null);

            /** SignalMessage addresses. */
            addresses: (Uint8Array|null);

            /**
             * Encodes the specified SignalMessage message. Does not implicitly {@link bisik.wire.SignalMessage.verify|verify} messages.
             * @param message SignalMessage message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.wire.SignalMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SignalMessage message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.wire.SignalMessage & bisik.wire.SignalMessage.$Shape} SignalMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.wire.SignalMessage & bisik.wire.SignalMessage.$Shape;
        }

        namespace SignalMessage {

            /** Properties of a SignalMessage. */
            interface $Properties {

                /** SignalMessage ratchetKey */
                ratchetKey: Uint8Array;

                /** SignalMessage counter */
                counter: number;

                /** SignalMessage previousCounter */
                previousCounter?: (number|null);

                /** SignalMessage ciphertext */
                ciphertext: Uint8Array;

                /** SignalMessage pqRatchet */
                pqRatchet?: (Uint8Array|null);

                /** SignalMessage addresses */
                addresses?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SignalMessage. */
            type $Shape = bisik.wire.SignalMessage.$Properties;
        }

        /**
         * Properties of a PreKeySignalMessage.
         * @deprecated Use bisik.wire.PreKeySignalMessage.$Properties instead.
         */
        interface IPreKeySignalMessage extends bisik.wire.PreKeySignalMessage.$Properties {
        }

        /** Represents a PreKeySignalMessage. */
        class PreKeySignalMessage {

            /**
             * Constructs a new PreKeySignalMessage.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.wire.PreKeySignalMessage.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PreKeySignalMessage preKeyId. */
            preKeyId: (number|null);

            /** PreKeySignalMessage baseKey. */
            baseKey: Uint8Array;

            /** PreKeySignalMessage identityKey. */
            identityKey: Uint8Array;

            /** PreKeySignalMessage message. */
            message: Uint8Array;

            /** PreKeySignalMessage registrationId. */
            registrationId: (number|null);

            /** PreKeySignalMessage signedPreKeyId. */
            signedPreKeyId: number;

            /** PreKeySignalMessage kyberPreKeyId. */
            kyberPreKeyId: (number|null);

            /** PreKeySignalMessage kyberCiphertext. */
            kyberCiphertext: (Uint8Array|null);

            /**
             * Encodes the specified PreKeySignalMessage message. Does not implicitly {@link bisik.wire.PreKeySignalMessage.verify|verify} messages.
             * @param message PreKeySignalMessage message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.wire.PreKeySignalMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PreKeySignalMessage message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.wire.PreKeySignalMessage & bisik.wire.PreKeySignalMessage.$Shape} PreKeySignalMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.wire.PreKeySignalMessage & bisik.wire.PreKeySignalMessage.$Shape;
        }

        namespace PreKeySignalMessage {

            /** Properties of a PreKeySignalMessage. */
            interface $Properties {

                /** PreKeySignalMessage preKeyId */
                preKeyId?: (number|null);

                /** PreKeySignalMessage baseKey */
                baseKey: Uint8Array;

                /** PreKeySignalMessage identityKey */
                identityKey: Uint8Array;

                /** PreKeySignalMessage message */
                message: Uint8Array;

                /** PreKeySignalMessage registrationId */
                registrationId?: (number|null);

                /** PreKeySignalMessage signedPreKeyId */
                signedPreKeyId: number;

                /** PreKeySignalMessage kyberPreKeyId */
                kyberPreKeyId?: (number|null);

                /** PreKeySignalMessage kyberCiphertext */
                kyberCiphertext?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PreKeySignalMessage. */
            type $Shape = bisik.wire.PreKeySignalMessage.$Properties;
        }

        /**
         * Properties of a DecryptionErrorMessage.
         * @deprecated Use bisik.wire.DecryptionErrorMessage.$Properties instead.
         */
        interface IDecryptionErrorMessage extends bisik.wire.DecryptionErrorMessage.$Properties {
        }

        /** Represents a DecryptionErrorMessage. */
        class DecryptionErrorMessage {

            /**
             * Constructs a new DecryptionErrorMessage.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.wire.DecryptionErrorMessage.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DecryptionErrorMessage ratchetKey. */
            ratchetKey: (Uint8Array|null);

            /** DecryptionErrorMessage timestamp. */
            timestamp: (number|Long);

            /** DecryptionErrorMessage deviceId. */
            deviceId: (number|null);

            /**
             * Encodes the specified DecryptionErrorMessage message. Does not implicitly {@link bisik.wire.DecryptionErrorMessage.verify|verify} messages.
             * @param message DecryptionErrorMessage message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.wire.DecryptionErrorMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DecryptionErrorMessage message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.wire.DecryptionErrorMessage & bisik.wire.DecryptionErrorMessage.$Shape} DecryptionErrorMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.wire.DecryptionErrorMessage & bisik.wire.DecryptionErrorMessage.$Shape;
        }

        namespace DecryptionErrorMessage {

            /** Properties of a DecryptionErrorMessage. */
            interface $Properties {

                /** DecryptionErrorMessage ratchetKey */
                ratchetKey?: (Uint8Array|null);

                /** DecryptionErrorMessage timestamp */
                timestamp: (number|Long);

                /** DecryptionErrorMessage deviceId */
                deviceId?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DecryptionErrorMessage. */
            type $Shape = bisik.wire.DecryptionErrorMessage.$Properties;
        }

        /**
         * Properties of a SenderKeyMessage.
         * @deprecated Use bisik.wire.SenderKeyMessage.$Properties instead.
         */
        interface ISenderKeyMessage extends bisik.wire.SenderKeyMessage.$Properties {
        }

        /** Represents a SenderKeyMessage. */
        class SenderKeyMessage {

            /**
             * Constructs a new SenderKeyMessage.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.wire.SenderKeyMessage.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SenderKeyMessage distributionUuid. */
            distributionUuid: Uint8Array;

            /** SenderKeyMessage chainId. */
            chainId: number;

            /** SenderKeyMessage iteration. */
            iteration: number;

            /** SenderKeyMessage ciphertext. */
            ciphertext: Uint8Array;

            /**
             * Encodes the specified SenderKeyMessage message. Does not implicitly {@link bisik.wire.SenderKeyMessage.verify|verify} messages.
             * @param message SenderKeyMessage message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.wire.SenderKeyMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SenderKeyMessage message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.wire.SenderKeyMessage & bisik.wire.SenderKeyMessage.$Shape} SenderKeyMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.wire.SenderKeyMessage & bisik.wire.SenderKeyMessage.$Shape;
        }

        namespace SenderKeyMessage {

            /** Properties of a SenderKeyMessage. */
            interface $Properties {

                /** SenderKeyMessage distributionUuid */
                distributionUuid: Uint8Array;

                /** SenderKeyMessage chainId */
                chainId: number;

                /** SenderKeyMessage iteration */
                iteration: number;

                /** SenderKeyMessage ciphertext */
                ciphertext: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SenderKeyMessage. */
            type $Shape = bisik.wire.SenderKeyMessage.$Properties;
        }

        /**
         * Properties of a SenderKeyDistributionMessage.
         * @deprecated Use bisik.wire.SenderKeyDistributionMessage.$Properties instead.
         */
        interface ISenderKeyDistributionMessage extends bisik.wire.SenderKeyDistributionMessage.$Properties {
        }

        /** Represents a SenderKeyDistributionMessage. */
        class SenderKeyDistributionMessage {

            /**
             * Constructs a new SenderKeyDistributionMessage.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.wire.SenderKeyDistributionMessage.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SenderKeyDistributionMessage distributionUuid. */
            distributionUuid: Uint8Array;

            /** SenderKeyDistributionMessage chainId. */
            chainId: number;

            /** SenderKeyDistributionMessage iteration. */
            iteration: number;

            /** SenderKeyDistributionMessage chainKey. */
            chainKey: Uint8Array;

            /** SenderKeyDistributionMessage signingKey. */
            signingKey: Uint8Array;

            /**
             * Encodes the specified SenderKeyDistributionMessage message. Does not implicitly {@link bisik.wire.SenderKeyDistributionMessage.verify|verify} messages.
             * @param message SenderKeyDistributionMessage message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.wire.SenderKeyDistributionMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SenderKeyDistributionMessage message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.wire.SenderKeyDistributionMessage & bisik.wire.SenderKeyDistributionMessage.$Shape} SenderKeyDistributionMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.wire.SenderKeyDistributionMessage & bisik.wire.SenderKeyDistributionMessage.$Shape;
        }

        namespace SenderKeyDistributionMessage {

            /** Properties of a SenderKeyDistributionMessage. */
            interface $Properties {

                /** SenderKeyDistributionMessage distributionUuid */
                distributionUuid: Uint8Array;

                /** SenderKeyDistributionMessage chainId */
                chainId: number;

                /** SenderKeyDistributionMessage iteration */
                iteration: number;

                /** SenderKeyDistributionMessage chainKey */
                chainKey: Uint8Array;

                /** SenderKeyDistributionMessage signingKey */
                signingKey: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SenderKeyDistributionMessage. */
            type $Shape = bisik.wire.SenderKeyDistributionMessage.$Properties;
        }
    }

    /** Namespace content. */
    namespace content {

        /**
         * Properties of a Content.
         * @deprecated Use bisik.content.Content.$Properties instead.
         */
        interface IContent extends bisik.content.Content.$Properties {
        }

        /** Represents a Content. */
        class Content {

            /**
             * Constructs a new Content.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.content.Content.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Content decryptionErrorMessage. */
            decryptionErrorMessage: (Uint8Array|null);

            /** Content application. */
            application: (Uint8Array|null);

            /** Content sentAt. */
            sentAt: (number|Long|null);

            /** Content again. */
            again: (boolean|null);

            /** Content senderKeyDistribution. */
            senderKeyDistribution: (Uint8Array|null);

            /** Content accessKey. */
            accessKey: (Uint8Array|null);

            /** Content senderKeyWanted. */
            senderKeyWanted: (Uint8Array|null);

            /** Content name. */
            name: (Uint8Array|null);

            /**
             * Encodes the specified Content message. Does not implicitly {@link bisik.content.Content.verify|verify} messages.
             * @param message Content message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.content.Content.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Content message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.content.Content & bisik.content.Content.$Shape} Content
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.content.Content & bisik.content.Content.$Shape;
        }

        namespace Content {

            /** Properties of a Content. */
            interface $Properties {

                /** Content decryptionErrorMessage */
                decryptionErrorMessage?: (Uint8Array|null);

                /** Content application */
                application?: (Uint8Array|null);

                /** Content sentAt */
                sentAt?: (number|Long|null);

                /** Content again */
                again?: (boolean|null);

                /** Content senderKeyDistribution */
                senderKeyDistribution?: (Uint8Array|null);

                /** Content accessKey */
                accessKey?: (Uint8Array|null);

                /** Content senderKeyWanted */
                senderKeyWanted?: (Uint8Array|null);

                /** Content name */
                name?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Content. */
            type $Shape = bisik.content.Content.$Properties;
        }
    }

    /** Namespace envelope. */
    namespace envelope {

        /** Kind enum. */
        enum Kind {

            /** PRE_KEY value */
            PRE_KEY = 1,

            /** RATCHET value */
            RATCHET = 2,

            /** SENDER_KEY value */
            SENDER_KEY = 3,

            /** SEALED value */
            SEALED = 4,

            /** PLAINTEXT value */
            PLAINTEXT = 5
        }

        /**
         * Properties of an Address.
         * @deprecated Use bisik.envelope.Address.$Properties instead.
         */
        interface IAddress extends bisik.envelope.Address.$Properties {
        }

        /** Represents an Address. */
        class Address {

            /**
             * Constructs a new Address.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.envelope.Address.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Address user. */
            user: Uint8Array;

            /** Address device. */
            device: number;

            /**
             * Encodes the specified Address message. Does not implicitly {@link bisik.envelope.Address.verify|verify} messages.
             * @param message Address message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.envelope.Address.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Address message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.envelope.Address & bisik.envelope.Address.$Shape} Address
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.envelope.Address & bisik.envelope.Address.$Shape;
        }

        namespace Address {

            /** Properties of an Address. */
            interface $Properties {

                /** Address user */
                user: Uint8Array;

                /** Address device */
                device: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Address. */
            type $Shape = bisik.envelope.Address.$Properties;
        }

        /**
         * Properties of an Envelope.
         * @deprecated Use bisik.envelope.Envelope.$Properties instead.
         */
        interface IEnvelope extends bisik.envelope.Envelope.$Properties {
        }

        /** Represents an Envelope. */
        class Envelope {

            /**
             * Constructs a new Envelope.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.envelope.Envelope.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Envelope version. */
            version: number;

            /** Envelope kind. */
            kind: bisik.envelope.Kind;

            /** Envelope sender. */
            sender: (bisik.envelope.Address|null);

            /** Envelope body. */
            body: Uint8Array;

            /**
             * Encodes the specified Envelope message. Does not implicitly {@link bisik.envelope.Envelope.verify|verify} messages.
             * @param message Envelope message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.envelope.Envelope.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Envelope message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.envelope.Envelope & bisik.envelope.Envelope.$Shape} Envelope
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.envelope.Envelope & bisik.envelope.Envelope.$Shape;
        }

        namespace Envelope {

            /** Properties of an Envelope. */
            interface $Properties {

                /** Envelope version */
                version: number;

                /** Envelope kind */
                kind: bisik.envelope.Kind;

                /** Envelope sender */
                sender?: (bisik.envelope.Address.$Properties|null);

                /** Envelope body */
                body: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Envelope. */
            type $Shape = bisik.envelope.Envelope.$Properties;
        }
    }

    /** Namespace bundle. */
    namespace bundle {

        /**
         * Properties of a OneTimePreKey.
         * @deprecated Use bisik.bundle.OneTimePreKey.$Properties instead.
         */
        interface IOneTimePreKey extends bisik.bundle.OneTimePreKey.$Properties {
        }

        /** Represents a OneTimePreKey. */
        class OneTimePreKey {

            /**
             * Constructs a new OneTimePreKey.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.bundle.OneTimePreKey.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OneTimePreKey id. */
            id: number;

            /** OneTimePreKey publicKey. */
            publicKey: Uint8Array;

            /**
             * Encodes the specified OneTimePreKey message. Does not implicitly {@link bisik.bundle.OneTimePreKey.verify|verify} messages.
             * @param message OneTimePreKey message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.bundle.OneTimePreKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a OneTimePreKey message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.bundle.OneTimePreKey & bisik.bundle.OneTimePreKey.$Shape} OneTimePreKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.bundle.OneTimePreKey & bisik.bundle.OneTimePreKey.$Shape;
        }

        namespace OneTimePreKey {

            /** Properties of a OneTimePreKey. */
            interface $Properties {

                /** OneTimePreKey id */
                id: number;

                /** OneTimePreKey publicKey */
                publicKey: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a OneTimePreKey. */
            type $Shape = bisik.bundle.OneTimePreKey.$Properties;
        }

        /**
         * Properties of a SignedPreKey.
         * @deprecated Use bisik.bundle.SignedPreKey.$Properties instead.
         */
        interface ISignedPreKey extends bisik.bundle.SignedPreKey.$Properties {
        }

        /** Represents a SignedPreKey. */
        class SignedPreKey {

            /**
             * Constructs a new SignedPreKey.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.bundle.SignedPreKey.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SignedPreKey id. */
            id: number;

            /** SignedPreKey publicKey. */
            publicKey: Uint8Array;

            /** SignedPreKey signature. */
            signature: Uint8Array;

            /**
             * Encodes the specified SignedPreKey message. Does not implicitly {@link bisik.bundle.SignedPreKey.verify|verify} messages.
             * @param message SignedPreKey message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.bundle.SignedPreKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SignedPreKey message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.bundle.SignedPreKey & bisik.bundle.SignedPreKey.$Shape} SignedPreKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.bundle.SignedPreKey & bisik.bundle.SignedPreKey.$Shape;
        }

        namespace SignedPreKey {

            /** Properties of a SignedPreKey. */
            interface $Properties {

                /** SignedPreKey id */
                id: number;

                /** SignedPreKey publicKey */
                publicKey: Uint8Array;

                /** SignedPreKey signature */
                signature: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SignedPreKey. */
            type $Shape = bisik.bundle.SignedPreKey.$Properties;
        }

        /**
         * Properties of a PreKeyBundle.
         * @deprecated Use bisik.bundle.PreKeyBundle.$Properties instead.
         */
        interface IPreKeyBundle extends bisik.bundle.PreKeyBundle.$Properties {
        }

        /** Represents a PreKeyBundle. */
        class PreKeyBundle {

            /**
             * Constructs a new PreKeyBundle.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.bundle.PreKeyBundle.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PreKeyBundle version. */
            version: number;

            /** PreKeyBundle address. */
            address: bisik.envelope.Address;

            /** PreKeyBundle registrationId. */
            registrationId: number;

            /** PreKeyBundle identityKey. */
            identityKey: Uint8Array;

            /** PreKeyBundle signedPreKey. */
            signedPreKey: bisik.bundle.SignedPreKey;

            /** PreKeyBundle oneTimePreKey. */
            oneTimePreKey: (bisik.bundle.OneTimePreKey|null);

            /** PreKeyBundle kemPreKey. */
            kemPreKey: (bisik.bundle.SignedPreKey|null);

            /**
             * Encodes the specified PreKeyBundle message. Does not implicitly {@link bisik.bundle.PreKeyBundle.verify|verify} messages.
             * @param message PreKeyBundle message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.bundle.PreKeyBundle.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PreKeyBundle message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.bundle.PreKeyBundle & bisik.bundle.PreKeyBundle.$Shape} PreKeyBundle
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.bundle.PreKeyBundle & bisik.bundle.PreKeyBundle.$Shape;
        }

        namespace PreKeyBundle {

            /** Properties of a PreKeyBundle. */
            interface $Properties {

                /** PreKeyBundle version */
                version: number;

                /** PreKeyBundle address */
                address: bisik.envelope.Address.$Properties;

                /** PreKeyBundle registrationId */
                registrationId: number;

                /** PreKeyBundle identityKey */
                identityKey: Uint8Array;

                /** PreKeyBundle signedPreKey */
                signedPreKey: bisik.bundle.SignedPreKey.$Properties;

                /** PreKeyBundle oneTimePreKey */
                oneTimePreKey?: (bisik.bundle.OneTimePreKey.$Properties|null);

                /** PreKeyBundle kemPreKey */
                kemPreKey?: (bisik.bundle.SignedPreKey.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PreKeyBundle. */
            type $Shape = bisik.bundle.PreKeyBundle.$Properties;
        }

        /**
         * Properties of a PreKeyUpload.
         * @deprecated Use bisik.bundle.PreKeyUpload.$Properties instead.
         */
        interface IPreKeyUpload extends bisik.bundle.PreKeyUpload.$Properties {
        }

        /** Represents a PreKeyUpload. */
        class PreKeyUpload {

            /**
             * Constructs a new PreKeyUpload.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.bundle.PreKeyUpload.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PreKeyUpload version. */
            version: number;

            /** PreKeyUpload address. */
            address: bisik.envelope.Address;

            /** PreKeyUpload registrationId. */
            registrationId: number;

            /** PreKeyUpload identityKey. */
            identityKey: Uint8Array;

            /** PreKeyUpload signedPreKey. */
            signedPreKey: bisik.bundle.SignedPreKey;

            /** PreKeyUpload kemPreKey. */
            kemPreKey: bisik.bundle.SignedPreKey;

            /** PreKeyUpload oneTimePreKeys. */
            oneTimePreKeys: bisik.bundle.OneTimePreKey[];

            /** PreKeyUpload oneTimeKemPreKeys. */
            oneTimeKemPreKeys: bisik.bundle.SignedPreKey[];

            /** PreKeyUpload firstOneTimePreKeyId. */
            firstOneTimePreKeyId: (number|null);

            /** PreKeyUpload firstOneTimeKemPreKeyId. */
            firstOneTimeKemPreKeyId: (number|null);

            /**
             * Encodes the specified PreKeyUpload message. Does not implicitly {@link bisik.bundle.PreKeyUpload.verify|verify} messages.
             * @param message PreKeyUpload message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.bundle.PreKeyUpload.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PreKeyUpload message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.bundle.PreKeyUpload & bisik.bundle.PreKeyUpload.$Shape} PreKeyUpload
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.bundle.PreKeyUpload & bisik.bundle.PreKeyUpload.$Shape;
        }

        namespace PreKeyUpload {

            /** Properties of a PreKeyUpload. */
            interface $Properties {

                /** PreKeyUpload version */
                version: number;

                /** PreKeyUpload address */
                address: bisik.envelope.Address.$Properties;

                /** PreKeyUpload registrationId */
                registrationId: number;

                /** PreKeyUpload identityKey */
                identityKey: Uint8Array;

                /** PreKeyUpload signedPreKey */
                signedPreKey: bisik.bundle.SignedPreKey.$Properties;

                /** PreKeyUpload kemPreKey */
                kemPreKey: bisik.bundle.SignedPreKey.$Properties;

                /** PreKeyUpload oneTimePreKeys */
                oneTimePreKeys?: bisik.bundle.OneTimePreKey.$Properties[];

                /** PreKeyUpload oneTimeKemPreKeys */
                oneTimeKemPreKeys?: bisik.bundle.SignedPreKey.$Properties[];

                /** PreKeyUpload firstOneTimePreKeyId */
                firstOneTimePreKeyId?: (number|null);

                /** PreKeyUpload firstOneTimeKemPreKeyId */
                firstOneTimeKemPreKeyId?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PreKeyUpload. */
            type $Shape = bisik.bundle.PreKeyUpload.$Properties;
        }
    }

    /** Namespace sealed. */
    namespace sealed {

        /**
         * Properties of a Certificate.
         * @deprecated Use bisik.sealed.Certificate.$Properties instead.
         */
        interface ICertificate extends bisik.sealed.Certificate.$Properties {
        }

        /** Represents a Certificate. */
        class Certificate {

            /**
             * Constructs a new Certificate.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.sealed.Certificate.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Certificate certificate. */
            certificate: Uint8Array;

            /** Certificate signature. */
            signature: Uint8Array;

            /**
             * Encodes the specified Certificate message. Does not implicitly {@link bisik.sealed.Certificate.verify|verify} messages.
             * @param message Certificate message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.sealed.Certificate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Certificate message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.sealed.Certificate & bisik.sealed.Certificate.$Shape} Certificate
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.sealed.Certificate & bisik.sealed.Certificate.$Shape;
        }

        namespace Certificate {

            /** Properties of a Certificate. */
            interface $Properties {

                /** Certificate certificate */
                certificate: Uint8Array;

                /** Certificate signature */
                signature: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Certificate. */
            type $Shape = bisik.sealed.Certificate.$Properties;
        }

        /**
         * Properties of a ServerCertificate.
         * @deprecated Use bisik.sealed.ServerCertificate.$Properties instead.
         */
        interface IServerCertificate extends bisik.sealed.ServerCertificate.$Properties {
        }

        /** Represents a ServerCertificate. */
        class ServerCertificate {

            /**
             * Constructs a new ServerCertificate.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.sealed.ServerCertificate.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ServerCertificate id. */
            id: number;

            /** ServerCertificate key. */
            key: Uint8Array;

            /**
             * Encodes the specified ServerCertificate message. Does not implicitly {@link bisik.sealed.ServerCertificate.verify|verify} messages.
             * @param message ServerCertificate message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.sealed.ServerCertificate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ServerCertificate message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.sealed.ServerCertificate & bisik.sealed.ServerCertificate.$Shape} ServerCertificate
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.sealed.ServerCertificate & bisik.sealed.ServerCertificate.$Shape;
        }

        namespace ServerCertificate {

            /** Properties of a ServerCertificate. */
            interface $Properties {

                /** ServerCertificate id */
                id: number;

                /** ServerCertificate key */
                key: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ServerCertificate. */
            type $Shape = bisik.sealed.ServerCertificate.$Properties;
        }

        /**
         * Properties of a SenderCertificate.
         * @deprecated Use bisik.sealed.SenderCertificate.$Properties instead.
         */
        interface ISenderCertificate extends bisik.sealed.SenderCertificate.$Properties {
        }

        /** Represents a SenderCertificate. */
        class SenderCertificate {

            /**
             * Constructs a new SenderCertificate.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.sealed.SenderCertificate.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SenderCertificate phoneNumber. */
            phoneNumber: (Uint8Array|null);

            /** SenderCertificate device. */
            device: number;

            /** SenderCertificate expiration. */
            expiration: (number|Long);

            /** SenderCertificate identityKey. */
            identityKey: Uint8Array;

            /** SenderCertificate signer. */
            signer: (Uint8Array|null);

            /** SenderCertificate user. */
            user: (Uint8Array|null);

            /** SenderCertificate userUuid. */
            userUuid: (Uint8Array|null);

            /** SenderCertificate signerId. */
            signerId: (number|null);

            /**
             * Encodes the specified SenderCertificate message. Does not implicitly {@link bisik.sealed.SenderCertificate.verify|verify} messages.
             * @param message SenderCertificate message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.sealed.SenderCertificate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SenderCertificate message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.sealed.SenderCertificate & bisik.sealed.SenderCertificate.$Shape} SenderCertificate
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.sealed.SenderCertificate & bisik.sealed.SenderCertificate.$Shape;
        }

        namespace SenderCertificate {

            /** Properties of a SenderCertificate. */
            interface $Properties {

                /** SenderCertificate phoneNumber */
                phoneNumber?: (Uint8Array|null);

                /** SenderCertificate device */
                device: number;

                /** SenderCertificate expiration */
                expiration: (number|Long);

                /** SenderCertificate identityKey */
                identityKey: Uint8Array;

                /** SenderCertificate signer */
                signer?: (Uint8Array|null);

                /** SenderCertificate user */
                user?: (Uint8Array|null);

                /** SenderCertificate userUuid */
                userUuid?: (Uint8Array|null);

                /** SenderCertificate signerId */
                signerId?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SenderCertificate. */
            type $Shape = bisik.sealed.SenderCertificate.$Properties;
        }

        /**
         * Properties of a Content.
         * @deprecated Use bisik.sealed.Content.$Properties instead.
         */
        interface IContent extends bisik.sealed.Content.$Properties {
        }

        /** Represents a Content. */
        class Content {

            /**
             * Constructs a new Content.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.sealed.Content.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Content type. */
            type: number;

            /** Content certificate. */
            certificate: Uint8Array;

            /** Content content. */
            content: Uint8Array;

            /** Content contentHint. */
            contentHint: (number|null);

            /** Content groupId. */
            groupId: (Uint8Array|null);

            /**
             * Encodes the specified Content message. Does not implicitly {@link bisik.sealed.Content.verify|verify} messages.
             * @param message Content message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.sealed.Content.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Content message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.sealed.Content & bisik.sealed.Content.$Shape} Content
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.sealed.Content & bisik.sealed.Content.$Shape;
        }

        namespace Content {

            /** Properties of a Content. */
            interface $Properties {

                /** Content type */
                type: number;

                /** Content certificate */
                certificate: Uint8Array;

                /** Content content */
                content: Uint8Array;

                /** Content contentHint */
                contentHint?: (number|null);

                /** Content groupId */
                groupId?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Content. */
            type $Shape = bisik.sealed.Content.$Properties;
        }

        /**
         * Properties of a ForOne.
         * @deprecated Use bisik.sealed.ForOne.$Properties instead.
         */
        interface IForOne extends bisik.sealed.ForOne.$Properties {
        }

        /** Represents a ForOne. */
        class ForOne {

            /**
             * Constructs a new ForOne.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.sealed.ForOne.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ForOne ephemeralKey. */
            ephemeralKey: Uint8Array;

            /** ForOne encryptedStatic. */
            encryptedStatic: Uint8Array;

            /** ForOne encryptedMessage. */
            encryptedMessage: Uint8Array;

            /**
             * Encodes the specified ForOne message. Does not implicitly {@link bisik.sealed.ForOne.verify|verify} messages.
             * @param message ForOne message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.sealed.ForOne.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ForOne message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.sealed.ForOne & bisik.sealed.ForOne.$Shape} ForOne
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.sealed.ForOne & bisik.sealed.ForOne.$Shape;
        }

        namespace ForOne {

            /** Properties of a ForOne. */
            interface $Properties {

                /** ForOne ephemeralKey */
                ephemeralKey: Uint8Array;

                /** ForOne encryptedStatic */
                encryptedStatic: Uint8Array;

                /** ForOne encryptedMessage */
                encryptedMessage: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ForOne. */
            type $Shape = bisik.sealed.ForOne.$Properties;
        }
    }

    /** Namespace fingerprint. */
    namespace fingerprint {

        /**
         * Properties of a Combined.
         * @deprecated Use bisik.fingerprint.Combined.$Properties instead.
         */
        interface ICombined extends bisik.fingerprint.Combined.$Properties {
        }

        /** Represents a Combined. */
        class Combined {

            /**
             * Constructs a new Combined.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.fingerprint.Combined.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Combined version. */
            version: (number|null);

            /** Combined local. */
            local: (bisik.fingerprint.Logical|null);

            /** Combined remote. */
            remote: (bisik.fingerprint.Logical|null);

            /**
             * Encodes the specified Combined message. Does not implicitly {@link bisik.fingerprint.Combined.verify|verify} messages.
             * @param message Combined message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.fingerprint.Combined.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Combined message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.fingerprint.Combined & bisik.fingerprint.Combined.$Shape} Combined
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.fingerprint.Combined & bisik.fingerprint.Combined.$Shape;
        }

        namespace Combined {

            /** Properties of a Combined. */
            interface $Properties {

                /** Combined version */
                version?: (number|null);

                /** Combined local */
                local?: (bisik.fingerprint.Logical.$Properties|null);

                /** Combined remote */
                remote?: (bisik.fingerprint.Logical.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Combined. */
            type $Shape = bisik.fingerprint.Combined.$Properties;
        }

        /**
         * Properties of a Logical.
         * @deprecated Use bisik.fingerprint.Logical.$Properties instead.
         */
        interface ILogical extends bisik.fingerprint.Logical.$Properties {
        }

        /** Represents a Logical. */
        class Logical {

            /**
             * Constructs a new Logical.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.fingerprint.Logical.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Logical content. */
            content: (Uint8Array|null);

            /**
             * Encodes the specified Logical message. Does not implicitly {@link bisik.fingerprint.Logical.verify|verify} messages.
             * @param message Logical message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.fingerprint.Logical.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Logical message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.fingerprint.Logical & bisik.fingerprint.Logical.$Shape} Logical
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.fingerprint.Logical & bisik.fingerprint.Logical.$Shape;
        }

        namespace Logical {

            /** Properties of a Logical. */
            interface $Properties {

                /** Logical content */
                content?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Logical. */
            type $Shape = bisik.fingerprint.Logical.$Properties;
        }
    }
}
