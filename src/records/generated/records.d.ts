import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace bisik. */
export namespace bisik {

    /** Namespace records. */
    namespace records {

        /**
         * Properties of an Account.
         * @deprecated Use bisik.records.Account.$Properties instead.
         */
        interface IAccount extends bisik.records.Account.$Properties {
        }

        /** Represents an Account. */
        class Account {

            /**
             * Constructs a new Account.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.Account.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Account format. */
            format: number;

            /** Account generation. */
            generation: number;

            /** Account user. */
            user: string;

            /** Account device. */
            device: number;

            /** Account identityPublic. */
            identityPublic: Uint8Array;

            /** Account identityPrivate. */
            identityPrivate: Uint8Array;

            /** Account registrationId. */
            registrationId: number;

            /** Account nextOneTimePreKeyId. */
            nextOneTimePreKeyId: number;

            /** Account nextSignedPreKeyId. */
            nextSignedPreKeyId: number;

            /** Account nextKemPreKeyId. */
            nextKemPreKeyId: number;

            /** Account signedPreKeys. */
            signedPreKeys: bisik.records.RotatedPreKey[];

            /** Account lastResortKemPreKeys. */
            lastResortKemPreKeys: bisik.records.RotatedPreKey[];

            /**
             * Encodes the specified Account message. Does not implicitly {@link bisik.records.Account.verify|verify} messages.
             * @param message Account message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.Account.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Account message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.Account & bisik.records.Account.$Shape} Account
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.Account & bisik.records.Account.$Shape;
        }

        namespace Account {

            /** Properties of an Account. */
            interface $Properties {

                /** Account format */
                format?: number;

                /** Account generation */
                generation?: number;

                /** Account user */
                user?: string;

                /** Account device */
                device?: number;

                /** Account identityPublic */
                identityPublic?: Uint8Array;

                /** Account identityPrivate */
                identityPrivate?: Uint8Array;

                /** Account registrationId */
                registrationId?: number;

                /** Account nextOneTimePreKeyId */
                nextOneTimePreKeyId?: number;

                /** Account nextSignedPreKeyId */
                nextSignedPreKeyId?: number;

                /** Account nextKemPreKeyId */
                nextKemPreKeyId?: number;

                /** Account signedPreKeys */
                signedPreKeys?: bisik.records.RotatedPreKey.$Properties[];

                /** Account lastResortKemPreKeys */
                lastResortKemPreKeys?: bisik.records.RotatedPreKey.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Account. */
            type $Shape = bisik.records.Account.$Properties;
        }

        /**
         * Properties of a RotatedPreKey.
         * @deprecated Use bisik.records.RotatedPreKey.$Properties instead.
         */
        interface IRotatedPreKey extends bisik.records.RotatedPreKey.$Properties {
        }

        /** Represents a RotatedPreKey. */
        class RotatedPreKey {

            /**
             * Constructs a new RotatedPreKey.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.RotatedPreKey.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RotatedPreKey id. */
            id: number;

            /** RotatedPreKey createdAt. */
            createdAt: number;

            /**
             * Encodes the specified RotatedPreKey message. Does not implicitly {@link bisik.records.RotatedPreKey.verify|verify} messages.
             * @param message RotatedPreKey message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.RotatedPreKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RotatedPreKey message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.RotatedPreKey & bisik.records.RotatedPreKey.$Shape} RotatedPreKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.RotatedPreKey & bisik.records.RotatedPreKey.$Shape;
        }

        namespace RotatedPreKey {

            /** Properties of a RotatedPreKey. */
            interface $Properties {

                /** RotatedPreKey id */
                id?: number;

                /** RotatedPreKey createdAt */
                createdAt?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RotatedPreKey. */
            type $Shape = bisik.records.RotatedPreKey.$Properties;
        }

        /**
         * Properties of a OneTimePreKey.
         * @deprecated Use bisik.records.OneTimePreKey.$Properties instead.
         */
        interface IOneTimePreKey extends bisik.records.OneTimePreKey.$Properties {
        }

        /** Represents a OneTimePreKey. */
        class OneTimePreKey {

            /**
             * Constructs a new OneTimePreKey.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.OneTimePreKey.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OneTimePreKey format. */
            format: number;

