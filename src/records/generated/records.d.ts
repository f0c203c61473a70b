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

            /** Account publications. */
            publications: number;

            /** Account batches. */
            batches: bisik.records.PreKeyBatch[];

            /** Account firstOneTimePreKeyId. */
            firstOneTimePreKeyId: number;

            /** Account firstOneTimeKemPreKeyId. */
            firstOneTimeKemPreKeyId: number;

            /** Account layout. */
            layout: number;

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

                /** Account publications */
                publications?: number;

                /** Account batches */
                batches?: bisik.records.PreKeyBatch.$Properties[];

                /** Account firstOneTimePreKeyId */
                firstOneTimePreKeyId?: number;

                /** Account firstOneTimeKemPreKeyId */
                firstOneTimeKemPreKeyId?: number;

                /** Account layout */
                layout?: number;

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

            /** RotatedPreKey publishedAt. */
            publishedAt: number;

            /** RotatedPreKey overAt. */
            overAt: number;

            /** RotatedPreKey overPublications. */
            overPublications: number;

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

                /** RotatedPreKey publishedAt */
                publishedAt?: number;

                /** RotatedPreKey overAt */
                overAt?: number;

                /** RotatedPreKey overPublications */
                overPublications?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RotatedPreKey. */
            type $Shape = bisik.records.RotatedPreKey.$Properties;
        }

        /**
         * Properties of a PreKeyBatch.
         * @deprecated Use bisik.records.PreKeyBatch.$Properties instead.
         */
        interface IPreKeyBatch extends bisik.records.PreKeyBatch.$Properties {
        }

        /** Represents a PreKeyBatch. */
        class PreKeyBatch {

            /**
             * Constructs a new PreKeyBatch.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.PreKeyBatch.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PreKeyBatch end. */
            end: number;

            /** PreKeyBatch kemEnd. */
            kemEnd: number;

            /** PreKeyBatch createdAt. */
            createdAt: number;

            /** PreKeyBatch publishedAt. */
            publishedAt: number;

            /** PreKeyBatch withdrawnAt. */
            withdrawnAt: number;

            /**
             * Encodes the specified PreKeyBatch message. Does not implicitly {@link bisik.records.PreKeyBatch.verify|verify} messages.
             * @param message PreKeyBatch message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.PreKeyBatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PreKeyBatch message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.PreKeyBatch & bisik.records.PreKeyBatch.$Shape} PreKeyBatch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.PreKeyBatch & bisik.records.PreKeyBatch.$Shape;
        }

        namespace PreKeyBatch {

            /** Properties of a PreKeyBatch. */
            interface $Properties {

                /** PreKeyBatch end */
                end?: number;

                /** PreKeyBatch kemEnd */
                kemEnd?: number;

                /** PreKeyBatch createdAt */
                createdAt?: number;

                /** PreKeyBatch publishedAt */
                publishedAt?: number;

                /** PreKeyBatch withdrawnAt */
                withdrawnAt?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PreKeyBatch. */
            type $Shape = bisik.records.PreKeyBatch.$Properties;
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

            /** Identity unansweredSince. */
            unansweredSince: number;

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

                /** Identity unansweredSince */
                unansweredSince?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Identity. */
            type $Shape = bisik.records.Identity.$Properties;
        }

        /**
         * Properties of an Unanswered.
         * @deprecated Use bisik.records.Unanswered.$Properties instead.
         */
        interface IUnanswered extends bisik.records.Unanswered.$Properties {
        }

        /** Represents an Unanswered. */
        class Unanswered {

            /**
             * Constructs a new Unanswered.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.Unanswered.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Unanswered format. */
            format: number;

            /** Unanswered keptKeys. */
            keptKeys: number;

            /** Unanswered overAt. */
            overAt: number;

            /**
             * Encodes the specified Unanswered message. Does not implicitly {@link bisik.records.Unanswered.verify|verify} messages.
             * @param message Unanswered message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.Unanswered.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Unanswered message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.Unanswered & bisik.records.Unanswered.$Shape} Unanswered
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.Unanswered & bisik.records.Unanswered.$Shape;
        }

        namespace Unanswered {

            /** Properties of an Unanswered. */
            interface $Properties {

                /** Unanswered format */
                format?: number;

                /** Unanswered keptKeys */
                keptKeys?: number;

                /** Unanswered overAt */
                overAt?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Unanswered. */
            type $Shape = bisik.records.Unanswered.$Properties;
        }

        /**
         * Properties of a Devices.
         * @deprecated Use bisik.records.Devices.$Properties instead.
         */
        interface IDevices extends bisik.records.Devices.$Properties {
        }

        /** Represents a Devices. */
        class Devices {

            /**
             * Constructs a new Devices.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.Devices.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Devices format. */
            format: number;

            /** Devices devices. */
            devices: number[];

            /**
             * Encodes the specified Devices message. Does not implicitly {@link bisik.records.Devices.verify|verify} messages.
             * @param message Devices message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.Devices.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Devices message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.Devices & bisik.records.Devices.$Shape} Devices
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.Devices & bisik.records.Devices.$Shape;
        }

        namespace Devices {

            /** Properties of a Devices. */
            interface $Properties {

                /** Devices format */
                format?: number;

                /** Devices devices */
                devices?: number[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Devices. */
            type $Shape = bisik.records.Devices.$Properties;
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

            /** Session forgottenChains. */
            forgottenChains: Uint8Array;

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

                /** Session forgottenChains */
                forgottenChains?: Uint8Array;

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

            /** ReceivingChain skippedEnd. */
            skippedEnd: number;

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

                /** ReceivingChain skippedEnd */
                skippedEnd?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ReceivingChain. */
            type $Shape = bisik.records.ReceivingChain.$Properties;
        }

        /**
         * Properties of a Names.
         * @deprecated Use bisik.records.Names.$Properties instead.
         */
        interface INames extends bisik.records.Names.$Properties {
        }

        /** Represents a Names. */
        class Names {

            /**
             * Constructs a new Names.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.Names.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Names format. */
            format: number;

            /** Names names. */
            names: string[];

            /** Names times. */
            times: number[];

            /** Names counts. */
            counts: number[];

            /** Names overAt. */
            overAt: number[];

            /**
             * Encodes the specified Names message. Does not implicitly {@link bisik.records.Names.verify|verify} messages.
             * @param message Names message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.Names.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Names message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.Names & bisik.records.Names.$Shape} Names
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.Names & bisik.records.Names.$Shape;
        }

        namespace Names {

            /** Properties of a Names. */
            interface $Properties {

                /** Names format */
                format?: number;

                /** Names names */
                names?: string[];

                /** Names times */
                times?: number[];

                /** Names counts */
                counts?: number[];

                /** Names overAt */
                overAt?: number[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Names. */
            type $Shape = bisik.records.Names.$Properties;
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

        /**
         * Properties of a SenderKey.
         * @deprecated Use bisik.records.SenderKey.$Properties instead.
         */
        interface ISenderKey extends bisik.records.SenderKey.$Properties {
        }

        /** Represents a SenderKey. */
        class SenderKey {

            /**
             * Constructs a new SenderKey.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.SenderKey.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SenderKey format. */
            format: number;

            /** SenderKey generation. */
            generation: number;

            /** SenderKey user. */
            user: string;

            /** SenderKey device. */
            device: number;

            /** SenderKey identity. */
            identity: Uint8Array;

            /** SenderKey chains. */
            chains: bisik.records.SenderKeyChain[];

            /** SenderKey counted. */
            counted: number;

            /** SenderKey oldNames. */
            oldNames: number[];

            /**
             * Encodes the specified SenderKey message. Does not implicitly {@link bisik.records.SenderKey.verify|verify} messages.
             * @param message SenderKey message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.SenderKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SenderKey message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.SenderKey & bisik.records.SenderKey.$Shape} SenderKey
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.SenderKey & bisik.records.SenderKey.$Shape;
        }

        namespace SenderKey {

            /** Properties of a SenderKey. */
            interface $Properties {

                /** SenderKey format */
                format?: number;

                /** SenderKey generation */
                generation?: number;

                /** SenderKey user */
                user?: string;

                /** SenderKey device */
                device?: number;

                /** SenderKey identity */
                identity?: Uint8Array;

                /** SenderKey chains */
                chains?: bisik.records.SenderKeyChain.$Properties[];

                /** SenderKey counted */
                counted?: number;

                /** SenderKey oldNames */
                oldNames?: number[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SenderKey. */
            type $Shape = bisik.records.SenderKey.$Properties;
        }

        /**
         * Properties of a SenderKeyChain.
         * @deprecated Use bisik.records.SenderKeyChain.$Properties instead.
         */
        interface ISenderKeyChain extends bisik.records.SenderKeyChain.$Properties {
        }

        /** Represents a SenderKeyChain. */
        class SenderKeyChain {

            /**
             * Constructs a new SenderKeyChain.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.SenderKeyChain.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SenderKeyChain chainId. */
            chainId: number;

            /** SenderKeyChain chainKey. */
            chainKey: Uint8Array;

            /** SenderKeyChain iteration. */
            iteration: number;

            /** SenderKeyChain signingPublic. */
            signingPublic: Uint8Array;

            /** SenderKeyChain signingSeed. */
            signingSeed: (Uint8Array|null);

            /** SenderKeyChain signingPrivate. */
            signingPrivate: (Uint8Array|null);

            /** SenderKeyChain skipped. */
            skipped: number;

            /** SenderKeyChain first. */
            first: (number|null);

            /**
             * Encodes the specified SenderKeyChain message. Does not implicitly {@link bisik.records.SenderKeyChain.verify|verify} messages.
             * @param message SenderKeyChain message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.SenderKeyChain.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SenderKeyChain message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.SenderKeyChain & bisik.records.SenderKeyChain.$Shape} SenderKeyChain
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.SenderKeyChain & bisik.records.SenderKeyChain.$Shape;
        }

        namespace SenderKeyChain {

            /** Properties of a SenderKeyChain. */
            interface $Properties {

                /** SenderKeyChain chainId */
                chainId?: number;

                /** SenderKeyChain chainKey */
                chainKey?: Uint8Array;

                /** SenderKeyChain iteration */
                iteration?: number;

                /** SenderKeyChain signingPublic */
                signingPublic?: Uint8Array;

                /** SenderKeyChain signingSeed */
                signingSeed?: (Uint8Array|null);

                /** SenderKeyChain signingPrivate */
                signingPrivate?: (Uint8Array|null);

                /** SenderKeyChain skipped */
                skipped?: number;

                /** SenderKeyChain first */
                first?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SenderKeyChain. */
            type $Shape = bisik.records.SenderKeyChain.$Properties;
        }

        /**
         * Properties of a SigningKeyOwner.
         * @deprecated Use bisik.records.SigningKeyOwner.$Properties instead.
         */
        interface ISigningKeyOwner extends bisik.records.SigningKeyOwner.$Properties {
        }

        /** Represents a SigningKeyOwner. */
        class SigningKeyOwner {

            /**
             * Constructs a new SigningKeyOwner.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.SigningKeyOwner.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SigningKeyOwner format. */
            format: number;

            /** SigningKeyOwner user. */
            user: string;

            /** SigningKeyOwner device. */
            device: number;

            /**
             * Encodes the specified SigningKeyOwner message. Does not implicitly {@link bisik.records.SigningKeyOwner.verify|verify} messages.
             * @param message SigningKeyOwner message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.SigningKeyOwner.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SigningKeyOwner message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.SigningKeyOwner & bisik.records.SigningKeyOwner.$Shape} SigningKeyOwner
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.SigningKeyOwner & bisik.records.SigningKeyOwner.$Shape;
        }

        namespace SigningKeyOwner {

            /** Properties of a SigningKeyOwner. */
            interface $Properties {

                /** SigningKeyOwner format */
                format?: number;

                /** SigningKeyOwner user */
                user?: string;

                /** SigningKeyOwner device */
                device?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SigningKeyOwner. */
            type $Shape = bisik.records.SigningKeyOwner.$Properties;
        }

        /**
         * Properties of a ChainClaims.
         * @deprecated Use bisik.records.ChainClaims.$Properties instead.
         */
        interface IChainClaims extends bisik.records.ChainClaims.$Properties {
        }

        /** Represents a ChainClaims. */
        class ChainClaims {

            /**
             * Constructs a new ChainClaims.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.ChainClaims.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ChainClaims format. */
            format: number;

            /** ChainClaims claims. */
            claims: bisik.records.ChainClaim[];

            /**
             * Encodes the specified ChainClaims message. Does not implicitly {@link bisik.records.ChainClaims.verify|verify} messages.
             * @param message ChainClaims message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.ChainClaims.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ChainClaims message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.ChainClaims & bisik.records.ChainClaims.$Shape} ChainClaims
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.ChainClaims & bisik.records.ChainClaims.$Shape;
        }

        namespace ChainClaims {

            /** Properties of a ChainClaims. */
            interface $Properties {

                /** ChainClaims format */
                format?: number;

                /** ChainClaims claims */
                claims?: bisik.records.ChainClaim.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ChainClaims. */
            type $Shape = bisik.records.ChainClaims.$Properties;
        }

        /**
         * Properties of a ChainClaim.
         * @deprecated Use bisik.records.ChainClaim.$Properties instead.
         */
        interface IChainClaim extends bisik.records.ChainClaim.$Properties {
        }

        /** Represents a ChainClaim. */
        class ChainClaim {

            /**
             * Constructs a new ChainClaim.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.ChainClaim.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ChainClaim user. */
            user: string;

            /** ChainClaim device. */
            device: number;

            /** ChainClaim proven. */
            proven: boolean;

            /**
             * Encodes the specified ChainClaim message. Does not implicitly {@link bisik.records.ChainClaim.verify|verify} messages.
             * @param message ChainClaim message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.ChainClaim.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ChainClaim message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.ChainClaim & bisik.records.ChainClaim.$Shape} ChainClaim
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.ChainClaim & bisik.records.ChainClaim.$Shape;
        }

        namespace ChainClaim {

            /** Properties of a ChainClaim. */
            interface $Properties {

                /** ChainClaim user */
                user?: string;

                /** ChainClaim device */
                device?: number;

                /** ChainClaim proven */
                proven?: boolean;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ChainClaim. */
            type $Shape = bisik.records.ChainClaim.$Properties;
        }

        /**
         * Properties of an Outbox.
         * @deprecated Use bisik.records.Outbox.$Properties instead.
         */
        interface IOutbox extends bisik.records.Outbox.$Properties {
        }

        /** Represents an Outbox. */
        class Outbox {

            /**
             * Constructs a new Outbox.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.Outbox.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Outbox format. */
            format: number;

            /** Outbox generation. */
            generation: number;

            /** Outbox lastSentAt. */
            lastSentAt: number;

            /** Outbox answeredAt. */
            answeredAt: number;

            /** Outbox items. */
            items: bisik.records.OutboxItem[];

            /** Outbox identity. */
            identity: Uint8Array;

            /** Outbox overAt. */
            overAt: number;

            /**
             * Encodes the specified Outbox message. Does not implicitly {@link bisik.records.Outbox.verify|verify} messages.
             * @param message Outbox message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.Outbox.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Outbox message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.Outbox & bisik.records.Outbox.$Shape} Outbox
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.Outbox & bisik.records.Outbox.$Shape;
        }

        namespace Outbox {

            /** Properties of an Outbox. */
            interface $Properties {

                /** Outbox format */
                format?: number;

                /** Outbox generation */
                generation?: number;

                /** Outbox lastSentAt */
                lastSentAt?: number;

                /** Outbox answeredAt */
                answeredAt?: number;

                /** Outbox items */
                items?: bisik.records.OutboxItem.$Properties[];

                /** Outbox identity */
                identity?: Uint8Array;

                /** Outbox overAt */
                overAt?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Outbox. */
            type $Shape = bisik.records.Outbox.$Properties;
        }

        /**
         * Properties of an OutboxItem.
         * @deprecated Use bisik.records.OutboxItem.$Properties instead.
         */
        interface IOutboxItem extends bisik.records.OutboxItem.$Properties {
        }

        /** Represents an OutboxItem. */
        class OutboxItem {

            /**
             * Constructs a new OutboxItem.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.OutboxItem.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OutboxItem sentAt. */
            sentAt: number;

            /** OutboxItem length. */
            length: number;

            /** OutboxItem ratchetKey. */
            ratchetKey: Uint8Array;

            /** OutboxItem kind. */
            kind: number;

            /** OutboxItem session. */
            session: string;

            /** OutboxItem name. */
            name: Uint8Array;

            /**
             * Encodes the specified OutboxItem message. Does not implicitly {@link bisik.records.OutboxItem.verify|verify} messages.
             * @param message OutboxItem message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.OutboxItem.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OutboxItem message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.OutboxItem & bisik.records.OutboxItem.$Shape} OutboxItem
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.OutboxItem & bisik.records.OutboxItem.$Shape;
        }

        namespace OutboxItem {

            /** Properties of an OutboxItem. */
            interface $Properties {

                /** OutboxItem sentAt */
                sentAt?: number;

                /** OutboxItem length */
                length?: number;

                /** OutboxItem ratchetKey */
                ratchetKey?: Uint8Array;

                /** OutboxItem kind */
                kind?: number;

                /** OutboxItem session */
                session?: string;

                /** OutboxItem name */
                name?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OutboxItem. */
            type $Shape = bisik.records.OutboxItem.$Properties;
        }

        /**
         * Properties of an OutboxContent.
         * @deprecated Use bisik.records.OutboxContent.$Properties instead.
         */
        interface IOutboxContent extends bisik.records.OutboxContent.$Properties {
        }

        /** Represents an OutboxContent. */
        class OutboxContent {

            /**
             * Constructs a new OutboxContent.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.OutboxContent.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OutboxContent format. */
            format: number;

            /** OutboxContent content. */
            content: Uint8Array;

            /**
             * Encodes the specified OutboxContent message. Does not implicitly {@link bisik.records.OutboxContent.verify|verify} messages.
             * @param message OutboxContent message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.OutboxContent.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OutboxContent message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.OutboxContent & bisik.records.OutboxContent.$Shape} OutboxContent
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.OutboxContent & bisik.records.OutboxContent.$Shape;
        }

        namespace OutboxContent {

            /** Properties of an OutboxContent. */
            interface $Properties {

                /** OutboxContent format */
                format?: number;

                /** OutboxContent content */
                content?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OutboxContent. */
            type $Shape = bisik.records.OutboxContent.$Properties;
        }

        /**
         * Properties of an Inbox.
         * @deprecated Use bisik.records.Inbox.$Properties instead.
         */
        interface IInbox extends bisik.records.Inbox.$Properties {
        }

        /** Represents an Inbox. */
        class Inbox {

            /**
             * Constructs a new Inbox.
             * @param [properties] Properties to set
             */
            constructor(properties?: bisik.records.Inbox.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Inbox format. */
            format: number;

            /** Inbox generation. */
            generation: number;

            /** Inbox askedAt. */
            askedAt: number;

            /** Inbox askedForSenderKeyAt. */
            askedForSenderKeyAt: number;

            /** Inbox received. */
            received: number[];

            /** Inbox receivedAgain. */
            receivedAgain: number[];

            /** Inbox names. */
            names: Uint8Array;

            /** Inbox namesAgain. */
            namesAgain: Uint8Array;

            /** Inbox forgotten. */
            forgotten: number[];

            /** Inbox forgottenAgain. */
            forgottenAgain: number[];

            /** Inbox identity. */
            identity: Uint8Array;

            /**
             * Encodes the specified Inbox message. Does not implicitly {@link bisik.records.Inbox.verify|verify} messages.
             * @param message Inbox message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: bisik.records.Inbox.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Inbox message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {bisik.records.Inbox & bisik.records.Inbox.$Shape} Inbox
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): bisik.records.Inbox & bisik.records.Inbox.$Shape;
        }

        namespace Inbox {

            /** Properties of an Inbox. */
            interface $Properties {

                /** Inbox format */
                format?: number;

                /** Inbox generation */
                generation?: number;

                /** Inbox askedAt */
                askedAt?: number;

                /** Inbox askedForSenderKeyAt */
                askedForSenderKeyAt?: number;

                /** Inbox received */
                received?: number[];

                /** Inbox receivedAgain */
                receivedAgain?: number[];

                /** Inbox names */
                names?: Uint8Array;

                /** Inbox namesAgain */
                namesAgain?: Uint8Array;

                /** Inbox forgotten */
                forgotten?: number[];

                /** Inbox forgottenAgain */
                forgottenAgain?: number[];

                /** Inbox identity */
                identity?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Inbox. */
            type $Shape = bisik.records.Inbox.$Properties;
        }
    }
}
