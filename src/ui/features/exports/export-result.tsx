import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { KeySource } from '@/src/domain/credential'
import type { ExportRecord } from '@/src/domain/export-record'
import type { Built } from '@/src/exporters/exporter'

import { Button } from '../../components/button'
import { CopyStatus } from '../../components/copy-status'
import { LinkResult } from './link-result'
import { saveFile } from './leave-page'
import { SecretText } from './secret-text'
import { useExportWords } from './words'

interface Props {
  built: Built
  /** The same with a stand-in for every key. */
  masked: Built
  records: readonly ExportRecord[]
  targetId: string
  /** These keys have left for the target. */
  onUsed: (sources: readonly KeySource[]) => void
}

/** What was made: opened, copied or saved by a click each. */
export function ExportResult({ built, masked, records, targetId, onUsed }: Props) {
  const { t } = useTranslation('exports')
  const words = useExportWords()
  const keys = records.map(({ key }) => key)
  const text = {
    keys,
    onCopied: () => {
      onUsed(records.map(({ source }) => source))
    },
  }
  return (
    <section aria-label={t('result')} className="flex flex-col gap-4">
      {built.kind === 'link' &&
        built.links.map((link, index) => {
          const record = records[index]
          return (
            record && (
              <LinkResult
                key={index}
                {...{ link, targetId }}
                secret={record.key}
                onUsed={() => {
                  onUsed([record.source])
                }}
              />
            )
          )
        })}
      {built.kind === 'text' && masked.kind === 'text' && (
        <SecretText {...text} label={t('text')} text={built.text} masked={masked.text} />
      )}
      {built.kind === 'snippets' &&
        masked.kind === 'snippets' &&
        built.snippets.map((snippet, index) => (
          <SecretText
            key={`${snippet.id} ${snippet.place}`}
            {...text}
            label={words.snippet(snippet.id)}
            place={snippet.place}
            text={snippet.text}
            masked={masked.snippets[index]?.text ?? ''}
          />
        ))}
      {built.kind === 'file' && masked.kind === 'file' && (
        <>
          <Button
            variant="primary"
            icon={Download}
            onClick={() => {
              saveFile(built)
              text.onCopied()
            }}
          >
            {t('action.download', { name: built.name })}
          </Button>
          <SecretText {...text} label={built.name} text={built.text} masked={masked.text} />
        </>
      )}
      <CopyStatus />
    </section>
  )
}