            /** OneTimePreKey public. */
            public: Uint8Array;

            /** OneTimePreKey private. */
            private: Uint8Array;

            /**
             * Encodes the specified OneTimePreKey message. Does not implicitly {@link bisik.records.OneTimePreKey.verify|verify} messages.
             * @param message OneTimePreKey message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.OneTimePreKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a OneTimePreKey message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.OneTimePreKey & bisik.records.OneTimePreKey.$Shape} OneTimePreKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.OneTimePreKey & bisik.records.OneTimePreKey.$Shape;
        }

        namespace OneTimePreKey {

            /** Properties of a OneTimePreKey. */
            interface $Properties {

                /** OneTimePreKey format */
                format?: number;

                /** OneTimePreKey public */
                "public"?: Uint8Array;

                /** OneTimePreKey private */
                "private"?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a OneTimePreKey. */
            type $Shape = bisik.records.OneTimePreKey.$Properties;
        }

        /**
         * Properties of a SignedPreKey.
         * @deprecated Use bisik.records.SignedPreKey.$Properties instead.
         */
        interface ISignedPreKey extends bisik.records.SignedPreKey.$Properties {
        }

        /** Represents a SignedPreKey. */
        class SignedPreKey {

            /**
             * Constructs a new SignedPreKey.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.SignedPreKey.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SignedPreKey format. */
            format: number;

            /** SignedPreKey public. */
            public: Uint8Array;

            /** SignedPreKey private. */
            private: Uint8Array;

            /** SignedPreKey signature. */
            signature: Uint8Array;

            /** SignedPreKey createdAt. */
            createdAt: number;

            /**
             * Encodes the specified SignedPreKey message. Does not implicitly {@link bisik.records.SignedPreKey.verify|verify} messages.
             * @param message SignedPreKey message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.SignedPreKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SignedPreKey message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.SignedPreKey & bisik.records.SignedPreKey.$Shape} SignedPreKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.SignedPreKey & bisik.records.SignedPreKey.$Shape;
        }

        namespace SignedPreKey {

            /** Properties of a SignedPreKey. */
            interface $Properties {

                /** SignedPreKey format */
                format?: number;

                /** SignedPreKey public */
                "public"?: Uint8Array;

                /** SignedPreKey private */
                "private"?: Uint8Array;

                /** SignedPreKey signature */
                signature?: Uint8Array;

                /** SignedPreKey createdAt */
                createdAt?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SignedPreKey. */
            type $Shape = bisik.records.SignedPreKey.$Properties;
        }

        /**
         * Properties of a KemPreKey.
         * @deprecated Use bisik.records.KemPreKey.$Properties instead.
         */
        interface IKemPreKey extends bisik.records.KemPreKey.$Properties {
        }

        /** Represents a KemPreKey. */
        class KemPreKey {

            /**
             * Constructs a new KemPreKey.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.KemPreKey.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** KemPreKey format. */
            format: number;

            /** KemPreKey secret. */
            secret: Uint8Array;

            /** KemPreKey signature. */
            signature: Uint8Array;

            /** KemPreKey createdAt. */
            createdAt: number;

            /** KemPreKey lastResort. */
            lastResort: boolean;

            /**
             * Encodes the specified KemPreKey message. Does not implicitly {@link bisik.records.KemPreKey.verify|verify} messages.
             * @param message KemPreKey message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.KemPreKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a KemPreKey message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.KemPreKey & bisik.records.KemPreKey.$Shape} KemPreKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.KemPreKey & bisik.records.KemPreKey.$Shape;
        }

        namespace KemPreKey {

            /** Properties of a KemPreKey. */
            interface $Properties {

                /** KemPreKey format */
                format?: number;

                /** KemPreKey secret */
                secret?: Uint8Array;

                /** KemPreKey signature */
                signature?: Uint8Array;

                /** KemPreKey createdAt */
                createdAt?: number;

                /** KemPreKey lastResort */
                lastResort?: boolean;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a KemPreKey. */
            type $Shape = bisik.records.KemPreKey.$Properties;
        }

        /**
         * Properties of an Identity.
         * @deprecated Use bisik.records.Identity.$Properties instead.
         */
        interface IIdentity extends bisik.records.Identity.$Properties {
        }

        /** Represents an Identity. */
        class Identity {

