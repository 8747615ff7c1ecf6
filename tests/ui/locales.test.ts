import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import ts from 'typescript'
import { describe, expect, it } from 'vitest'

import { FAILURE_CLASSES } from '@/src/domain/failure'
import { LANGUAGES } from '@/src/domain/settings'

type Texts = ReadonlyMap<string, string>

const SUBJECTS = readdirSync('locales/en').map((file) => file.replace(/\.json$/, ''))
const PLURAL = /_(zero|one|two|few|many|other)$/

describe.each(LANGUAGES)('%s', (language) => {
  it('has the same files as English', () => {
    expect(readdirSync(`locales/${language}`).sort()).toEqual(
      SUBJECTS.map((subject) => `${subject}.json`).sort(),
    )
  })

  it.each(SUBJECTS)('%s has every text, filled, with the same placeholders', (subject) => {
    const english = textsOf('en', subject)
    const texts = textsOf(language, subject)
    expect(stemsOf(texts)).toEqual(stemsOf(english))
    for (const [key, text] of texts) {
      expect(text.trim(), key).not.toBe('')
      const model = english.get(key) ?? english.get(key.replace(PLURAL, '_other'))
      expect(placeholdersOf(text), key).toEqual(placeholdersOf(model ?? ''))
    }
  })

  it.each(SUBJECTS)('%s has exactly the plural forms the language needs', (subject) => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    const texts = textsOf(language, subject)
    const stems = new Set(
      [...texts.keys()].filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, '')),
    )
    for (const stem of stems) {
      const forms = [...texts.keys()].filter((key) => key.replace(PLURAL, '') === stem)
      expect(forms.sort(), stem).toEqual(needed.map((form) => `${stem}_${form}`).sort())
    }
  })

  it('words every class of failure', () => {
    const texts = textsOf(language, 'failures')
    for (const each of FAILURE_CLASSES) {
      for (const part of ['title', 'sentence', 'next']) {
        expect(texts.has(`class.${each}.${part}`), `${each} ${part}`).toBe(true)
      }
    }
  })
})

it('no component has words of its own', () => {
  const files = [...sourcesIn('src/ui'), ...sourcesIn('entrypoints')]
  expect(files.length).toBeGreaterThan(30)
  expect(files.flatMap(literalsIn)).toEqual([])
})

function textsOf(language: string, subject: string): Texts {
  const file = join('locales', language, `${subject}.json`)
  return new Map(flatten(JSON.parse(readFileSync(file, 'utf8')), ''))
}

function flatten(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  return Object.entries(value as Record<string, unknown>).flatMap(([key, inner]) =>
    flatten(inner, path === '' ? key : `${path}.${key}`),
  )
}

function stemsOf(texts: Texts): string[] {
  return [...new Set([...texts.keys()].map((key) => key.replace(PLURAL, '_*')))].sort()
}

function placeholdersOf(text: string): string[] {
  // A form for exactly one may leave the number out or not; the sets must still be the same.
  return [...new Set(text.match(/\{\{\s*\w+\s*\}\}/g) ?? [])].sort()
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .map((file) => join(folder, file))
}

const SPOKEN = new Set(['label', 'title', 'placeholder', 'alt', 'aria-label', 'legend'])

/** Text between tags and in attributes that are read or heard. Addresses need no translation. */
function literalsIn(file: string): string[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TSX,
  )
  const found: string[] = []
  function visit(node: ts.Node): void {
    const text = wordsOf(node, source)
    if (text !== null && /\p{L}/u.test(text) && !/^https?:\/\//.test(text)) {
      found.push(`${file}: ${text.trim()}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function wordsOf(node: ts.Node, source: ts.SourceFile): string | null {
  if (ts.isJsxText(node)) return node.text
  if (!ts.isJsxAttribute(node) || !SPOKEN.has(node.name.getText(source))) return null
  const value = node.initializer
  if (!value) return null
  if (ts.isStringLiteral(value)) return value.text
  const inner = ts.isJsxExpression(value) ? value.expression : undefined
  return inner && ts.isStringLiteralLike(inner) ? inner.text : null
}
