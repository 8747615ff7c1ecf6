import { useTranslation } from 'react-i18next'

import type { Group } from '@/src/domain/api-key'

import { SelectField } from '../../components/select-field'
import { Switch } from '../../components/switch'
import type { KeyFieldsProps } from './key-fields'

/** The group a key is billed in, what it costs there, and what happens when it cannot serve. */
export function GroupFields({ values, errors, options, fields, onChange }: KeyFieldsProps) {
  const { t } = useTranslation('keys')
  const words = useGroupText()
  const { groups, features } = options
  const chosen = groups?.find(({ name }) => name === values.group)
  if (features.groups === 'none') return null
  return (
    <>
      {fields.includes('group') && (
        <SelectField
          label={t('field.group')}
          name="group"
          required={features.groups === 'required'}
          value={values.group}
          onChange={(group) => {
            onChange({ group })
          }}
          error={errors.group && t(`error.group.${groupReason(errors.group)}`)}
          help={groups === null ? t('help.groups-unknown') : chosen?.description}
          options={[
            { value: '', label: t(features.groups === 'required' ? 'group.choose' : 'group.own') },
            ...choices(groups, values.group).map((group) => ({
              value: group.name,
              label: words(group),
            })),
          ]}
        />
      )}
      {fields.includes('backupGroup') && (
        <SelectField
          label={t('field.backup-group')}
          name="backupGroup"
          value={values.backupGroup}
          onChange={(backupGroup) => {
            onChange({ backupGroup })
          }}
          error={errors.backupGroup && t(`error.group.${groupReason(errors.backupGroup)}`)}
          help={t('help.backup-group')}
          options={[
            { value: '', label: t('group.none') },
            ...choices(groups, values.backupGroup).map((group) => ({
              value: group.name,
              label: words(group),
            })),
          ]}
        />
      )}
      {/* Only where the site itself chooses among groups is there a next one to try. */}
      {fields.includes('crossGroupRetry') && (chosen?.ratio === null || values.crossGroupRetry) && (
        <Switch
          label={t('field.cross-group-retry')}
          help={t('help.cross-group-retry')}
          name="crossGroupRetry"
          checked={values.crossGroupRetry}
          onChange={(crossGroupRetry) => {
            onChange({ crossGroupRetry })
          }}
        />
      )}
    </>
  )
}

function useGroupText(): (group: Partial<Group> & Pick<Group, 'name'>) => string {
  const { t } = useTranslation('keys')
  return ({ name, ratio, description }) =>
    [
      name,
      ratio == null ? '' : t('value.ratio', { ratio }),
      description === name ? '' : description,
    ]
      .filter(Boolean)
      .join(' · ')
}

/** The groups offered, and the chosen one where it is not among them any more. */
function choices(groups: readonly Group[] | null, chosen: string) {
  const offered: (Partial<Group> & Pick<Group, 'name'>)[] = [...(groups ?? [])]
  if (chosen !== '' && !offered.some(({ name }) => name === chosen)) offered.push({ name: chosen })
  return offered
}

function groupReason(reason: string): 'required' | 'not-offered' | 'not-accepted' {
  return reason === 'required' || reason === 'not-offered' ? reason : 'not-accepted'
}