            /**
             * Constructs a new Identity.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.Identity.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Identity format. */
            format: number;

            /** Identity key. */
            key: Uint8Array;

            /** Identity level. */
            level: number;

            /**
             * Encodes the specified Identity message. Does not implicitly {@link bisik.records.Identity.verify|verify} messages.
             * @param message Identity message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.Identity.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Identity message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.Identity & bisik.records.Identity.$Shape} Identity
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.Identity & bisik.records.Identity.$Shape;
        }

        namespace Identity {

            /** Properties of an Identity. */
            interface $Properties {

                /** Identity format */
                format?: number;

                /** Identity key */
                key?: Uint8Array;

                /** Identity level */
                level?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Identity. */
            type $Shape = bisik.records.Identity.$Properties;
        }

        /**
         * Properties of a Session.
         * @deprecated Use bisik.records.Session.$Properties instead.
         */
        interface ISession extends bisik.records.Session.$Properties {
        }

        /** Represents a Session. */
        class Session {

            /**
             * Constructs a new Session.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.Session.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Session format. */
            format: number;

            /** Session generation. */
            generation: number;

            /** Session version. */
            version: number;

            /** Session remoteIdentity. */
            remoteIdentity: Uint8Array;

            /** Session remoteRegistrationId. */
            remoteRegistrationId: number;

            /** Session baseKey. */
            baseKey: Uint8Array;

            /** Session usedOneTimePreKey. */
            usedOneTimePreKey: boolean;

            /** Session pending. */
            pending: bisik.records.PendingHandshake;

            /** Session rootKey. */
            rootKey: Uint8Array;

            /** Session sendingPublic. */
            sendingPublic: Uint8Array;

            /** Session sendingPrivate. */
            sendingPrivate: Uint8Array;

            /** Session sendingChainKey. */
            sendingChainKey: Uint8Array;

            /** Session sendingCounter. */
            sendingCounter: number;

            /** Session previousCounter. */
            previousCounter: number;

            /** Session receiving. */
            receiving: bisik.records.ReceivingChain[];

            /** Session pqRatchet. */
            pqRatchet: bisik.records.PqRatchet;

            /**
             * Encodes the specified Session message. Does not implicitly {@link bisik.records.Session.verify|verify} messages.
             * @param message Session message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.Session.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Session message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.Session & bisik.records.Session.$Shape} Session
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.Session & bisik.records.Session.$Shape;
        }

        namespace Session {

            /** Properties of a Session. */
            interface $Properties {

                /** Session format */
                format?: number;

                /** Session generation */
                generation?: number;

                /** Session version */
                version?: number;

                /** Session remoteIdentity */
                remoteIdentity?: Uint8Array;

                /** Session remoteRegistrationId */
                remoteRegistrationId?: number;

                /** Session baseKey */
                baseKey?: Uint8Array;

                /** Session usedOneTimePreKey */
                usedOneTimePreKey?: boolean;

                /** Session pending */
                pending?: bisik.records.PendingHandshake.$Properties;

                /** Session rootKey */
                rootKey?: Uint8Array;

                /** Session sendingPublic */
                sendingPublic?: Uint8Array;

                /** Session sendingPrivate */
                sendingPrivate?: Uint8Array;

                /** Session sendingChainKey */
                sendingChainKey?: Uint8Array;

                /** Session sendingCounter */
                sendingCounter?: number;

                /** Session previousCounter */
                previousCounter?: number;

                /** Session receiving */
                receiving?: bisik.records.ReceivingChain.$Properties[];

                /** Session pqRatchet */
                pqRatchet?: bisik.records.PqRatchet.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Session. */
            type $Shape = bisik.records.Session.$Properties;
        }

        /**
         * Properties of a PqRatchet.
         * @deprecated Use bisik.records.PqRatchet.$Properties instead.
         */
        interface IPqRatchet extends bisik.records.PqRatchet.$Properties {
        }

        /** Represents a PqRatchet. */
        class PqRatchet {

            /**
             * Constructs a new PqRatchet.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.PqRatchet.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PqRatchet initiator. */
            initiator: boolean;

            /** PqRatchet maxForwardJump. */
            maxForwardJump: number;

            /** PqRatchet maxSkippedKeys. */
            maxSkippedKeys: number;

