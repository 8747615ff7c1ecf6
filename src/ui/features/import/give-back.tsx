import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Notice } from '../../components/notice'
import { KeptNotice } from './kept-notice'
import type { GivingBack } from './use-give-back'

interface Props {
  /** How many sites the browser granted for this import and no account lives at. */
  unused: number
  giving: GivingBack
}

/** Offers to give back the access that turned out not to be needed. */
export function GiveBack({ unused, giving }: Props) {
  const { t } = useTranslation('import')
  return (
    <>
      <p role="status" className="empty:hidden">
        {unused === 0 && giving.given !== null && t('give-back.done', { count: giving.given })}
      </p>
      {giving.failure && <FailureNotice failure={giving.failure} />}
      {giving.kept.length > 0 && <KeptNotice origins={giving.kept} />}
      {unused > 0 && (
        <Notice
          tone="attention"
          title={t('give-back.title', { count: unused })}
          action={
            <Button size="s" busy={giving.busy} onClick={() => void giving.run()}>
              {t('give-back.action', { count: unused })}
            </Button>
          }
        >
          {t('give-back.sentence')}
        </Notice>
      )}
    </>
  )
}
