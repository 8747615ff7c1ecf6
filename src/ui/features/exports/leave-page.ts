/** How long a browser may take to begin reading what it is to save. */
const READ_MS = 10_000

/**
 * Opens a link that holds a key, inside the user's click. The anchor is made for it and is never in
 * the page. Links of programs get no tab of their own, whose address would be the link.
 */
export function openLink(url: string): void {
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.rel = 'noreferrer'
  if (/^https?:/.test(url)) anchor.target = '_blank'
  anchor.click()
}

/** Has the browser save a text as a file. */
export function saveFile({ name, mime, text }: { name: string; mime: string; text: string }): void {
  const address = URL.createObjectURL(new Blob([text], { type: mime }))
  const anchor = document.createElement('a')
  anchor.href = address
  anchor.download = name
  anchor.click()
  setTimeout(() => {
    URL.revokeObjectURL(address)
  }, READ_MS)
}
