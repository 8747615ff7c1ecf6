import { QueryClient } from '@tanstack/react-query'

/**
 * The page's memory of what the worker told. Nothing in it grows old by itself: announcements say
 * what to read again.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    // The worker is in this browser: being offline is no reason to wait for it.
    queries: {
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      staleTime: Infinity,
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
})