            /** PqRatchet negotiation. */
            negotiation: bisik.records.PqNegotiation;

            /** PqRatchet chains. */
            chains: bisik.records.PqChains;

            /** PqRatchet braid. */
            braid: bisik.records.Braid;

            /**
             * Encodes the specified PqRatchet message. Does not implicitly {@link bisik.records.PqRatchet.verify|verify} messages.
             * @param message PqRatchet message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.PqRatchet.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PqRatchet message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.PqRatchet & bisik.records.PqRatchet.$Shape} PqRatchet
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.PqRatchet & bisik.records.PqRatchet.$Shape;
        }

        namespace PqRatchet {

            /** Properties of a PqRatchet. */
            interface $Properties {

                /** PqRatchet initiator */
                initiator?: boolean;

                /** PqRatchet maxForwardJump */
                maxForwardJump?: number;

                /** PqRatchet maxSkippedKeys */
                maxSkippedKeys?: number;

                /** PqRatchet negotiation */
                negotiation?: bisik.records.PqNegotiation.$Properties;

                /** PqRatchet chains */
                chains?: bisik.records.PqChains.$Properties;

                /** PqRatchet braid */
                braid?: bisik.records.Braid.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PqRatchet. */
            type $Shape = bisik.records.PqRatchet.$Properties;
        }

        /**
         * Properties of a PqNegotiation.
         * @deprecated Use bisik.records.PqNegotiation.$Properties instead.
         */
        interface IPqNegotiation extends bisik.records.PqNegotiation.$Properties {
        }

        /** Represents a PqNegotiation. */
        class PqNegotiation {

            /**
             * Constructs a new PqNegotiation.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.PqNegotiation.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PqNegotiation minVersion. */
            minVersion: number;

            /** PqNegotiation authKey. */
            authKey: Uint8Array;

            /**
             * Encodes the specified PqNegotiation message. Does not implicitly {@link bisik.records.PqNegotiation.verify|verify} messages.
             * @param message PqNegotiation message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.PqNegotiation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PqNegotiation message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.PqNegotiation & bisik.records.PqNegotiation.$Shape} PqNegotiation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.PqNegotiation & bisik.records.PqNegotiation.$Shape;
        }

        namespace PqNegotiation {

            /** Properties of a PqNegotiation. */
            interface $Properties {

                /** PqNegotiation minVersion */
                minVersion?: number;

                /** PqNegotiation authKey */
                authKey?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PqNegotiation. */
            type $Shape = bisik.records.PqNegotiation.$Properties;
        }

        /**
         * Properties of a PqChains.
         * @deprecated Use bisik.records.PqChains.$Properties instead.
         */
        interface IPqChains extends bisik.records.PqChains.$Properties {
        }

        /** Represents a PqChains. */
        class PqChains {

            /**
             * Constructs a new PqChains.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.PqChains.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PqChains currentEpoch. */
            currentEpoch: number;

            /** PqChains sendEpoch. */
            sendEpoch: number;

            /** PqChains nextRoot. */
            nextRoot: Uint8Array;

            /** PqChains links. */
            links: bisik.records.PqLink[];

            /**
             * Encodes the specified PqChains message. Does not implicitly {@link bisik.records.PqChains.verify|verify} messages.
             * @param message PqChains message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.PqChains.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PqChains message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.PqChains & bisik.records.PqChains.$Shape} PqChains
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.PqChains & bisik.records.PqChains.$Shape;
        }

        namespace PqChains {

            /** Properties of a PqChains. */
            interface $Properties {

                /** PqChains currentEpoch */
                currentEpoch?: number;

                /** PqChains sendEpoch */
                sendEpoch?: number;

                /** PqChains nextRoot */
                nextRoot?: Uint8Array;

                /** PqChains links */
                links?: bisik.records.PqLink.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PqChains. */
            type $Shape = bisik.records.PqChains.$Properties;
        }

        /**
         * Properties of a PqLink.
         * @deprecated Use bisik.records.PqLink.$Properties instead.
         */
        interface IPqLink extends bisik.records.PqLink.$Properties {
        }

        /** Represents a PqLink. */
        class PqLink {

            /**
             * Constructs a new PqLink.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.PqLink.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PqLink sendingCounter. */
            sendingCounter: number;

