// Looks for links that lead nowhere in a folder of HTML pages: files that are not there, and places that no page has. Follows no link out.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

/** @returns a line for each dead link: the page, and where the link leads. */
export function deadLinks(folder) {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.html'))
  const texts = new Map(pages.map((page) => [join(folder, page), readFileSync(join(folder, page), 'utf8')]))
  const places = new Map(
    [...texts].map(([page, text]) => [page, new Set([...text.matchAll(/\s(?:id|name)="([^"]+)"/g)].map(([, id]) => id))]),
  )
  const dead = []
  for (const [page, text] of texts) {
    for (const [, link] of text.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
      if (/^(?:[a-z]+:|\/\/)/.test(link)) continue
      const [path, fragment = ''] = link.replaceAll('&amp;', '&').split('#').map(decodeURIComponent)
      const target = path === '' ? page : resolve(dirname(page), path)
      const found = target === folder || existsSync(target)
      if (!found || (fragment !== '' && places.get(target)?.has(fragment) === false)) dead.push(`${relative(folder, page)}: ${link}`)
    }
  }
  return dead
}
