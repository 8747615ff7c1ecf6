import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { PROBE_CAUSES, PROBES } from '@/src/domain/probes'
import { LANGUAGES } from '@/src/domain/settings'
import type { Exporter } from '@/src/exporters/exporter'
import { isChoice, type OptionField, type Options } from '@/src/exporters/options'
import { EXPORTERS } from '@/src/exporters/registry'

import { recordOf } from '../exporters/records'

const record = recordOf({ notes: 'mine' })

/** Every way the choices of an exporter can be made, each text empty and filled. */
function allOptions(exporter: Exporter): Options[] {
  const fields = exporter.fields([record])
  const choices = fields.filter(isChoice)
  const chosen = choices.reduce<Options[]>(
    (all, { name, choices: values }) =>
      all.flatMap((one) => values.map(({ value }) => ({ ...one, [name]: value }))),
    [{}],
  )
  const filled = Object.fromEntries(fields.map((field) => [field.name, sample(field)]))
  return chosen.flatMap((one) => [one, { ...filled, ...one }])
}

function sample(field: OptionField): Options[string] {
  if (field.type === 'models') return ['gpt-5.2']
  return field.type === 'boolean' ? true : 'gpt-5.2'
}

/** What some source files say by these patterns, each once. */
function idsIn(folder: string, pattern: RegExp): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const texts = files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
  return [...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, id]) => id!)))]
}

describe.each(LANGUAGES)('in %s', (language) => {
  const checks = wordsOf(language, 'checks')
  const exported = wordsOf(language, 'exports')

  it('every probe, and every cause of its end with what to do, has words', () => {
    const wanted = [
      ...PROBES.flatMap((probe) => [`probe.${probe}.name`, `probe.${probe}.choose`]),
      ...PROBE_CAUSES.flatMap((cause) => [`cause.${cause}.means`, `cause.${cause}.next`]),
    ]
    expect(wanted.filter((key) => !checks(key))).toEqual([])
  })

  it.each(EXPORTERS.map((exporter) => [exporter.id, exporter] as const))(
    '%s has words for itself, its options, its notes and what it makes',
    (id, exporter) => {
      const options = allOptions(exporter)
      const fields = options.flatMap((one) => exporter.fields([record], one))
      const notes = options.flatMap((one) => exporter.notes([record], one))
      const built = options
        .filter((one) => exporter.problems([record], one).length === 0)
        .map((one) => exporter.build([record], one))
      const wanted = [
        `target.${id}.name`,
        `target.${id}.about`,
        `action.build.${exporter.kind}`,
        ...fields.flatMap(fieldKeys),
        ...notes.map((note) => `note.${note}`),
        ...built.flatMap((one) =>
          one.kind === 'snippets' ? one.snippets.map((snippet) => `snippet.${snippet.id}`) : [],
        ),
      ]
      expect([...new Set(wanted)].filter((key) => !exported(key))).toEqual([])
    },
  )

  it('every problem an exporter can have has words', () => {
    const reasons = idsIn('src/exporters', /(?:reason|refused): '([a-z-]+)'/g)
    const inTables = idsIn('src/exporters', /(?:\)|LIMITS\.\w+), '[A-Za-z]+', '([a-z-]+)'\]/g)
    expect(reasons.length).toBeGreaterThan(10)
    expect(inTables).toContain('comma')
    const wanted = [...reasons, ...inTables].map((reason) => `problem.${reason}`)
    expect(wanted.filter((key) => !exported(key))).toEqual([])
    for (const field of ['key', 'baseUrl']) expect(exported(`field.${field}.label`)).toBe(true)
  })

  it('every refusal of a gateway has words and a next step', () => {
    const reasons = idsIn('src/services/exports', /'(gateway-[a-z-]+|use-link|uncertain)'/g)
    const ofAddress = idsIn('src/domain', /refuse\('([a-z-]+)'\)/g)
    expect(reasons.filter((reason) => reason.startsWith('gateway-')).length).toBeGreaterThan(15)
    expect(ofAddress).toContain('required')
    const wanted = [...reasons.filter(isReason), ...ofAddress, 'duplicate'].flatMap((reason) => [
      `gateway-reason.${reason}.sentence`,
      `gateway-reason.${reason}.next`,
    ])
    expect(wanted.filter((key) => !exported(key))).toEqual([])
  })
})

/** Not the address of a module. */
function isReason(id: string): boolean {
  return !['gateway-client', 'gateway-address'].includes(id)
}

function fieldKeys(field: OptionField): string[] {
  const { name } = field
  const label = `field.${name}.label`
  if (!isChoice(field)) return [label]
  return [
    label,
    ...field.choices.map(({ value }) =>
      field.type === 'apiType'
        ? `api-type.${value}`
        : `choice.${name}.${value.replaceAll('.', '-')}`,
    ),
  ]
}

/** Whether a language has words under a key. */
function wordsOf(language: string, subject: string): (key: string) => boolean {
  const texts: unknown = JSON.parse(readFileSync(`locales/${language}/${subject}.json`, 'utf8'))
  return (key) => {
    const found = key
      .split('.')
      .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], texts)
    return typeof found === 'string' && found.trim() !== ''
  }
}
