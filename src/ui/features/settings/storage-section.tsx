import { useTranslation } from 'react-i18next'

const PROMISES = ['no-server', 'only-granted', 'no-tracking', 'no-change', 'forget'] as const

/** What is stored, where, and against whom that protects: in plain words, limits included. */
export function StorageSection() {
  const { t } = useTranslation('settings')
  return (
    <section aria-labelledby="storage" className="flex flex-col gap-3 border-t border-line pt-6">
      <h2 id="storage" className="text-15 font-semibold">
        {t('storage.title')}
      </h2>
      <p>{t('storage.what')}</p>
      <p>{t('storage.protects')}</p>
      <p>{t('storage.limit')}</p>
      <h3 className="mt-2 font-semibold">{t('promises.title')}</h3>
      <ul className="flex list-disc flex-col gap-1 ps-5">
        {PROMISES.map((promise) => (
          <li key={promise}>{t(`promises.${promise}`)}</li>
        ))}
      </ul>
    </section>
  )
}
