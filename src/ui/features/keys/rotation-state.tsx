import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { Rotation } from '@/src/domain/chore'

import { HealthMark } from '../../components/health-mark'
import { glanceQuery } from '../../queries/accounts'
import { totpQuery } from '../../queries/keys'
import { hostOf } from '../../view/glance-view'
import { useExportWords } from '../exports/words'
import { ProofForm } from './proof-form'
import { RotationFailure } from './rotation-failure'
import { STEP_HEALTH, stepsOf } from './rotation-view'

/** Where a rotation stands: its steps, its places, and why it does not go on. */
export function RotationState({ rotation }: { rotation: Rotation }) {
  const { t } = useTranslation('keys')
  const { state, step, failure, destinations, old } = rotation
  const site = useHost(old.accountId)
  const isUsual = state === 'needs-you' && !failure
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className="font-medium">
        {isUsual
          ? t(`rotation.asks.${step === 'delete' ? 'delete' : 'disable'}`)
          : t(`rotation.state.${state}`)}
      </p>
      {failure && <RotationFailure failure={failure} site={site} />}
      {failure?.class === 'proof' && <Proof accountId={old.accountId} host={site} />}
      <ol className="flex flex-col gap-2">
        {stepsOf(rotation).map((one) => (
          <li key={one.step} className="flex items-center gap-2">
            <HealthMark
              health={STEP_HEALTH[one.state]}
              label={t(`rotation.step-state.${one.state}`)}
            />
            <span className={one.state === 'waiting' ? 'text-text-2' : ''}>
              {t(`rotation.step.${one.step}`)}
            </span>
          </li>
        ))}
      </ol>
      <p className="text-12 wrap-anywhere text-text-2">
        {t('rotation.new-name', { name: rotation.draft.name })}
      </p>
      {destinations.length > 0 && <Destinations rotation={rotation} />}
    </div>
  )
}

function useHost(accountId: string): string {
  const { data } = useQuery(glanceQuery())
  const origin = data?.rows.find(({ id }) => id === accountId)?.origin
  return origin === undefined ? '' : hostOf(origin)
}

function Proof({ accountId, host }: { accountId: string; host: string }) {
  const { data } = useQuery(totpQuery())
  const hasTotp = data?.accountIds.includes(accountId) ?? false
  return <ProofForm {...{ accountId, host, hasTotp }} keys={1} />
}

function Destinations({ rotation }: { rotation: Rotation }) {
  const { t } = useTranslation('keys')
  const words = useExportWords()
  const isBack = rotation.state === 'rolled-back'
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{t('rotation.places.title')}</h3>
      <ul className="flex flex-col gap-2">
        {rotation.destinations.map(({ exportId, label, gatewayId, state, failure }) => {
          const name = gatewayId === undefined ? words.target(label) : label
          const told = isBack && state === 'waiting' ? 'back' : state
          return (
            <li key={exportId} className="flex flex-col gap-1">
              <div>
                <span className="font-medium">{name}</span>{' '}
                <span className="text-12 text-text-2">{t(`rotation.place.${told}`)}</span>
              </div>
              {failure && <RotationFailure failure={failure} site={name} />}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
