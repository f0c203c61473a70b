/** The site's own check of its links: it finds what leads nowhere, and only that. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { home } from '../support/built-package.js'

it('names each link to a page, a file or a place that is not there', async () => {
  const { deadLinks } = (await import(join(home, 'docs', 'site', 'links.mjs'))) as { deadLinks: (folder: string) => string[] }
  const folder = mkdtempSync(join(tmpdir(), 'bisik-links-'))
  try {
    mkdirSync(join(folder, 'guide'))
    writeFileSync(
      join(folder, 'index.html'),
      '<h1 id="top"></h1><a href="guide/a%20page.html#here">1</a><a href="#top">2</a><a href="#gone">3</a>',
    )
    writeFileSync(
      join(folder, 'guide', 'a page.html'),
      '<p id="here"></p><a href="../index.html#top">4</a><a href="../index.html#nowhere">5</a><a href="b.html">6</a><img src="../c.png">' +
        '<a href="https://example.org/nothing">7</a>',
    )
    expect(new Set(deadLinks(folder))).toEqual(
      new Set([
        'guide/a page.html: ../c.png',
        'guide/a page.html: ../index.html#nowhere',
        'guide/a page.html: b.html',
        'index.html: #gone',
      ]),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})
