/** A mode for each page; `production` builds the one that every bundler builds. */
export default ({ mode }) => ({
  base: './',
  build: {
    outDir: `out-${mode}`,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: { input: mode === 'production' ? 'index.html' : `${mode}.html` },
  },
  worker: { format: 'es' },
})
