// Builds everything under matcher/web/static. Run by `make assets`; the results are committed.
import { readFileSync, writeFileSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as sass from 'sass'
import { buildPictures } from './pictures.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const modules = join(here, 'node_modules')
const target = join(here, '..', 'matcher', 'web', 'static')

const SOURCE_MAP = /\s*(\/\/[#@] ?sourceMappingURL=\S+|\/\*[#@] ?sourceMappingURL=.*?\*\/)\s*$/
// On iPhones the list of suggestions counts in a span styled inline, which our policy forbids.
const INLINE_STYLE = /style="border:0;clip:rect\(0 0 0 0\);.*?width:1px"/

function put (name, text) {
  writeFileSync(join(target, name), text.replace(SOURCE_MAP, '').trimEnd() + '\n')
}

function read (path) {
  return readFileSync(join(modules, path), 'utf8')
}

function buildStyles () {
  const { css } = sass.compile(join(here, 'scss', 'site.scss'), {
    style: 'compressed',
    loadPaths: [join(modules, 'govuk-frontend', 'dist'), modules],
    quietDeps: true
  })
  put('site.css', css)
}

function buildScripts () {
  const own = readFileSync(join(here, 'scripts', 'site.js'), 'utf8')
  const autocomplete = read('accessible-autocomplete/dist/accessible-autocomplete.min.js')
  if (!INLINE_STYLE.test(autocomplete)) {
    throw new Error('accessible-autocomplete changed: look for its inline style again')
  }
  const hidden = 'class="govuk-visually-hidden"'
  const libraries = {
    'govuk-frontend': read('govuk-frontend/dist/govuk/govuk-frontend.min.js'),
    'accessible-autocomplete': autocomplete.replace(INLINE_STYLE, hidden)
  }
  // A version in the name makes browsers that keep the old file fetch the new one.
  const versioned = Object.entries(libraries).reduce((script, [name, library]) => {
    const file = `${name}-${version(name)}.min.js`
    put(file, library)
    return script.replace(`./${name}.min.js`, `./${file}`)
  }, own)
  put('site.js', versioned)
}

function version (name) {
  return JSON.parse(read(`${name}/package.json`)).version
}

function buildLicences () {
  const parts = [
    ['govuk-frontend', 'site.css and govuk-frontend.min.js'],
    ['accessible-autocomplete', 'site.css and accessible-autocomplete.min.js']
  ].map(([name, files]) => `${name} ${version(name)}, in ${files}`)
  // Both come from the Government Digital Service under the same words.
  const licence = read('accessible-autocomplete/LICENSE.txt')
  put('LICENCES.txt', `${parts.join('\n')}\n\n${licence}`)
}

rmSync(target, { recursive: true, force: true })
mkdirSync(target, { recursive: true })
buildStyles()
buildScripts()
buildLicences()
buildPictures({ here, modules, target })
