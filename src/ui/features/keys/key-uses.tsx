import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { LinkButton } from '../../components/link-button'
import { credentialsQuery } from '../../queries/credentials'
import { hrefOf } from '../shell/route'
import { CredentialDialog } from './credential-dialog'
import { openKey } from './key-actions'
import type { KeyEntry } from './key-entries'
import type { Batch } from './use-batch'

/** Where the key is used from here on: credentials, verification, exports. */
export function KeyUses({ entry, batch }: { entry: KeyEntry; batch: Batch }) {
  const { t } = useTranslation('keys')
  const { data: credentials = [] } = useQuery(credentialsQuery())
  const [saving, setSaving] = useState(false)
  const { row, can, siteUrl } = entry
  const saved = credentials.filter(
    ({ decided: { link } }) => link?.accountId === row.accountId && link.keyId === row.id,
  )
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{t('details.use')}</h3>
      {saved.map(({ id, decided }) => (
        <p key={id}>
          {t('details.saved-as')}{' '}
          <a
            className="text-accent underline"
            href={hrefOf({ page: 'credentials', panel: { kind: 'details', id } })}
          >
            {decided.name}
          </a>
        </p>
      ))}
      <div className="flex flex-wrap gap-2">
        {can.reveal && (
          <>
            <Button
              size="s"
              onClick={() => {
                openKey('check', entry)
              }}
            >
              {t('action.verify')}
            </Button>
            <Button
              size="s"
              onClick={() => {
                openKey('export', entry)
              }}
            >
              {t('action.export')}
            </Button>
            <Button
              size="s"
              onClick={() => {
                setSaving(true)
              }}
            >
              {t('action.save-credential')}
            </Button>
          </>
        )}
        {can.rotate && (
          <Button
            size="s"
            onClick={() => {
              openKey('rotate', entry)
            }}
          >
            {t('action.rotate')}
          </Button>
        )}
        {siteUrl !== null && (
          <LinkButton size="s" variant="ghost" external href={siteUrl}>
            {t('action.open-site')}
          </LinkButton>
        )}
      </div>
      {saving && (
        <CredentialDialog
          entries={[entry]}
          onClose={() => {
            setSaving(false)
          }}
          onSave={(work) => void batch.start(work)}
        />
      )}
    </section>
  )
}
