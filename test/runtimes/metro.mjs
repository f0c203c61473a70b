/**
 * Bundles an entry as a React Native app does: Metro, the stock transformer and polyfills, and the preset that is asked for. Metro asks for
 * Node 22.13, so it is a program of its own.
 *
 *   node metro.mjs FOLDER ENTRY OUT PRESET PROFILE   (PRESET: a path)
 */

import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const [folder, entry, out, preset, profile] = process.argv.slice(2)
const require = createRequire(import.meta.url)
const Metro = require('metro')
const installed = join(import.meta.dirname, 'node_modules')
writeFileSync(join(folder, '.babelrc'), JSON.stringify({ presets: [preset] }))

const config = await Metro.loadConfig(
  { cwd: folder },
  {
    projectRoot: folder,
    watchFolders: [folder, installed],
    cacheStores: [],
    reporter: { update: (event) => event.type.endsWith('error') && console.error(event.error ?? event) },
    resolver: { nodeModulesPaths: [installed], useWatchman: false },
    serializer: { getPolyfills: require('@react-native/js-polyfills') },
    transformer: { babelTransformerPath: require.resolve('@react-native/metro-babel-transformer') },
  },
)
await Metro.runBuild(config, { entry, out, platform: 'android', dev: false, minify: false, unstable_transformProfile: profile })
