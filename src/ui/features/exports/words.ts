import { useTranslation } from 'react-i18next'

import type { Problem } from '@/src/exporters/exporter'

import type { Texts } from '../../text/namespaces'

type Exports = Texts['exports']

/** What has words of its own in English; the other languages have the same. */
interface Words {
  /** Name of a target; an id nobody knows any more is its own name. */
  readonly target: (id: string) => string
  /** What a target takes, in a few words. */
  readonly about: (id: string) => string
  readonly label: (field: string) => string
  /** `undefined` = none is needed. */
  readonly help: (field: string) => string | undefined
  /** What an option was set to; what was typed is its own word. */
  readonly choice: (field: string, value: string) => string
  readonly note: (id: string, targetId: string) => string
  readonly problem: (problem: Problem) => string
  readonly snippet: (id: string) => string
}

/**
 * Words for what exporters name by ids. That every id has words is a matter of a test, as ids are
 * data here.
 */
export function useExportWords(): Words {
  const { t, i18n } = useTranslation('exports')
  const has = (key: string) => i18n.exists(key, { ns: 'exports' })
  const label = (field: string) => t(`field.${field as keyof Exports['field']}.label`)
  const target = (id: string): string =>
    has(`target.${id}.name`) ? t(`target.${id as keyof Exports['target']}.name`) : id
  const choice = (name: string, value: string): string => {
    const id = value.replaceAll('.', '-')
    if (name === 'apiType' && has(`api-type.${id}`)) {
      return t(`api-type.${id as keyof Exports['api-type']}`)
    }
    return has(`choice.${name}.${id}`) ? t(`choice.${name as 'shell'}.${id as 'posix'}`) : value
  }
  return {
    target,
    label,
    about: (id) => t(`target.${id as keyof Exports['target']}.about`),
    help: (field) => (has(`field.${field}.help`) ? t(`field.${field as 'host'}.help`) : undefined),
    choice,
    note: (id, targetId) => t(`note.${id as keyof Exports['note']}`, { program: target(targetId) }),
    problem: ({ field, reason }) =>
      t(`problem.${reason as keyof Exports['problem']}`, { field: label(field) }),
    snippet: (id) => t(`snippet.${id as keyof Exports['snippet']}`),
  }
}
