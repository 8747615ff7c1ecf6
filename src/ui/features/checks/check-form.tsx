import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { API_TYPES, type ApiType } from '@/src/domain/api-types'
import type { KeySource } from '@/src/domain/credential'
import { failureOf } from '@/src/domain/failure'
import { API_PROBES, CLI_PROBES, type Probe, PROBE_CAUSES } from '@/src/domain/probes'

import { SelectField } from '../../components/select-field'
import { SuggestField } from '../../components/suggest-field'
import { checkModelsQuery } from '../../queries/checks'
import { useIsAtHand } from '../../queries/drafts'
import { CheckBox } from '../../components/check-box'
import { KeyFailure } from './key-failure'

/** What a verification is to do. */
export interface CheckChoice {
  readonly apiType: ApiType
  /** `''` = each probe takes the first fitting one. */
  readonly model: string
  readonly probes: readonly Probe[]
}

interface Props {
  source: KeySource
  baseUrl: string
  /** What the key is used as otherwise. */
  storedType: ApiType
  choice: CheckChoice
  onChange: (edit: Partial<CheckChoice>) => void
}

/** As what, with which model and by which probes a key is verified. */
export function CheckForm({ source, baseUrl, storedType, choice, onChange }: Props) {
  const { t } = useTranslation('checks')
  const { apiType, probes } = choice
  const isOther = apiType !== storedType
  return (
    <div className="flex flex-col gap-4">
      <SelectField
        label={t('field.api-type')}
        name="apiType"
        value={apiType}
        onChange={(next) => {
          onChange({ apiType: next })
        }}
        options={API_TYPES.map((value) => ({ value, label: t(`api-type.${value}`) }))}
        help={isOther ? t('help.other-type', { stored: t(`api-type.${storedType}`) }) : undefined}
      />
      <ModelField {...{ source, baseUrl, choice, onChange }} />
      {(['api', 'cli'] as const).map((group) => (
        <fieldset key={group} className="flex min-w-0 flex-col gap-2">
          <legend className="mb-1 text-13 font-medium">{t(`group.${group}.title`)}</legend>
          <p className="text-12 text-text-2">{t(`group.${group}.help`)}</p>
          {(group === 'api' ? API_PROBES : CLI_PROBES).map((probe) => (
            <CheckBox
              key={probe}
              name={probe}
              label={t(`probe.${probe}.choose`)}
              checked={probes.includes(probe)}
              onChange={(on) => {
                const rest = probes.filter((one) => one !== probe)
                onChange({ probes: on ? [...rest, probe] : rest })
              }}
            />
          ))}
        </fieldset>
      ))}
    </div>
  )
}

function ModelField({
  source,
  baseUrl,
  choice: { apiType, model },
  onChange,
}: Omit<Props, 'storedType'>) {
  const { t } = useTranslation('checks')
  const isAtHand = useIsAtHand(source)
  const { data, error, isFetching, refetch } = useQuery({
    ...checkModelsQuery(source, apiType),
    // A look at this panel must not make the site show a key: that spends what logins share.
    enabled: isAtHand,
  })
  const suggested = data?.suggested ?? null
  const failure = error && !data ? failureOf(error) : null
  const cause = PROBE_CAUSES.find((one) => one === failure?.reason)
  const help = isFetching
    ? t('help.model-loading')
    : suggested === null
      ? t(isAtHand ? 'help.model-none' : 'help.model-hidden')
      : t('help.model-suggested', { model: suggested })
  return (
    <>
      <SuggestField
        label={t('field.model')}
        name="model"
        value={model}
        onChange={(next) => {
          onChange({ model: next })
        }}
        suggestions={data?.models ?? []}
        placeholder={suggested ?? undefined}
        help={
          <>
            <p>{help}</p>
            {cause && (
              <p className="text-attention">
                {t('help.model-failed')} {t(`cause.${cause}.means`)}
              </p>
            )}
          </>
        }
      />
      {failure && !cause && !isFetching && (
        <KeyFailure {...{ failure, source, baseUrl }} onGranted={() => void refetch()} />
      )}
    </>
  )
}