            /** PqLink sendingKey. */
            sendingKey: (Uint8Array|null);

            /** PqLink receivingCounter. */
            receivingCounter: number;

            /** PqLink receivingKey. */
            receivingKey: Uint8Array;

            /** PqLink lastSkipped. */
            lastSkipped: number;

            /**
             * Encodes the specified PqLink message. Does not implicitly {@link bisik.records.PqLink.verify|verify} messages.
             * @param message PqLink message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.PqLink.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PqLink message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.PqLink & bisik.records.PqLink.$Shape} PqLink
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.PqLink & bisik.records.PqLink.$Shape;
        }

        namespace PqLink {

            /** Properties of a PqLink. */
            interface $Properties {

                /** PqLink sendingCounter */
                sendingCounter?: number;

                /** PqLink sendingKey */
                sendingKey?: (Uint8Array|null);

                /** PqLink receivingCounter */
                receivingCounter?: number;

                /** PqLink receivingKey */
                receivingKey?: Uint8Array;

                /** PqLink lastSkipped */
                lastSkipped?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PqLink. */
            type $Shape = bisik.records.PqLink.$Properties;
        }

        /**
         * Properties of a Braid.
         * @deprecated Use bisik.records.Braid.$Properties instead.
         */
        interface IBraid extends bisik.records.Braid.$Properties {
        }

        /** Represents a Braid. */
        class Braid {

            /**
             * Constructs a new Braid.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.Braid.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Braid state. */
            state: number;

            /** Braid epoch. */
            epoch: number;

            /** Braid auth. */
            auth: Uint8Array;

            /** Braid dk. */
            dk: Uint8Array;

            /** Braid sending. */
            sending: Uint8Array;

            /** Braid sent. */
            sent: number;

            /** Braid chunks. */
            chunks: Uint8Array;

            /** Braid ct1. */
            ct1: Uint8Array;

            /** Braid header. */
            header: Uint8Array;

            /** Braid randomness. */
            randomness: Uint8Array;

            /** Braid expanded. */
            expanded: Uint8Array;

            /** Braid ek. */
            ek: Uint8Array;

            /**
             * Encodes the specified Braid message. Does not implicitly {@link bisik.records.Braid.verify|verify} messages.
             * @param message Braid message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.Braid.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Braid message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.Braid & bisik.records.Braid.$Shape} Braid
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.Braid & bisik.records.Braid.$Shape;
        }

        namespace Braid {

            /** Properties of a Braid. */
            interface $Properties {

                /** Braid state */
                state?: number;

                /** Braid epoch */
                epoch?: number;

                /** Braid auth */
                auth?: Uint8Array;

                /** Braid dk */
                dk?: Uint8Array;

                /** Braid sending */
                sending?: Uint8Array;

                /** Braid sent */
                sent?: number;

                /** Braid chunks */
                chunks?: Uint8Array;

                /** Braid ct1 */
                ct1?: Uint8Array;

                /** Braid header */
                header?: Uint8Array;

                /** Braid randomness */
                randomness?: Uint8Array;

                /** Braid expanded */
                expanded?: Uint8Array;

                /** Braid ek */
                ek?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Braid. */
            type $Shape = bisik.records.Braid.$Properties;
        }

        /**
         * Properties of a PendingHandshake.
         * @deprecated Use bisik.records.PendingHandshake.$Properties instead.
         */
        interface IPendingHandshake extends bisik.records.PendingHandshake.$Properties {
        }

        /** Represents a PendingHandshake. */
        class PendingHandshake {

            /**
             * Constructs a new PendingHandshake.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.PendingHandshake.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PendingHandshake oneTimePreKeyId. */
            oneTimePreKeyId: (number|null);

            /** PendingHandshake signedPreKeyId. */
            signedPreKeyId: number;

            /** PendingHandshake kemPreKeyId. */
            kemPreKeyId: (number|null);

            /** PendingHandshake kemCiphertext. */
            kemCiphertext: Uint8Array;

            /** PendingHandshake createdAt. */
            createdAt: number;

