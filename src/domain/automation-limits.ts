/** What a number may be; forms and the worker's door refuse the same. */
export const AUTOMATION_LIMITS = {
  refreshEveryMin: { min: 1, max: 1440 },
  refreshMinAgeSec: { min: 30, max: 86_400 },
  retryEveryMin: { min: 1, max: 720 },
  retryMost: { min: 1, max: 10 },
  lowBalanceUsd: { min: 0.01, max: 1_000_000 },
  warnDays: { min: 0, max: 60 },
  cooldownHours: { min: 1, max: 720 },
} as const
