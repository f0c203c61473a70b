/**
 * What an app on Hermes without them imports before bisik: random values (`react-native-get-random-values`), and the text encoder that
 * `@noble/curves` asks for when it loads (React Native has one since 0.74). Good enough for a test alone: nothing here is secret.
 */
globalThis.crypto ??= {
  getRandomValues(array) {
    for (let i = 0; i < array.length; i++) array[i] = Math.floor(Math.random() * 256)
    return array
  },
}

globalThis.TextEncoder ??= class {
  encode(text) {
    const binary = unescape(encodeURIComponent(text))
    const bytes = new Uint8Array(binary.length)
    for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i)
    return bytes
  }
}