            /**
             * Encodes the specified PendingHandshake message. Does not implicitly {@link bisik.records.PendingHandshake.verify|verify} messages.
             * @param message PendingHandshake message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.PendingHandshake.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PendingHandshake message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.PendingHandshake & bisik.records.PendingHandshake.$Shape} PendingHandshake
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.PendingHandshake & bisik.records.PendingHandshake.$Shape;
        }

        namespace PendingHandshake {

            /** Properties of a PendingHandshake. */
            interface $Properties {

                /** PendingHandshake oneTimePreKeyId */
                oneTimePreKeyId?: (number|null);

                /** PendingHandshake signedPreKeyId */
                signedPreKeyId?: number;

                /** PendingHandshake kemPreKeyId */
                kemPreKeyId?: (number|null);

                /** PendingHandshake kemCiphertext */
                kemCiphertext?: Uint8Array;

                /** PendingHandshake createdAt */
                createdAt?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PendingHandshake. */
            type $Shape = bisik.records.PendingHandshake.$Properties;
        }

        /**
         * Properties of a ReceivingChain.
         * @deprecated Use bisik.records.ReceivingChain.$Properties instead.
         */
        interface IReceivingChain extends bisik.records.ReceivingChain.$Properties {
        }

        /** Represents a ReceivingChain. */
        class ReceivingChain {

            /**
             * Constructs a new ReceivingChain.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.ReceivingChain.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ReceivingChain ratchetKey. */
            ratchetKey: Uint8Array;

            /** ReceivingChain chainKey. */
            chainKey: Uint8Array;

            /** ReceivingChain counter. */
            counter: number;

            /** ReceivingChain skipped. */
            skipped: number;

            /**
             * Encodes the specified ReceivingChain message. Does not implicitly {@link bisik.records.ReceivingChain.verify|verify} messages.
             * @param message ReceivingChain message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.ReceivingChain.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ReceivingChain message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.ReceivingChain & bisik.records.ReceivingChain.$Shape} ReceivingChain
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.ReceivingChain & bisik.records.ReceivingChain.$Shape;
        }

        namespace ReceivingChain {

            /** Properties of a ReceivingChain. */
            interface $Properties {

                /** ReceivingChain ratchetKey */
                ratchetKey?: Uint8Array;

                /** ReceivingChain chainKey */
                chainKey?: Uint8Array;

                /** ReceivingChain counter */
                counter?: number;

                /** ReceivingChain skipped */
                skipped?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ReceivingChain. */
            type $Shape = bisik.records.ReceivingChain.$Properties;
        }

        /**
         * Properties of an Archive.
         * @deprecated Use bisik.records.Archive.$Properties instead.
         */
        interface IArchive extends bisik.records.Archive.$Properties {
        }

        /** Represents an Archive. */
        class Archive {

            /**
             * Constructs a new Archive.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.Archive.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Archive format. */
            format: number;

            /** Archive sessions. */
            sessions: string[];

            /**
             * Encodes the specified Archive message. Does not implicitly {@link bisik.records.Archive.verify|verify} messages.
             * @param message Archive message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.Archive.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Archive message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.Archive & bisik.records.Archive.$Shape} Archive
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.Archive & bisik.records.Archive.$Shape;
        }

        namespace Archive {

            /** Properties of an Archive. */
            interface $Properties {

                /** Archive format */
                format?: number;

                /** Archive sessions */
                sessions?: string[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Archive. */
            type $Shape = bisik.records.Archive.$Properties;
        }

        /**
         * Properties of a Ledger.
         * @deprecated Use bisik.records.Ledger.$Properties instead.
         */
        interface ILedger extends bisik.records.Ledger.$Properties {
        }

        /** Represents a Ledger. */
        class Ledger {

            /**
             * Constructs a new Ledger.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.Ledger.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Ledger format. */
            format: number;

            /** Ledger entries. */
            entries: number;

            /**
             * Encodes the specified Ledger message. Does not implicitly {@link bisik.records.Ledger.verify|verify} messages.
             * @param message Ledger message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.Ledger.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Ledger message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.Ledger & bisik.records.Ledger.$Shape} Ledger
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.Ledger & bisik.records.Ledger.$Shape;
        }

        namespace Ledger {

            /** Properties of a Ledger. */
            interface $Properties {

                /** Ledger format */
                format?: number;

                /** Ledger entries */
                entries?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Ledger. */
            type $Shape = bisik.records.Ledger.$Properties;
        }
    }

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
